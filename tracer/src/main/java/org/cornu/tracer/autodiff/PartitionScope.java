package org.cornu.tracer.autodiff;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.graph.Inliner;

/**
 * The split of one block under way: known ops go to one block, linear ones to another whose ops
 * refer to known values directly. A source value is either known or linear and stands for one value
 * of the respective block; scopes of regions share that mapping.
 */
final class PartitionScope {
  final Partition partition;
  final Builder known;
  final Builder linear;
  private final Inliner toKnown;
  private final Inliner toLinear;
  private final Set<Value> linearValues;

  /**
   * A split into {@code knownBlock}, whose arguments stand for the arguments of {@code source} that
   * are not marked, and a new linear block, whose arguments stand for the others.
   */
  PartitionScope(Partition partition, Block knownBlock, boolean[] marked, Block source) {
    this(partition, knownBlock, marked, source, knownBlock.arguments());
  }

  /** As above; {@code knowns} stand for the arguments that are not marked. */
  PartitionScope(
      Partition partition, Block knownBlock, boolean[] marked, Block source, List<Value> knowns) {
    List<Value> linears = Masks.where(source.arguments(), marked, true);
    Block linearBlock = new Block(Masks.types(linears));
    this.partition = partition;
    this.known = new Builder(knownBlock);
    this.linear = new Builder(linearBlock);
    this.toKnown = new Inliner(knownBlock);
    this.toLinear = toKnown.into(linearBlock);
    this.linearValues = new HashSet<>(linears);
    toKnown.map(Masks.where(source.arguments(), marked, false), knowns);
    toLinear.map(linears, linearBlock.arguments());
  }

  private PartitionScope(
      Partition partition,
      Block knownBlock,
      Block linearBlock,
      Inliner mapping,
      Set<Value> linearValues) {
    this.partition = partition;
    this.known = new Builder(knownBlock);
    this.linear = new Builder(linearBlock);
    this.toKnown = mapping.into(knownBlock);
    this.toLinear = mapping.into(linearBlock);
    this.linearValues = linearValues;
  }

  /** The scope of a region that captures {@code captured} linear values of an outer program. */
  static PartitionScope capturing(
      Partition partition, Block knownBlock, Block linearBlock, List<Value> captured) {
    return new PartitionScope(
        partition, knownBlock, linearBlock, new Inliner(knownBlock), new HashSet<>(captured));
  }

  /** The scope of a region whose known ops go to one block and whose linear ops to another. */
  PartitionScope region(Block knownBlock, Block linearBlock) {
    return new PartitionScope(partition, knownBlock, linearBlock, toKnown, linearValues);
  }

  Block linearBlock() {
    return linear.block();
  }

  boolean isLinear(Value source) {
    return linearValues.contains(source);
  }

  boolean[] areLinear(List<Value> sources) {
    return Masks.in(linearValues, sources);
  }

  Set<Value> linearValues() {
    return linearValues;
  }

  /** What stands for a source value, known or linear. */
  Value get(Value source) {
    return toKnown.get(source);
  }

  List<Value> get(List<Value> sources) {
    return toKnown.get(sources);
  }

  /** An inliner into another block under the present mapping. */
  Inliner into(Block block) {
    return toKnown.into(block);
  }

  /** Says that {@code value} of the known block stands for {@code source}. */
  void known(Value source, Value value) {
    toKnown.map(source, value);
  }

  /** Says that {@code value} of the linear block stands for {@code source}. */
  void linear(Value source, Value value) {
    toKnown.map(source, value);
    linearValues.add(source);
  }

  /** Maps the results of {@code op} that are marked to linear values, the others to known ones. */
  void results(Op op, boolean[] marked, List<Value> knowns, List<Value> linears) {
    int k = 0;
    int l = 0;
    for (int i = 0; i < marked.length; i++) {
      if (marked[i]) {
        linear(op.result(i), linears.get(l++));
      } else {
        known(op.result(i), knowns.get(k++));
      }
    }
  }

  void copyKnown(Op op) {
    toKnown.copy(op);
  }

  /** Copies an op to the linear side; all its results are linear. */
  void copyLinear(Op op) {
    toLinear.copy(op);
    linearValues.addAll(op.results());
  }

  void run(Block source) {
    for (Op op : source.ops()) {
      if (!Dependence.touches(op, linearValues)) {
        copyKnown(op);
        continue;
      }
      known.location(op.location());
      linear.location(op.location());
      PartitionRules.split(this, op);
    }
  }

  /** Runs a closed block in place of an op. */
  List<Value> runInline(Block body, List<Value> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      if (isLinear(arguments.get(i))) {
        linear(body.argument(i), get(arguments.get(i)));
      } else {
        known(body.argument(i), get(arguments.get(i)));
      }
    }
    run(body);
    return body.results();
  }
}
