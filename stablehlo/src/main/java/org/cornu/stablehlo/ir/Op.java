package org.cornu.stablehlo.ir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One operation: an op code, operands, attributes, regions, and the values it defines. A node with
 * identity, immutable once built; built through {@code org.cornu.stablehlo.build.Builder}, which
 * infers and checks the result types.
 */
public final class Op {
  private final OpCode code;
  private final String name;
  private final List<Value> operands;
  private final Attributes attributes;
  private final List<Block> regions;
  private final List<Value> results;
  private final Location location;

  /** An op of a known code. */
  public Op(
      OpCode code,
      List<Value> operands,
      Map<String, Attribute> attributes,
      List<Block> regions,
      List<? extends Type> resultTypes,
      Location location) {
    this(code, code.mlirName(), operands, attributes, regions, resultTypes, location);
  }

  /** An op with this MLIR name, which differs from the code's only for {@link OpCode#OPAQUE}. */
  public Op(
      OpCode code,
      String name,
      List<Value> operands,
      Map<String, Attribute> attributes,
      List<Block> regions,
      List<? extends Type> resultTypes,
      Location location) {
    this.code = code;
    this.name = name;
    this.operands = List.copyOf(operands);
    this.attributes = Attributes.of(attributes);
    this.regions = List.copyOf(regions);
    this.results = results(resultTypes);
    this.location = location;
  }

  private List<Value> results(List<? extends Type> types) {
    if (types.size() == 1) {
      return List.of(Value.result(types.get(0), this, 0));
    }
    List<Value> values = new ArrayList<>(types.size());
    for (int i = 0; i < types.size(); i++) {
      values.add(Value.result(types.get(i), this, i));
    }
    return Collections.unmodifiableList(values);
  }

  /** A new op like this one, with results of the same types. */
  public Op with(List<Value> operands, Map<String, Attribute> attributes, List<Block> regions) {
    return new Op(code, name, operands, attributes, regions, resultTypes(), location);
  }

  /** What it does. */
  public OpCode code() {
    return code;
  }

  /** MLIR name with dialect, {@code stablehlo.add}. */
  public String name() {
    return name;
  }

  /** All operands. */
  public List<Value> operands() {
    return operands;
  }

  /** Operand {@code i}. */
  public Value operand(int i) {
    return operands.get(i);
  }

  /** All attributes, sorted by name. */
  public Map<String, Attribute> attributes() {
    return attributes;
  }

  /** The functions that attributes name, also within lists and dictionaries. */
  public List<Func> callees() {
    return attributes.callees();
  }

  /** The attribute of this name, or null. */
  public @Nullable Attribute attribute(String key) {
    return attributes.get(key);
  }

  /** The attribute of this name; an error when absent or of another kind. */
  public <A extends Attribute> A attribute(String key, Class<A> kind) {
    Attribute attribute = attributes.get(key);
    if (!kind.isInstance(attribute)) {
      throw new IllegalArgumentException(
          name
              + ": attribute '"
              + key
              + "' must be "
              + kind.getSimpleName()
              + ", got "
              + attribute);
    }
    return kind.cast(attribute);
  }

  /** An integer attribute; {@code absent} when it is not there. */
  public long intAttribute(String key, long absent) {
    return attributes.containsKey(key) ? attribute(key, Attribute.Int.class).asLong() : absent;
  }

  /** A boolean attribute; {@code absent} when it is not there. A unit attribute is true. */
  public boolean boolAttribute(String key, boolean absent) {
    Attribute attribute = attributes.get(key);
    if (attribute == null) {
      return absent;
    }
    return attribute instanceof Attribute.Unit || attribute(key, Attribute.Bool.class).value();
  }

  /** An {@code array<i64>} attribute; an error when absent. */
  public long[] longs(String key) {
    return attribute(key, Attribute.Longs.class).values();
  }

  /** An {@code array<i64>} attribute; {@code absent} when it is not there. */
  public long[] longs(String key, long[] absent) {
    return attributes.containsKey(key) ? longs(key) : absent;
  }

  /** The word of an enum attribute; {@code absent} when it is not there. */
  public String keyword(String key, String absent) {
    return attributes.containsKey(key) ? attribute(key, Attribute.Keyword.class).word() : absent;
  }

  /** A string attribute; {@code absent} when it is not there. */
  public String string(String key, String absent) {
    return attributes.containsKey(key) ? attribute(key, Attribute.Str.class).value() : absent;
  }

  /** The function named by attribute {@code key}. */
  public Func callee(String key) {
    return attribute(key, Attribute.Callee.class).func();
  }

  /** Its regions; each is a single block, as everywhere in StableHLO. */
  public List<Block> regions() {
    return regions;
  }

  /** True for an op without regions that calls no function: all it does is its own. */
  public boolean isLeaf() {
    return regions.isEmpty() && attributes.callees().isEmpty();
  }

  /** Region {@code i}. */
  public Block region(int i) {
    return regions.get(i);
  }

  /** The values it defines. */
  public List<Value> results() {
    return results;
  }

  /** The types of the results. */
  public List<Type> resultTypes() {
    return Value.types(results);
  }

  /** Its only result; an error when it has none or several. */
  public Value result() {
    if (results.size() != 1) {
      throw new IllegalStateException(name + " has " + results.size() + " results, not one");
    }
    return results.get(0);
  }

  /** Result {@code i}. */
  public Value result(int i) {
    return results.get(i);
  }

  /** Where it comes from. */
  public Location location() {
    return location;
  }

  @Override
  public String toString() {
    return name + attributes;
  }
}
