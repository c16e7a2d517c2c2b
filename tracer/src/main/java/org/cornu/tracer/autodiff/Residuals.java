package org.cornu.tracer.autodiff;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
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
import org.jspecify.annotations.Nullable;

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
  /** The most arithmetic ops that are repeated for one value. */
  private static final int MOST_REPEATED = 8;

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

  /**
   * Fewer values to hand over: one that follows from the others, or from values at hand, by a few
   * arithmetic ops per element is computed again on the linear side (the slope {@code y (1 - y)} of
   * a sigmoid from {@code y}).
   *
   * @param known the block that the values are of
   * @param atHand arguments of that block that the linear side has anyway
   */
  Residuals withoutDerived(Block known, Predicate<Value> atHand) {
    Set<Value> kept = new LinkedHashSet<>(values);
    Set<Op> repeated = new HashSet<>(sunk);
    Set<Op> inside = new HashSet<>(known.ops());
    List<Op> backwards = new ArrayList<>(known.ops());
    Collections.reverse(backwards);
    for (Op op : backwards) {
      for (Value value : op.results()) {
        Predicate<Value> given =
            v -> v != value && kept.contains(v) || v.op() != null && !inside.contains(v.op());
        Derivation derivation =
            kept.contains(value) ? derive(value, given, repeated, atHand) : null;
        if (derivation != null) {
          kept.remove(value);
          kept.addAll(derivation.from());
          repeated.addAll(derivation.ops());
        }
      }
    }
    List<Op> order = known.ops().stream().filter(repeated::contains).toList();
    return new Residuals(List.copyOf(kept), order, live, linear);
  }

  /** The ops that compute a value, and arguments at hand that they read. */
  private record Derivation(Set<Op> ops, Set<Value> from) {}

  private static @Nullable Derivation derive(
      Value value, Predicate<Value> given, Set<Op> repeated, Predicate<Value> atHand) {
    Set<Op> ops = new HashSet<>();
    Set<Value> from = new LinkedHashSet<>();
    int arithmetic = 0;
    Deque<Value> pending = new ArrayDeque<>(List.of(value));
    while (!pending.isEmpty()) {
      Value next = pending.poll();
      Op op = next.op();
      if (given.test(next) || op != null && repeated.contains(op)) {
        continue;
      }
      if (op == null) {
        if (!atHand.test(next)) {
          return null;
        }
        from.add(next);
        continue;
      }
      if (!isCheap(op)) {
        arithmetic++;
        if (!isArithmetic(op) || arithmetic > MOST_REPEATED) {
          return null;
        }
      }
      if (ops.add(op)) {
        pending.addAll(op.operands());
      }
    }
    return new Derivation(ops, from);
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

  /** Ops that cost less for each element than to write it to memory and read it again. */
  private static boolean isArithmetic(Op op) {
    return switch (op.code()) {
      case ADD,
          SUBTRACT,
          MULTIPLY,
          DIVIDE,
          NEGATE,
          ABS,
          SIGN,
          MAXIMUM,
          MINIMUM,
          CLAMP,
          SELECT,
          COMPARE,
          AND,
          OR,
          XOR,
          NOT,
          CONVERT ->
          true;
      default -> false;
    };
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
