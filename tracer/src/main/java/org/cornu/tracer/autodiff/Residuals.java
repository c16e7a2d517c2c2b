package org.cornu.tracer.autodiff;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Value;
import org.cornu.stablehlo.passes.Liveness;
import org.cornu.tracer.graph.Closures;
import org.cornu.tracer.graph.Inliner;

/**
 * What a linear block needs from the known block beside it. Ops of the known block that are cheaper
 * to repeat than to keep their results are sunk into the linear side.
 *
 * @param values known values to hand over, arguments of the known block among them
 * @param sunk known ops to repeat, in program order
 * @param live the linear ops that its results need
 * @param linear the linear block
 */
record Residuals(List<Value> values, List<Op> sunk, List<Op> live, Block linear) {

  static Residuals of(Block known, Block linear, Predicate<Op> sinkable) {
    Set<Op> alive = Liveness.live(linear.ops(), linear.results());
    List<Op> live = new ArrayList<>();
    Set<Value> defined = new HashSet<>(linear.arguments());
    Set<Value> needed = new LinkedHashSet<>();
    for (Op op : linear.ops()) {
      if (alive.contains(op)) {
        live.add(op);
        need(op, defined, needed);
        defined.addAll(op.results());
      }
    }
    for (Value result : linear.results()) {
      if (!defined.contains(result)) {
        needed.add(result);
      }
    }
    Set<Value> here = new HashSet<>(known.arguments());
    for (Op op : known.ops()) {
      here.addAll(op.results());
    }
    Set<Op> sunk = new HashSet<>();
    Set<Value> kept = new LinkedHashSet<>();
    Deque<Value> pending = new ArrayDeque<>(needed);
    Set<Value> seen = new HashSet<>(needed);
    while (!pending.isEmpty()) {
      Value value = pending.poll();
      if (!here.contains(value)) {
        continue;
      }
      Op op = value.op();
      if (op == null || !sinkable.test(op)) {
        kept.add(value);
      } else if (sunk.add(op)) {
        Set<Value> operands = new LinkedHashSet<>();
        need(op, Set.of(), operands);
        for (Value operand : operands) {
          if (seen.add(operand)) {
            pending.add(operand);
          }
        }
      }
    }
    List<Op> order = known.ops().stream().filter(sunk::contains).toList();
    return new Residuals(List.copyOf(kept), order, live, linear);
  }

  private static void need(Op op, Set<Value> defined, Set<Value> needed) {
    for (Value operand : op.operands()) {
      if (!defined.contains(operand)) {
        needed.add(operand);
      }
    }
    if (!op.regions().isEmpty()) {
      for (Value captured : Closures.freeValues(op.regions())) {
        if (!defined.contains(captured)) {
          needed.add(captured);
        }
      }
    }
  }

  /**
   * Copies the sunk and the linear ops to where {@code into} points, which must have mapped the
   * residuals and the arguments of the linear block, and returns the linear results.
   */
  List<Value> rebuild(Inliner into) {
    sunk.forEach(into::copy);
    live.forEach(into::copy);
    return into.get(linear.results());
  }

  /** Ops whose results are larger than, or as large as, their operands and cost nothing. */
  static boolean isCheap(Op op) {
    return switch (op.code()) {
      case CONSTANT, IOTA, BROADCAST_IN_DIM, BROADCAST, RESHAPE -> true;
      case CONVERT -> op.operand(0).dtype().bits() <= op.result().dtype().bits();
      default -> false;
    };
  }
}
