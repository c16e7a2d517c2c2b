package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.WindowConfig;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/** Tangents of {@code reduce_window} and {@code select_and_scatter}. */
final class WindowJvp {
  private WindowJvp() {}

  static List<@Nullable Value> reduceWindow(JvpSite s) {
    int n = s.arity() / 2;
    Block body = s.op.region(0);
    WindowConfig window = WindowConfig.fromOp(s.op);
    Shape shape = s.op.operand(0).shape();
    int cumulative = Windows.cumulative(window, shape);
    List<@Nullable Value> out = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      OpCode code = Monoid.of(body, i, n);
      if (!s.isActive(i) && !s.isActive(n + i)) {
        out.add(null);
      } else if (s.isActive(n + i) || code == null || s.op.result(i).dtype() != s.x(i).dtype()) {
        return general(s, n, window);
      } else if (code == OpCode.ADD) {
        Value zero = s.e.scalar(s.x(i).dtype(), 0);
        out.add(s.b.reduceWindow(s.dxOrZeros(i), zero, OpCode.ADD, window));
      } else if (code == OpCode.MULTIPLY || cumulative >= 0) {
        return general(s, n, window);
      } else if (code == OpCode.MAXIMUM || code == OpCode.MINIMUM) {
        String select = code == OpCode.MAXIMUM ? "GE" : "LE";
        out.add(s.b.selectAndGatherAdd(s.dxOrZeros(i), s.x(i), window, select));
      } else {
        out.add(null);
      }
    }
    return out;
  }

  /** Prefixes by the odd-even recursion, other windows element by element. */
  private static List<@Nullable Value> general(JvpSite s, int n, WindowConfig window) {
    int dim = Windows.cumulative(window, s.op.operand(0).shape());
    return s.decompose(
        (b, xs) ->
            dim >= 0
                ? cumulate(b, s, xs.subList(0, n), xs.subList(n, 2 * n), dim, window)
                : patches(b, s, xs.subList(0, n), xs.subList(n, 2 * n), window));
  }

  private static List<Value> cumulate(
      Builder b, JvpSite s, List<Value> xs, List<Value> inits, int dim, WindowConfig window) {
    Emit e = new Emit(b);
    Folds.Combine combine = Folds.combination(b, s.op.region(0));
    boolean backward = window.padding()[dim][0] == 0;
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < xs.size(); i++) {
      Value x = e.convert(xs.get(i), inits.get(i).dtype());
      values.add(backward ? b.reverse(x, dim) : x);
    }
    List<Value> prefixes = Folds.cumulate(b, values, dim, combine);
    List<Value> start = new ArrayList<>();
    List<Value> ordered = new ArrayList<>();
    for (int i = 0; i < xs.size(); i++) {
      start.add(e.broadcast(inits.get(i), xs.get(i).shape()));
      ordered.add(backward ? b.reverse(prefixes.get(i), dim) : prefixes.get(i));
    }
    return combine.apply(start, ordered);
  }

  private static List<Value> patches(
      Builder b, JvpSite s, List<Value> xs, List<Value> inits, WindowConfig window) {
    Emit e = new Emit(b);
    Folds.Combine combine = Folds.combination(b, s.op.region(0));
    Shape out = s.op.result(0).shape();
    List<Value> padded = new ArrayList<>();
    for (int i = 0; i < xs.size(); i++) {
      Value x = e.convert(xs.get(i), inits.get(i).dtype());
      padded.add(Windows.padded(b, x, inits.get(i), window));
    }
    List<List<Value>> level = new ArrayList<>();
    for (long[] offset : Windows.offsets(window)) {
      List<Value> patch = new ArrayList<>();
      for (Value value : padded) {
        patch.add(Windows.element(b, value, offset, window, out));
      }
      level.add(patch);
    }
    while (level.size() > 1) {
      List<List<Value>> next = new ArrayList<>();
      for (int i = 0; i + 1 < level.size(); i += 2) {
        next.add(combine.apply(level.get(i), level.get(i + 1)));
      }
      if (level.size() % 2 == 1) {
        next.add(level.get(level.size() - 1));
      }
      level = next;
    }
    List<Value> start = new ArrayList<>();
    for (Value init : inits) {
      start.add(e.broadcast(init, out));
    }
    return level.isEmpty() ? start : combine.apply(start, level.get(0));
  }

  /** Linear in the source; where the operand's choice changes there is no derivative. */
  static @Nullable Value selectAndScatter(JvpSite s) {
    if (Monoid.of(s.op.region(1)) != OpCode.ADD) {
      throw s.missing("only with a scatter region that adds it is differentiable");
    }
    if (s.isActive(2)) {
      throw s.missing("its initial value must be a constant");
    }
    return s.isActive(1)
        ? s.again(s.x(0), s.dxOrZeros(1), s.e.scalar(s.op.operand(2).dtype(), 0))
        : null;
  }

  /** Linear in its first operand; where the second's choice changes there is no derivative. */
  static @Nullable Value selectAndGatherAdd(JvpSite s) {
    return s.isActive(0) ? s.again(s.dxOrZeros(0), s.x(1)) : null;
  }
}
