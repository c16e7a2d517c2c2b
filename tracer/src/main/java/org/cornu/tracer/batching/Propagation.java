package org.cornu.tracer.batching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Value;

/**
 * Which values differ within the batch, found without emitting anything. Loops need it before their
 * bodies can be built: a carry is batched if it starts so or becomes so in any iteration.
 */
final class Propagation {
  private final RegionFacts facts;
  private final Map<Key, boolean[]> functions = new HashMap<>();

  private record Key(Attribute.Callee func, List<Boolean> mask) {}

  Propagation(RegionFacts facts) {
    this.facts = facts;
  }

  /** Which results of {@code f} are batched when these arguments are. */
  boolean[] function(Func f, boolean[] mask) {
    Key key = new Key(new Attribute.Callee(f), list(mask));
    boolean[] known = functions.get(key);
    if (known == null) {
      known = block(f.body(), mask, v -> false);
      functions.put(key, known);
    }
    return known.clone();
  }

  /** Which results of {@code block} are batched when these arguments and outer values are. */
  boolean[] block(Block block, boolean[] mask, Predicate<Value> outer) {
    Set<Value> inside = new HashSet<>();
    Predicate<Value> isBatched = v -> inside.contains(v) || outer.test(v);
    for (int i = 0; i < mask.length; i++) {
      if (mask[i]) {
        inside.add(block.argument(i));
      }
    }
    for (Op op : block.ops()) {
      boolean[] operands = test(op.operands(), isBatched);
      boolean[] results = op(op, operands, isBatched);
      for (int i = 0; i < results.length; i++) {
        if (results[i]) {
          inside.add(op.result(i));
        }
      }
    }
    return test(block.results(), isBatched);
  }

  private static boolean[] test(List<Value> values, Predicate<Value> isBatched) {
    boolean[] out = new boolean[values.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = isBatched.test(values.get(i));
    }
    return out;
  }

  /** Which results of {@code op} are batched when these operands are. */
  boolean[] op(Op op, boolean[] mask, Predicate<Value> isBatched) {
    boolean own = facts.isOverAxis(op);
    return switch (op.code()) {
      case OPTIMIZATION_BARRIER, ALL_REDUCE -> mask.clone();
      case GET_DIMENSION_SIZE -> results(op, false);
      case AXIS_INDEX -> results(op, own);
      case AXIS_REDUCE -> own ? results(op, false) : mask.clone();
      case AXIS_PERMUTE -> own ? results(op, true) : mask.clone();
      case AXIS_GATHER -> results(op, !own && any(mask));
      case AXIS_SCATTER, AXIS_ALL_TO_ALL -> results(op, own || any(mask));
      case WHILE -> whileLoop(op, mask, isBatched).carry();
      case SCAN -> scan(op, mask, isBatched);
      case IF, CASE -> branches(op, mask[0], isBatched);
      case CALL, REMAT -> function(op.callee("callee"), mask);
      case COMPOSITE -> function(op.callee("decomposition"), mask);
      case CUSTOM_DERIVATIVE -> CustomBatching.results(this, op, mask);
      case SDY_MANUAL_COMPUTATION -> block(op.region(0), mask, isBatched);
      default -> results(op, any(mask));
    };
  }

  /** The same answer for all results but tokens. */
  static boolean[] results(Op op, boolean batched) {
    boolean[] out = new boolean[op.results().size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = batched && BatchTypes.isBatchable(op.result(i).type());
    }
    return out;
  }

  /**
   * How a while loop is batched.
   *
   * @param carry which carries are batched
   * @param predicate true when the elements of the batch end at different times
   */
  record Loop(boolean[] carry, boolean predicate) {}

  /** The least batched form of a {@code while} in which no carry changes from shared to batched. */
  Loop whileLoop(Op op, boolean[] inits, Predicate<Value> isBatched) {
    Block body = op.region(1);
    boolean[] carry = inits.clone();
    while (true) {
      if (block(op.region(0), carry, isBatched)[0]) {
        for (int i = 0; i < carry.length; i++) {
          // What an element carries must stop changing when that element is done, unless it never
          // changes.
          boolean changes = body.results().get(i) != body.argument(i);
          carry[i] |= changes && BatchTypes.isBatchable(body.argument(i).type());
        }
        return new Loop(carry, true);
      }
      boolean[] next = or(carry, block(body, carry, isBatched));
      if (Arrays.equals(next, carry)) {
        return new Loop(carry, false);
      }
      carry = next;
    }
  }

  /** Which carries and stacked outputs of a {@code scan} are batched. */
  boolean[] scan(Op op, boolean[] mask, Predicate<Value> isBatched) {
    int consts = (int) op.intAttribute("num_consts", 0);
    int carries = (int) op.intAttribute("num_carry", 0);
    boolean[] arguments = mask.clone();
    while (true) {
      boolean[] results = block(op.region(0), arguments, isBatched);
      boolean stable = true;
      for (int i = 0; i < carries; i++) {
        stable &= arguments[consts + i] || !results[i];
        arguments[consts + i] |= results[i];
        results[i] = arguments[consts + i];
      }
      if (stable) {
        return results;
      }
    }
  }

  private boolean[] branches(Op op, boolean index, Predicate<Value> isBatched) {
    boolean[] out = results(op, index);
    for (Block branch : op.regions()) {
      out = or(out, block(branch, new boolean[0], isBatched));
    }
    return out;
  }

  static boolean any(boolean[] mask) {
    for (boolean b : mask) {
      if (b) {
        return true;
      }
    }
    return false;
  }

  static boolean[] or(boolean[] a, boolean[] b) {
    boolean[] out = a.clone();
    for (int i = 0; i < out.length; i++) {
      out[i] |= b[i];
    }
    return out;
  }

  static List<Boolean> list(boolean[] mask) {
    List<Boolean> out = new ArrayList<>(mask.length);
    for (boolean b : mask) {
      out.add(b);
    }
    return out;
  }
}
