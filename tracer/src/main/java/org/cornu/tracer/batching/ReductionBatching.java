package org.cornu.tracer.batching;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/** Reductions, windows, sorting and batch normalization. */
final class ReductionBatching {
  private ReductionBatching() {}

  static List<BatchedValue> reduce(OpContext c) {
    int n = c.op.results().size();
    if (c.anyBatched(n, 2 * n)) {
      return reduceFromBatched(c);
    }
    List<Value> operands = c.fullOperands(0, n);
    operands.addAll(c.rawOperands(n, 2 * n));
    return c.emit(operands, c.shifted("dimensions"));
  }

  /**
   * An initial value that differs within the batch: the op takes one scalar, so that it starts from
   * the identity of its body and the initial values are combined with its result.
   */
  private static List<BatchedValue> reduceFromBatched(OpContext c) {
    OpCode body = monoid(c.op.region(0));
    Type result = c.op.result(0).type();
    if (body == null
        || !(c.op.operand(0).tensorType().element() instanceof DType dtype)
        || !result.equals(TensorType.of(dtype, ((TensorType) result).shape()))) {
      return LoopBatching.overBatch(c);
    }
    Value identity = c.builder.constant(identity(body, dtype));
    Value reduced = c.emit(List.of(c.full(0), identity), c.shifted("dimensions")).get(0).value();
    Value init = c.spread(c.full(1), reduced.shape());
    return OpContext.one(c.builder.binary(body, init, reduced));
  }

  /** The op of a body {@code (a, b) -> op(a, b)} that has an identity, or null. */
  static @Nullable OpCode monoid(Block body) {
    if (body.ops().size() != 1 || body.arguments().size() != 2) {
      return null;
    }
    Op op = body.ops().get(0);
    boolean whole =
        body.results().equals(op.results())
            && op.operands().size() == 2
            && op.operands().containsAll(body.arguments());
    return switch (op.code()) {
      case ADD, MULTIPLY, MAXIMUM, MINIMUM, AND, OR -> whole ? op.code() : null;
      default -> null;
    };
  }

  /** The scalar that {@code op} leaves every other as it is. */
  static Literal identity(OpCode op, DType dtype) {
    TensorType type = TensorType.of(dtype);
    return switch (op) {
      case ADD, OR -> Literal.ofLongs(type, 0);
      case MULTIPLY -> Literal.ofLongs(type, 1);
      case AND -> Literal.ofLongs(type, -1);
      case MAXIMUM -> extreme(type, false);
      case MINIMUM -> extreme(type, true);
      default -> throw new IllegalArgumentException("no identity of " + op);
    };
  }

  private static Literal extreme(TensorType type, boolean largest) {
    DType dtype = type.dtype();
    if (dtype.isInexact()) {
      double infinity = largest ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
      return Literal.ofDoubles(type, infinity);
    }
    if (!dtype.isSigned()) {
      return Literal.ofLongs(type, largest ? -1 : 0);
    }
    long smallest = -1L << (dtype.bits() - 1);
    return Literal.ofLongs(type, largest ? ~smallest : smallest);
  }

  /** The window attributes with a window of one element along the batch dimension. */
  private static Map<String, Attribute> windowed(OpContext c) {
    Map<String, Attribute> out = c.attributes();
    for (String key :
        List.of("window_dimensions", "window_strides", "base_dilations", "window_dilations")) {
      if (out.containsKey(key)) {
        out.put(key, new Attribute.Longs(BatchTypes.prepend(1, c.op.longs(key))));
      }
    }
    if (out.get("padding") instanceof Attribute.Elements padding) {
      Literal literal = padding.literal();
      long[] values = new long[literal.count() + 2];
      for (int i = 0; i < literal.count(); i++) {
        values[i + 2] = literal.longAt(i);
      }
      TensorType type = literal.type().withShape(Shape.of(values.length / 2, 2));
      out.put("padding", new Attribute.Elements(Literal.ofLongs(type, values)));
    }
    return out;
  }

  static List<BatchedValue> reduceWindow(OpContext c) {
    int n = c.op.results().size();
    if (c.anyBatched(n, 2 * n)) {
      return LoopBatching.overBatch(c); // the initial value also stands for padding
    }
    List<Value> operands = c.fullOperands(0, n);
    operands.addAll(c.rawOperands(n, 2 * n));
    return c.emit(operands, windowed(c));
  }

  static List<BatchedValue> selectAndScatter(OpContext c) {
    if (c.batched(2)) {
      return LoopBatching.overBatch(c);
    }
    // The window may be left out, and then has one element everywhere.
    return c.emit(List.of(c.full(0), c.full(1), c.raw(2)), windowed(c));
  }

  static List<BatchedValue> selectAndGatherAdd(OpContext c) {
    return c.emit(c.fullOperands(), windowed(c));
  }

  static List<BatchedValue> sort(OpContext c) {
    int rank = c.shape(0).rank();
    Attribute dim =
        c.op.attribute("dimension") == null
            ? Attribute.Int.i64(rank)
            : c.shiftedDim("dimension", rank);
    return c.emit(c.fullOperands(), c.attributes("dimension", dim));
  }

  /** Every feature is normalized by itself, so the batch becomes part of the feature dimension. */
  static List<BatchedValue> batchNorm(OpContext c) {
    int feature = (int) c.op.intAttribute("feature_index", 0);
    List<Value> operands = new ArrayList<>();
    for (int i = 0; i < c.operands.size(); i++) {
      operands.add(c.mergeBatch(c.full(i), axis(c.op.operand(i), feature), 1));
    }
    List<TensorType> types = new ArrayList<>();
    for (Value result : c.op.results()) {
      TensorType type = result.tensorType();
      int axis = axis(result, feature);
      types.add(type.withShape(type.shape().with(axis, type.dim(axis) * c.size)));
    }
    Op merged = c.builder.create(c.op.code(), operands, c.attributes(), List.of(), types);
    List<BatchedValue> out = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      int axis = axis(c.op.result(i), feature);
      out.add(BatchedValue.batched(c.splitBatch(merged.result(i), axis, 1)));
    }
    return out;
  }

  private static int axis(Value value, int feature) {
    return value.shape().rank() == 1 ? 0 : feature;
  }

  /** With statistics that the batch shares, the batch is one more dimension of the operand. */
  static List<BatchedValue> batchNormInference(OpContext c) {
    if (c.anyBatched(1, c.operands.size())) {
      return batchNorm(c);
    }
    List<Value> operands = new ArrayList<>(c.rawOperands(1, c.operands.size()));
    operands.add(0, c.full(0));
    Attribute feature = c.shiftedDim("feature_index", c.shape(0).rank());
    return c.emit(operands, c.attributes("feature_index", feature));
  }
}
