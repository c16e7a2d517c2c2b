package org.cornu.stablehlo.ir;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One SSA value: a result of an {@link Op} or an argument of a {@link Block}. */
public final class Value {
  private final Type type;
  private final @Nullable Op op;
  private final @Nullable Block block;
  private final int index;

  private Value(Type type, @Nullable Op op, @Nullable Block block, int index) {
    this.type = type;
    this.op = op;
    this.block = block;
    this.index = index;
  }

  static Value result(Type type, Op op, int index) {
    return new Value(type, op, null, index);
  }

  static Value argument(Type type, Block block, int index) {
    return new Value(type, null, block, index);
  }

  /** The types of values. */
  public static List<Type> types(List<Value> values) {
    if (values.size() == 1) {
      return List.of(values.get(0).type);
    }
    Type[] types = new Type[values.size()];
    for (int i = 0; i < types.length; i++) {
      types[i] = values.get(i).type;
    }
    return List.of(types);
  }

  /** Its type. */
  public Type type() {
    return type;
  }

  /** Its type as a tensor type; an error for tokens and tuples. */
  public TensorType tensorType() {
    if (type instanceof TensorType tensor) {
      return tensor;
    }
    throw new IllegalArgumentException("expected a tensor, got a value of type " + type);
  }

  /** Shape of a tensor value. */
  public Shape shape() {
    return tensorType().shape();
  }

  /** Plain element type of a tensor value. */
  public DType dtype() {
    return tensorType().dtype();
  }

  /** The op that defines it, or null for a block argument. */
  public @Nullable Op op() {
    return op;
  }

  /** The block whose argument it is, or null for an op result. */
  public @Nullable Block block() {
    return block;
  }

  /** Position among the results of its op or the arguments of its block. */
  public int index() {
    return index;
  }

  @Override
  public String toString() {
    return (op == null ? "arg" + index : op.name() + "#" + index) + " : " + type;
  }
}
