package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/** Tangents of {@code reduce} and {@code map}. */
final class ReductionJvp {
  private ReductionJvp() {}

  static List<@Nullable Value> reduce(JvpSite s) {
    int n = s.arity() / 2;
    Block body = s.op.region(0);
    List<OpCode> codes = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      OpCode code = Monoid.of(body, i, n);
      boolean active = s.isActive(i) || s.isActive(n + i);
      if (active && (code == null || code == OpCode.MULTIPLY)) {
        return isSelection(s, n) ? selection(s) : tree(s, n);
      }
      codes.add(code);
    }
    List<@Nullable Value> out = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      boolean active = s.isActive(i) || s.isActive(n + i);
      OpCode code = codes.get(i);
      if (!active || code == null) {
        out.add(null);
      } else if (code == OpCode.ADD) {
        out.add(sum(s, i, n + i));
      } else {
        out.add(extremum(s, code, i, n + i));
      }
    }
    return out;
  }

  private static long[] dims(JvpSite s) {
    return s.op.longs("dimensions");
  }

  private static @Nullable Value sum(JvpSite s, int i, int init) {
    TensorType result = s.op.result(i).tensorType();
    Value dx = s.dx(i);
    Value out = null;
    if (dx != null) {
      out = s.e.reduceSum(s.e.convert(dx, result.dtype()), dims(s));
    }
    Value dInit = s.dx(init);
    return s.e.sum(out, dInit == null ? null : s.e.broadcast(dInit, result.shape()));
  }

  /** Ties are split evenly over all extremal elements. */
  private static @Nullable Value extremum(JvpSite s, OpCode code, int i, int init) {
    Value y = s.results().get(i);
    Value x = s.e.convert(s.x(i), y.dtype());
    Shape shape = x.shape();
    Value wins = s.b.compare(x, s.e.expand(y, shape, dims(s)), Comparison.EQ);
    Value mask = s.e.indicator(wins, y.dtype());
    Value count = s.e.reduceSum(mask, dims(s));
    Value dx = s.dx(i);
    Value total = null;
    if (dx != null) {
      total = s.e.reduceSum(s.b.multiply(s.e.convert(dx, y.dtype()), mask), dims(s));
    }
    if (!Monoid.isIdentity(code, s.x(init))) {
      // the initial value competes like an element
      Value start = s.e.broadcast(s.x(init), y.shape());
      Value startWins = s.e.indicator(s.b.compare(start, y, Comparison.EQ), y.dtype());
      count = s.b.add(count, startWins);
      Value dInit = s.dx(init);
      if (dInit != null) {
        total = s.e.sum(total, s.b.multiply(s.e.broadcast(dInit, y.shape()), startWins));
      }
    }
    return total == null ? null : s.b.divide(total, count);
  }

  private static List<@Nullable Value> tree(JvpSite s, int n) {
    return s.decompose(
        (b, xs) ->
            Folds.reduce(b, xs.subList(0, n), xs.subList(n, 2 * n), dims(s), s.op.region(0)));
  }

  /**
   * True for argmax and its like: pairs (value, position) over one dimension, the position counted
   * by an iota, and a region that chooses one of the two pairs.
   */
  private static boolean isSelection(JvpSite s, int n) {
    if (n != 2 || dims(s).length != 1 || s.isActive(2)) {
      return false;
    }
    Block body = s.op.region(0);
    for (int i = 0; i < 2; i++) {
      Op select = body.results().get(i).op();
      if (select == null
          || select.code() != OpCode.SELECT
          || !isPair(
              select.operand(1), select.operand(2), body.argument(i), body.argument(2 + i))) {
        return false;
      }
    }
    return countsAlong(s.op.operand(1), dims(s)[0]);
  }

  private static boolean isPair(Value x, Value y, Value a, Value b) {
    return x == a && y == b || x == b && y == a;
  }

  /** True when {@code value} holds its position along {@code dim}. */
  private static boolean countsAlong(Value value, long dim) {
    Op op = value.op();
    if (op == null || value.dtype().isInexact()) {
      return false;
    }
    if (op.code() == OpCode.IOTA) {
      return op.intAttribute("iota_dimension", -1) == dim;
    }
    if (op.code() == OpCode.BROADCAST_IN_DIM) {
      long[] places = op.longs("broadcast_dimensions");
      for (int i = 0; i < places.length; i++) {
        boolean whole = op.operand(0).shape().dim(i) == value.shape().dim((int) dim);
        if (places[i] == dim && whole) {
          return countsAlong(op.operand(0), i);
        }
      }
    }
    return false;
  }

  /** The tangent at the position that the reduction chose, taken by a mask. */
  private static List<@Nullable Value> selection(JvpSite s) {
    Value chosen = s.e.expand(s.results().get(1), s.op.operand(1).shape(), dims(s));
    Value here = s.b.compare(s.x(1), chosen, Comparison.EQ);
    List<@Nullable Value> out = new ArrayList<>();
    Value dx = s.dxOrZeros(0);
    Value masked = s.b.select(here, dx, s.e.zeros(dx.type()));
    out.add(s.e.reduceSum(s.e.convert(masked, s.op.result(0).dtype()), dims(s)));
    out.add(null);
    return out;
  }

  static List<@Nullable Value> map(JvpSite s) {
    return s.decompose((b, xs) -> ScalarBody.apply(b, s.op.region(0), xs, xs.get(0).shape()));
  }
}
