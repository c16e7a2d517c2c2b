package org.cornu.stablehlo.ir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
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
  private final SortedMap<String, Attribute> attributes;
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
    this.attributes =
        attributes.isEmpty()
            ? Collections.emptySortedMap()
            : Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    this.regions = List.copyOf(regions);
    List<Value> values = new ArrayList<>(resultTypes.size());
    for (int i = 0; i < resultTypes.size(); i++) {
      values.add(Value.result(resultTypes.get(i), this, i));
    }
    this.results = Collections.unmodifiableList(values);
    this.location = location;
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
  public SortedMap<String, Attribute> attributes() {
    return attributes;
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

  /** Region {@code i}. */
  public Block region(int i) {
    return regions.get(i);
  }

  /** The values it defines. */
  public List<Value> results() {
    return results;
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
