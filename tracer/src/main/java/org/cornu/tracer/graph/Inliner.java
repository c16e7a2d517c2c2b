package org.cornu.tracer.graph;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Value;

/**
 * Copies ops into a target block under a mapping of values. A value without a mapping stands for
 * itself, so that what a region captures stays captured. Regions are copied along; functions that
 * an op calls are not.
 */
public final class Inliner {
  private final Block target;
  private final Map<Value, Value> mapping;

  /** Copies into {@code target}, with an empty mapping. */
  public Inliner(Block target) {
    this(target, new HashMap<>());
  }

  private Inliner(Block target, Map<Value, Value> mapping) {
    this.target = target;
    this.mapping = mapping;
  }

  /** An inliner into another block that shares this one's mapping. */
  public Inliner into(Block other) {
    return new Inliner(other, mapping);
  }

  /** Lets {@code to} stand for {@code from}. */
  @CanIgnoreReturnValue
  public Inliner map(Value from, Value to) {
    mapping.put(from, to);
    return this;
  }

  /** Lets each value of {@code to} stand for the one of {@code from} at its position. */
  @CanIgnoreReturnValue
  public Inliner map(List<Value> from, List<Value> to) {
    if (from.size() != to.size()) {
      throw new IllegalArgumentException(
          "inline: " + from.size() + " values expected, got " + to.size());
    }
    for (int i = 0; i < from.size(); i++) {
      mapping.put(from.get(i), to.get(i));
    }
    return this;
  }

  /** What stands for {@code value}: itself where nothing is mapped. */
  public Value get(Value value) {
    return mapping.getOrDefault(value, value);
  }

  /** What stands for each of {@code values}. */
  public List<Value> get(List<Value> values) {
    List<Value> out = new ArrayList<>(values.size());
    for (Value value : values) {
      out.add(get(value));
    }
    return out;
  }

  /** True when something was mapped for {@code value}. */
  public boolean isMapped(Value value) {
    return mapping.containsKey(value);
  }

  /** Appends a copy of {@code op} to the target and maps its results. */
  @CanIgnoreReturnValue
  public Op copy(Op op) {
    return copy(op, get(op.operands()));
  }

  /** Appends a copy of {@code op} with these operands to the target and maps its results. */
  @CanIgnoreReturnValue
  public Op copy(Op op, List<Value> operands) {
    List<Block> regions = List.of();
    if (!op.regions().isEmpty()) {
      regions = new ArrayList<>(op.regions().size());
      for (Block region : op.regions()) {
        regions.add(copy(region));
      }
    }
    Op out = target.append(op.with(operands, op.attributes(), regions));
    for (int i = 0; i < op.results().size(); i++) {
      mapping.put(op.result(i), out.result(i));
    }
    return out;
  }

  /** A copy of {@code region}, captured values replaced by what stands for them. */
  public Block copy(Block region) {
    Block out = new Block(region.argumentTypes());
    Inliner inner = new Inliner(out, mapping);
    inner.map(region.arguments(), out.arguments());
    for (Op op : region.ops()) {
      inner.copy(op);
    }
    out.returnAttributes(region.returnAttributes());
    return out.returns(inner.get(region.results()));
  }

  /**
   * Appends copies of all ops of {@code body}, its arguments replaced by {@code arguments}, and
   * returns what it returns.
   */
  public List<Value> inline(Block body, List<Value> arguments) {
    map(body.arguments(), arguments);
    for (Op op : body.ops()) {
      copy(op);
    }
    return get(body.results());
  }
}
