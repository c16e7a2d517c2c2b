package org.cornu.stablehlo.ir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A list of ops with arguments and results: the body of a function or of a region. The terminator
 * ({@code func.return}, {@code stablehlo.return}) is not an op here; {@link #results} are its
 * operands.
 */
public final class Block {
  private final List<Value> arguments = new ArrayList<>();
  private final List<Op> ops = new ArrayList<>();
  private List<Value> results = List.of();
  private Map<String, Attribute> returnAttributes = Map.of();

  /** A block with arguments of these types. */
  public Block(List<? extends Type> argumentTypes) {
    for (Type type : argumentTypes) {
      addArgument(type);
    }
  }

  /** Appends an argument. */
  public Value addArgument(Type type) {
    Value value = Value.argument(type, this, arguments.size());
    arguments.add(value);
    return value;
  }

  /** Appends an op that was built elsewhere and returns it. */
  public Op append(Op op) {
    ops.add(op);
    return op;
  }

  /** Sets what the block returns. */
  public Block returns(List<Value> values) {
    results = List.copyOf(values);
    return this;
  }

  /** Keeps the discardable attributes of the terminator. */
  public void returnAttributes(Map<String, Attribute> attributes) {
    returnAttributes =
        attributes.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(attributes));
  }

  /** Attributes of the terminator, empty in programs that Cornu builds. */
  public Map<String, Attribute> returnAttributes() {
    return returnAttributes;
  }

  /** Its arguments. */
  public List<Value> arguments() {
    return Collections.unmodifiableList(arguments);
  }

  /** Argument {@code i}. */
  public Value argument(int i) {
    return arguments.get(i);
  }

  /** Its ops in order. */
  public List<Op> ops() {
    return Collections.unmodifiableList(ops);
  }

  /** What it returns. */
  public List<Value> results() {
    return results;
  }

  /** The types of the arguments. */
  public List<Type> argumentTypes() {
    return Value.types(arguments);
  }

  /** The types of the results. */
  public List<Type> resultTypes() {
    return Value.types(results);
  }
}
