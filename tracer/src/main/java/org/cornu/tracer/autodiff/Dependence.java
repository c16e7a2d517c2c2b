package org.cornu.tracer.autodiff;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.graph.Closures;

/** Which values depend on given ones, seen through calls, loops and branches result by result. */
final class Dependence {
  private final Map<FuncKey, boolean[]> memo = new HashMap<>();

  /** Which results of {@code func} depend on the arguments marked. */
  boolean[] of(Func func, boolean[] marked) {
    FuncKey key = new FuncKey(func, marked);
    boolean[] known = memo.get(key);
    if (known == null) {
      known = of(func.body(), marked);
      memo.put(key, known);
    }
    return known.clone();
  }

  /** Which results of a closed region depend on its arguments marked. */
  boolean[] of(Block region, boolean[] marked) {
    Set<Value> dependent = new HashSet<>(Masks.where(region.arguments(), marked, true));
    spread(region, dependent);
    return Masks.in(dependent, region.results());
  }

  /** Adds to {@code dependent} what depends on it in {@code region}. */
  private void spread(Block region, Set<Value> dependent) {
    for (Op op : region.ops()) {
      if (touches(op, dependent)) {
        dependent.addAll(Masks.where(op.results(), of(op, dependent), true));
      }
    }
  }

  /**
   * True when an operand of {@code op}, or what its regions capture, is among {@code dependent}.
   */
  static boolean touches(Op op, Set<Value> dependent) {
    for (Value operand : op.operands()) {
      if (dependent.contains(operand)) {
        return true;
      }
    }
    if (!op.regions().isEmpty()) {
      for (Value captured : Closures.freeValues(op.regions())) {
        if (dependent.contains(captured)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Which results of an op that touches {@code dependent} depend on it. */
  boolean[] of(Op op, Set<Value> dependent) {
    boolean[] operands = Masks.in(dependent, op.operands());
    return switch (op.code()) {
      case CALL, REMAT -> of(op.callee("callee"), operands);
      case CUSTOM_DERIVATIVE ->
          op.callee("callee").isDeclaration()
              ? Masks.all(op.results().size())
              : of(op.callee("callee"), operands);
      case COMPOSITE -> of(op.callee("decomposition"), operands);
      case OPTIMIZATION_BARRIER -> operands;
      case SDY_MANUAL_COMPUTATION -> of(op.region(0), operands);
      case CASE, IF -> branches(op, dependent, operands[0]);
      case SCAN -> {
        ScanShape shape = ScanShape.of(op);
        boolean[] inside = scanArguments(op, operands);
        boolean[] out = of(op.region(0), inside);
        // without a step the carry is what it was
        for (int i = 0; i < shape.carry(); i++) {
          out[i] |= inside[shape.consts() + i];
        }
        yield out;
      }
      case WHILE -> whileCarry(op, dependent);
      default -> Masks.all(op.results().size());
    };
  }

  private boolean[] branches(Op op, Set<Value> dependent, boolean index) {
    if (index) {
      return Masks.all(op.results().size());
    }
    boolean[] out = new boolean[op.results().size()];
    for (Block region : op.regions()) {
      Set<Value> inside = new HashSet<>(dependent);
      spread(region, inside);
      Masks.include(out, Masks.in(inside, region.results()));
    }
    return out;
  }

  /** Which arguments of a scan's region depend on the operands marked: a fixpoint of the carry. */
  boolean[] scanArguments(Op op, boolean[] operands) {
    ScanShape shape = ScanShape.of(op);
    boolean[] inside = operands.clone();
    boolean changed = true;
    while (changed) {
      boolean[] out = of(op.region(0), inside);
      changed = false;
      for (int i = 0; i < shape.carry(); i++) {
        if (out[i] && !inside[shape.consts() + i]) {
          inside[shape.consts() + i] = true;
          changed = true;
        }
      }
    }
    return inside;
  }

  /** Which carries of a while loop depend on {@code dependent}. */
  boolean[] whileCarry(Op op, Set<Value> dependent) {
    boolean[] carry = Masks.in(dependent, op.operands());
    Block body = op.region(1);
    boolean changed = true;
    while (changed) {
      Set<Value> inside = new HashSet<>(dependent);
      inside.addAll(Masks.where(body.arguments(), carry, true));
      spread(body, inside);
      changed = Masks.include(carry, Masks.in(inside, body.results()));
    }
    Set<Value> condition = new HashSet<>(dependent);
    condition.addAll(Masks.where(op.region(0).arguments(), carry, true));
    spread(op.region(0), condition);
    List<Value> stop = op.region(0).results();
    return Masks.any(Masks.in(condition, stop)) ? Masks.all(carry.length) : carry;
  }
}
