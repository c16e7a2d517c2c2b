package org.cornu.tracer.autodiff;

import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.build.WindowConfig;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/** Transposes of sums over dimensions and windows, and of choices in windows. */
final class ReductionTranspose {
  private ReductionTranspose() {}

  static List<@Nullable Value> reduce(TransposeSite s) {
    int n = s.arity() / 2;
    List<@Nullable Value> out = s.empty();
    for (int i = 0; i < n; i++) {
      Value ct = s.ct(i);
      if (ct == null || !s.isLinear(i) && !s.isLinear(n + i)) {
        continue;
      }
      if (Monoid.of(s.op.region(0), i, n) != OpCode.ADD) {
        throw s.missing("only a sum is linear");
      }
      Value wide = s.e.expand(ct, s.type(i).shape(), s.op.longs("dimensions"));
      out.set(i, s.e.convert(wide, s.type(i).dtype()));
      if (s.isLinear(n + i)) {
        out.set(n + i, s.e.reduceSum(ct, Emit.range(0, ct.shape().rank())));
      }
    }
    return out;
  }

  static List<@Nullable Value> reduceWindow(TransposeSite s) {
    int n = s.arity() / 2;
    List<@Nullable Value> out = s.empty();
    for (int i = 0; i < n; i++) {
      Value ct = s.ct(i);
      if (ct == null || !s.isLinear(i) && !s.isLinear(n + i)) {
        continue;
      }
      if (Monoid.of(s.op.region(0), i, n) != OpCode.ADD || s.isLinear(n + i)) {
        throw s.missing("only a sum over windows is linear, and not in its initial value");
      }
      Value spread = spreadSums(s, ct, s.type(i).shape());
      out.set(i, s.e.convert(spread, s.type(i).dtype()));
    }
    return out;
  }

  /** Window sums of the cotangents: each element receives those of all windows that hold it. */
  private static Value spreadSums(TransposeSite s, Value ct, Shape from) {
    WindowConfig w = WindowConfig.fromOp(s.op);
    int rank = from.rank();
    long[][] padding = new long[rank][2];
    boolean negative = false;
    for (int d = 0; d < rank; d++) {
      long kernel = Windows.dilated(w.dimensions()[d], w.windowDilations()[d]);
      long in = Windows.dilated(from.dim(d), w.baseDilations()[d]);
      long out = Windows.dilated(ct.shape().dim(d), w.strides()[d]);
      padding[d][0] = kernel - w.padding()[d][0] - 1;
      padding[d][1] = in + kernel - 1 - out - padding[d][0];
      negative |= padding[d][0] < 0 || padding[d][1] < 0;
    }
    Value zero = s.e.scalar(ct.dtype(), 0);
    boolean direct = !negative && Windows.allOnes(w.strides());
    Value padded =
        direct
            ? ct
            : s.b.pad(
                ct,
                zero,
                Windows.low(padding),
                Windows.high(padding),
                Windows.minusOne(w.strides()));
    long[] ones = new long[rank];
    Arrays.fill(ones, 1);
    WindowConfig sums =
        new WindowConfig(
            w.dimensions(),
            w.baseDilations(),
            ones,
            w.windowDilations(),
            direct ? padding : new long[rank][2]);
    return s.b.reduceWindow(padded, zero, OpCode.ADD, sums);
  }

  static List<@Nullable Value> selectAndScatter(TransposeSite s) {
    if (s.isLinear(0) || s.isLinear(2)) {
      throw s.nonlinear();
    }
    if (Monoid.of(s.op.region(1)) != OpCode.ADD) {
      throw s.missing("only with a scatter region that adds it is linear");
    }
    List<@Nullable Value> out = s.empty();
    if (s.isLinear(1)) {
      Comparison direction = Monoid.comparison(s.op.region(0));
      if (direction != Comparison.GE && direction != Comparison.LE) {
        throw s.missing("its select region must be 'greater or equal' or 'less or equal'");
      }
      out.set(
          1,
          s.b.selectAndGatherAdd(s.ct(), s.x(0), WindowConfig.fromOp(s.op), direction.toString()));
    }
    return out;
  }

  /** Scatters each cotangent to the element that its window chose. */
  static Value selectAndGatherAdd(TransposeSite s) {
    if (s.isLinear(1)) {
      throw s.nonlinear();
    }
    Builder b = s.b;
    WindowConfig w = WindowConfig.fromOp(s.op);
    Value operand = s.x(1);
    Value ct = s.ct();
    Comparison direction = Comparison.valueOf(s.op.string("select", "GE"));
    if (!Windows.allOnes(w.windowDilations())) {
      return byMasks(s, w, operand, ct, direction);
    }
    boolean negative = Arrays.stream(w.padding()).anyMatch(p -> p[0] < 0 || p[1] < 0);
    boolean plain = Windows.allOnes(w.baseDilations()) && !negative;
    Value from = plain ? operand : Windows.padded(b, operand, worst(s, direction), w);
    long[][] padding = plain ? w.padding() : new long[w.padding().length][2];
    Value spread =
        b.selectAndScatter(
            from,
            ct,
            s.e.scalar(ct.dtype(), 0),
            WindowConfig.of(w.dimensions(), w.strides(), padding),
            comparison(b, direction, operand.dtype()),
            Builder.binaryBody(OpCode.ADD, ct.dtype()));
    return plain ? spread : unpad(s, w, spread, operand.shape());
  }

  private static Value unpad(TransposeSite s, WindowConfig w, Value padded, Shape shape) {
    return ShapeTranspose.unpad(
        s.b,
        padded,
        shape,
        Windows.low(w.padding()),
        Windows.high(w.padding()),
        Windows.minusOne(w.baseDilations()));
  }

  /** The value that loses against every other. */
  private static Value worst(TransposeSite s, Comparison direction) {
    double value = direction == Comparison.GE ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    return s.e.scalar(s.type(1).dtype(), value);
  }

  private static Block comparison(Builder b, Comparison direction, DType dtype) {
    List<Type> scalars = List.of(TensorType.of(dtype), TensorType.of(dtype));
    Block out = new Block(scalars);
    Builder inner = new Builder(out);
    inner.location(b.location());
    return out.returns(List.of(inner.compare(out.argument(0), out.argument(1), direction)));
  }

  /** Element by element of the window, for dilated windows. */
  private static Value byMasks(
      TransposeSite s, WindowConfig w, Value operand, Value ct, Comparison direction) {
    Builder b = s.b;
    Value padded = Windows.padded(b, operand, worst(s, direction), w);
    List<long[]> offsets = Windows.offsets(w);
    Value best = null;
    Value winner = s.e.full(TensorType.of(DType.I32, ct.shape()), 0);
    for (int k = 0; k < offsets.size(); k++) {
      Value next = Windows.element(b, padded, offsets.get(k), w, ct.shape());
      if (best == null) {
        best = next;
        continue;
      }
      Value keeps = b.compare(best, next, direction);
      best = b.select(keeps, best, next);
      winner = b.select(keeps, winner, s.e.like(winner, k));
    }
    Value sum = s.e.zeros(TensorType.of(ct.dtype(), padded.shape()));
    Value zero = s.e.scalar(ct.dtype(), 0);
    int rank = ct.shape().rank();
    for (int k = 0; k < offsets.size(); k++) {
      Value here = b.compare(winner, s.e.like(winner, k), Comparison.EQ);
      Value part = b.select(here, ct, s.e.zeros(ct.type()));
      long[] high = new long[rank];
      for (int d = 0; d < rank; d++) {
        long used = offsets.get(k)[d] + Windows.dilated(ct.shape().dim(d), w.strides()[d]);
        high[d] = padded.shape().dim(d) - used;
      }
      sum = b.add(sum, b.pad(part, zero, offsets.get(k), high, Windows.minusOne(w.strides())));
    }
    return unpad(s, w, sum, operand.shape());
  }
}
