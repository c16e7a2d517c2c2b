package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Value;
import org.cornu.stablehlo.passes.Liveness;
import org.cornu.tracer.Remat;
import org.cornu.tracer.graph.Inliner;

/** How an op that touches linear values is divided between the known and the linear side. */
final class PartitionRules {
  private PartitionRules() {}

  static void split(PartitionScope s, Op op) {
    switch (op.code()) {
      case CALL -> call(s, op, op.callee("callee"));
      case COMPOSITE -> call(s, op, op.callee("decomposition"));
      case CUSTOM_DERIVATIVE -> {
        if (op.callee("callee").isDeclaration()) {
          s.copyLinear(op);
        } else {
          call(s, op, op.callee("callee"));
        }
      }
      case REMAT -> remat(s, op);
      case CASE, IF -> BranchPartition.split(s, op);
      case SCAN -> ScanPartition.split(s, op);
      case WHILE -> whileLoop(s, op);
      case SDY_MANUAL_COMPUTATION -> ManualPartition.split(s, op);
      case OPTIMIZATION_BARRIER -> barrier(s, op);
      case MAP ->
          decompose(s, op, (b, xs) -> ScalarBody.apply(b, op.region(0), xs, op.result().shape()));
      case CHLO_RAGGED_DOT -> decompose(s, op, (b, xs) -> RaggedDots.dense(b, op, xs));
      case TORCH_INDEX_SELECT -> decompose(s, op, (b, xs) -> Indices.torchIndexSelect(b, op, xs));
      case CHLO_BROADCAST_ADD -> broadcast(s, op, OpCode.ADD);
      case CHLO_BROADCAST_COMPLEX -> broadcast(s, op, OpCode.COMPLEX);
      case CHLO_BROADCAST_DIVIDE -> broadcast(s, op, OpCode.DIVIDE);
      case CHLO_BROADCAST_MULTIPLY -> broadcast(s, op, OpCode.MULTIPLY);
      case CHLO_BROADCAST_SELECT -> broadcast(s, op, OpCode.SELECT);
      case CHLO_BROADCAST_SUBTRACT -> broadcast(s, op, OpCode.SUBTRACT);
      default -> s.copyLinear(op);
    }
  }

  private static void broadcast(PartitionScope s, Op op, OpCode base) {
    decompose(s, op, (b, xs) -> List.of(ChloJvp.broadcast(b, op.attributes(), base, xs)));
  }

  /** Splits what {@code decomposition} builds from the operands instead of an op of one result. */
  private static void decompose(
      PartitionScope s, Op op, BiFunction<Builder, List<Value>, List<Value>> decomposition) {
    Block body = new Block(Masks.types(op.operands()));
    Builder b = new Builder(body);
    b.location(op.location());
    body.returns(decomposition.apply(b, body.arguments()));
    Value result = s.runInline(body, op.operands()).get(0);
    if (s.isLinear(result)) {
      s.linear(op.result(), s.get(result));
    } else {
      s.known(op.result(), s.get(result));
    }
  }

  /** A call of the known part, and a call of the linear part with the residuals. */
  private static void call(PartitionScope s, Op op, Func callee) {
    boolean[] marked = s.areLinear(op.operands());
    SplitFunc split = s.partition.split(callee, marked);
    List<Value> knowns = s.get(Masks.where(op.operands(), marked, false));
    List<Value> linears = s.get(Masks.where(op.operands(), marked, true));
    List<Value> knownResults =
        split.known().body().results().isEmpty() ? List.of() : s.known.call(split.known(), knowns);
    List<Value> linearResults = List.of();
    if (Masks.any(split.linearResults())) {
      List<Value> arguments = new ArrayList<>(split.residuals(knowns, knownResults));
      arguments.addAll(linears);
      linearResults = s.linear.call(split.linear(), arguments);
    }
    s.results(op, split.linearResults(), knownResults, linearResults);
  }

  /**
   * A checkpoint: by its policy the known part hands over nothing but its arguments, some results,
   * or everything; the linear part computes the rest again.
   */
  private static void remat(PartitionScope s, Op op) {
    Func callee = op.callee("callee");
    boolean[] marked = s.areLinear(op.operands());
    String policy = op.string("policy", "nothing_saveable");
    if (policy.equals("everything_saveable")) {
      call(s, op, callee);
      return;
    }
    SplitFunc split = s.partition.split(callee, marked, recomputed(op, policy));
    List<Value> knowns = s.get(Masks.where(op.operands(), marked, false));
    Map<String, org.cornu.stablehlo.ir.Attribute> attributes = CallJvp.without(op, "callee");
    List<Value> knownResults =
        split.known().body().results().isEmpty()
            ? List.of()
            : s.known.remat(knowns, split.known(), attributes);
    List<Value> linearResults = List.of();
    if (Masks.any(split.linearResults())) {
      List<Value> arguments = new ArrayList<>(split.residuals(knowns, knownResults));
      arguments.addAll(s.get(Masks.where(op.operands(), marked, true)));
      linearResults = s.linear.remat(arguments, split.linear(), attributes);
    }
    s.results(op, split.linearResults(), knownResults, linearResults);
  }

  /** Which ops a policy computes again: those that none of its parts keeps. */
  private static Predicate<Op> recomputed(Op remat, String policy) {
    Predicate<Op> out = op -> true;
    for (String part : policy.split("\\|", -1)) {
      out = out.and(saved(remat, part).negate());
    }
    return out;
  }

  private static Predicate<Op> saved(Op remat, String policy) {
    int colon = policy.indexOf(':');
    Set<String> names = colon < 0 ? Set.of() : Set.of(policy.substring(colon + 1).split(",", -1));
    return switch (colon < 0 ? policy : policy.substring(0, colon)) {
      case "nothing_saveable" -> op -> false;
      case "everything_saveable" -> op -> true;
      case "dots_saveable" -> op -> op.code() == OpCode.DOT_GENERAL || op.code() == OpCode.DOT;
      case "dots_with_no_batch_dims_saveable" ->
          op -> op.code() == OpCode.DOT_GENERAL && batching(op).isEmpty();
      case "save_only_these_names" -> op -> names.contains(op.string(Remat.NAME, ""));
      case "save_anything_except_these_names" -> op -> !names.contains(op.string(Remat.NAME, ""));
      default ->
          throw new IllegalArgumentException(
              "remat: unknown policy '"
                  + policy
                  + "'; known: nothing_saveable, everything_saveable, dots_saveable, "
                  + "dots_with_no_batch_dims_saveable, save_only_these_names:a,b, "
                  + "save_anything_except_these_names:a,b"
                  + at(remat));
    };
  }

  private static String at(Op op) {
    var line = op.location().innermostLine();
    return line == null ? "" : " (at " + line.file() + ":" + line.line() + ")";
  }

  private static List<Long> batching(Op op) {
    return op.attribute("dot_dimension_numbers", org.cornu.stablehlo.ir.DimensionNumbers.Dot.class)
        .lhsBatching();
  }

  private static void barrier(PartitionScope s, Op op) {
    boolean[] marked = s.areLinear(op.operands());
    List<Value> knowns = s.get(Masks.where(op.operands(), marked, false));
    List<Value> linears = s.get(Masks.where(op.operands(), marked, true));
    s.results(
        op,
        marked,
        knowns.isEmpty() ? knowns : s.known.optimizationBarrier(knowns),
        s.linear.optimizationBarrier(linears));
  }

  /**
   * A loop without known trip count: a known loop over the known carries, and the whole loop again
   * on the linear side, where it can be run forward but not transposed.
   */
  private static void whileLoop(PartitionScope s, Op op) {
    boolean[] carry = s.partition.dependence.whileCarry(op, s.linearValues());
    if (Masks.any(carry) && Masks.count(carry) == carry.length) {
      s.copyLinear(op);
      return;
    }
    List<Value> knownInits = s.get(Masks.where(op.operands(), carry, false));
    Block body = restricted(s, op.region(1), carry, true);
    Block condition = restricted(s, op.region(0), carry, false);
    List<Value> knownResults = s.known.whileLoop(knownInits, condition, body);
    if (Masks.any(carry)) {
      s.copyLinear(op);
    }
    int next = 0;
    for (int i = 0; i < carry.length; i++) {
      if (!carry[i]) {
        s.linearValues().remove(op.result(i));
        s.known(op.result(i), knownResults.get(next++));
      }
    }
  }

  /** A loop region over the known carries only. */
  private static Block restricted(PartitionScope s, Block region, boolean[] carry, boolean body) {
    List<Value> arguments = Masks.where(region.arguments(), carry, false);
    Block out = new Block(Masks.types(arguments));
    List<Value> results = body ? Masks.where(region.results(), carry, false) : region.results();
    var live = Liveness.live(region.ops(), results);
    Inliner inliner = s.into(out).map(arguments, out.arguments());
    for (Op op : region.ops()) {
      if (live.contains(op)) {
        inliner.copy(op);
      }
    }
    return out.returns(inliner.get(results));
  }
}
