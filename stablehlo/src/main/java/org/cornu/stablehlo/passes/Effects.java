package org.cornu.stablehlo.passes;

import java.util.IdentityHashMap;
import java.util.Map;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Op;

/** What an op does beside computing its results. Remembers its answers for functions. */
final class Effects {
  private final Map<Func, Boolean> functions = new IdentityHashMap<>();

  /** True for an op that must run even when nobody uses its results. */
  boolean mustRun(Op op) {
    boolean own =
        switch (op.code()) {
          case SEND, RECV, INFEED, OUTFEED, ASYNC_START, ASYNC_DONE, OPAQUE -> true;
          case CUSTOM_CALL -> op.boolAttribute("has_side_effect", false);
          default -> false;
        };
    return own || !op.isLeaf() && mustRunWithin(op);
  }

  private boolean mustRunWithin(Op op) {
    for (Block region : op.regions()) {
      if (mustRun(region)) {
        return true;
      }
    }
    for (Func callee : op.callees()) {
      if (mustRun(callee)) {
        return true;
      }
    }
    return false;
  }

  private boolean mustRun(Block block) {
    for (Op op : block.ops()) {
      if (mustRun(op)) {
        return true;
      }
    }
    return false;
  }

  private boolean mustRun(Func func) {
    if (func.isDeclaration()) {
      return true;
    }
    Boolean known = functions.get(func);
    if (known == null) {
      functions.put(func, false);
      known = mustRun(func.body());
      functions.put(func, known);
    }
    return known;
  }

  /**
   * True for an op whose results depend on its operands and attributes alone: one of two equal ones
   * is enough, and constants can be put through it.
   */
  boolean isPure(Op op) {
    return switch (op.code()) {
      case RNG,
          CUSTOM_CALL,
          OPTIMIZATION_BARRIER,
          AFTER_ALL,
          CREATE_TOKEN,
          ALL_GATHER,
          ALL_REDUCE,
          ALL_TO_ALL,
          COLLECTIVE_BROADCAST,
          COLLECTIVE_PERMUTE,
          COLLECTIVE_REDUCE,
          CROSS_REPLICA_SUM,
          REDUCE_SCATTER,
          AXIS_INDEX,
          AXIS_REDUCE,
          AXIS_GATHER,
          AXIS_SCATTER,
          AXIS_PERMUTE,
          AXIS_ALL_TO_ALL,
          PARTITION_ID,
          REPLICA_ID,
          SDY_SHARDING_CONSTRAINT,
          SDY_MANUAL_COMPUTATION ->
          false;
      default ->
          !mustRun(op)
              && op.regions().stream()
                  .allMatch(block -> block.ops().stream().allMatch(this::isPure))
              && op.callees().stream()
                  .allMatch(func -> func.body().ops().stream().allMatch(this::isPure));
    };
  }
}
