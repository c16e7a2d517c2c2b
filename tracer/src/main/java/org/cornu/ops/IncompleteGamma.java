package org.cornu.ops;

import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/**
 * The regularized incomplete gamma functions, after Cephes: a power series where x is small beside
 * a, a continued fraction elsewhere. Both run until every element has converged.
 */
final class IncompleteGamma {
  private static final double RESCALE_F32 = 1L << 23;
  private static final double RESCALE_F64 = 1L << 52;
  private static final int MOST_STEPS = 10_000;

  private IncompleteGamma() {}

  private static Tensor number(Tensor like, double value) {
    return Dims.constant(like, value);
  }

  /** The lower function {@code P(a, x)}. */
  static Tensor lower(Tensor a, Tensor x) {
    Parts p = parts(a, x);
    Tensor inner = Lax.select(p.upperIsSmall(), Lax.sub(number(x, 1), p.upper()), p.lower());
    inner = Lax.select(Lax.eq(x, number(x, 0)), number(x, 0), inner);
    inner = Lax.select(p.atEnd(), number(x, 1), inner);
    return Lax.select(p.outside(), number(x, Double.NaN), inner);
  }

  /** The upper function {@code Q(a, x) = 1 - P(a, x)}. */
  static Tensor upper(Tensor a, Tensor x) {
    Parts p = parts(a, x);
    Tensor inner = Lax.select(p.upperIsSmall(), p.upper(), Lax.sub(number(x, 1), p.lower()));
    inner = Lax.select(Lax.eq(x, number(x, 0)), number(x, 1), inner);
    inner = Lax.select(p.atEnd(), number(x, 0), inner);
    return Lax.select(p.outside(), number(x, Double.NaN), inner);
  }

  /** {@code dP/dx = x^(a - 1) e^-x / Γ(a)}. */
  static Tensor density(Tensor a, Tensor x) {
    Tensor log = Lax.sub(Lax.sub(Lax.mul(Lax.sub(a, number(a, 1)), Lax.log(x)), x), Lax.lgamma(a));
    return Lax.exp(log);
  }

  /** How a gamma number x of shape a moves with a, so that {@code P(a, x)} stays what it is. */
  static Tensor sampleSlope(Tensor a, Tensor x) {
    Tensor change = Transforms.jvp(p -> lower(p, x), a, number(a, 1)).tangent();
    Tensor slope = Lax.neg(Lax.div(change, density(a, x)));
    return Lax.select(Lax.eq(x, number(x, 0)), number(x, 0), slope);
  }

  /** {@code x^a e^-x / Γ(a)}: its logarithm is a small difference of large numbers. */
  private static Tensor power(Tensor a, Tensor x) {
    Tensor p = Lax.convertElementType(a, DType.F64);
    Tensor y = Lax.convertElementType(x, DType.F64);
    Tensor log = Lax.sub(Lax.sub(Lax.mul(p, Lax.log(y)), y), Lax.lgamma(p));
    return Lax.convertElementType(Lax.exp(log), x.dtype());
  }

  private record Parts(
      Tensor upperIsSmall, Tensor lower, Tensor upper, Tensor atEnd, Tensor outside) {}

  private static Parts parts(Tensor a, Tensor x) {
    Tensor zero = number(x, 0);
    Tensor one = number(x, 1);
    Tensor noShape = Lax.eq(a, zero);
    Tensor outside =
        Lax.bitwiseOr(
            Lax.bitwiseOr(Lax.lt(x, zero), Lax.lt(a, zero)),
            Lax.bitwiseOr(
                Lax.bitwiseAnd(noShape, Lax.eq(x, zero)),
                Lax.bitwiseOr(Lax.ne(x, x), Lax.ne(a, a))));
    // Without a shape, all weight lies at 0.
    Tensor atEnd = Lax.bitwiseOr(noShape, Lax.eq(x, number(x, Double.POSITIVE_INFINITY)));
    Tensor skip = Lax.bitwiseOr(outside, Lax.bitwiseOr(Lax.eq(x, zero), atEnd));
    Tensor safeX = Lax.select(skip, one, x);
    Tensor safeA = Lax.select(skip, one, a);
    Tensor large = Lax.bitwiseAnd(Lax.gt(safeX, one), Lax.gt(safeX, safeA));
    Tensor factor = power(safeA, safeX);
    Tensor seriesX = Lax.select(large, zero, safeX);
    Tensor fractionX = Lax.select(large, safeX, number(x, 2));
    Tensor fractionA = Lax.select(large, safeA, one);
    Tensor lower = Lax.div(Lax.mul(series(safeA, seriesX), factor), safeA);
    Tensor upper = Lax.mul(fraction(fractionA, fractionX), factor);
    return new Parts(large, lower, upper, atEnd, outside);
  }

  private record Series(Tensor step, Tensor denominator, Tensor term, Tensor sum) {}

  /** {@code 1 + x / (a + 1) + x² / ((a + 1) (a + 2)) + …}. */
  private static Tensor series(Tensor a, Tensor x) {
    double epsilon = Limits.epsilon(x.dtype());
    Series end =
        Lax.whileLoop(
            (Series s) ->
                Lax.bitwiseAnd(
                    Np.any(Lax.gt(s.term(), Lax.mul(s.sum(), number(s.sum(), epsilon)))),
                    Lax.lt(s.step(), Lax.full(DType.I32, MOST_STEPS))),
            (Series s) -> {
              Tensor denominator = Lax.add(s.denominator(), number(x, 1));
              Tensor term = Lax.mul(s.term(), Lax.div(x, denominator));
              return new Series(
                  Lax.add(s.step(), Lax.full(DType.I32, 1)),
                  denominator,
                  term,
                  Lax.add(s.sum(), term));
            },
            new Series(Lax.full(DType.I32, 0), a, number(x, 1), number(x, 1)));
    return end.sum();
  }

  private record Fraction(
      Tensor step,
      Tensor y,
      Tensor z,
      Tensor p1,
      Tensor p2,
      Tensor q1,
      Tensor q2,
      Tensor value,
      Tensor active) {}

  /** The continued fraction of the upper function. */
  private static Tensor fraction(Tensor a, Tensor x) {
    double epsilon = Limits.epsilon(x.dtype());
    double rescale = x.dtype() == DType.F64 ? RESCALE_F64 : RESCALE_F32;
    Tensor one = number(x, 1);
    Tensor y = Lax.sub(one, a);
    Tensor z = Lax.add(Lax.add(x, y), one);
    Tensor p1 = Lax.add(x, one);
    Tensor q1 = Lax.mul(z, x);
    Fraction start =
        new Fraction(
            Lax.full(DType.I32, 0),
            y,
            z,
            p1,
            one,
            q1,
            x,
            Lax.div(p1, q1),
            Lax.full(DType.BOOL, 1, x.shape().dims()));
    Fraction end =
        Lax.whileLoop(
            (Fraction f) ->
                Lax.bitwiseAnd(
                    Np.any(f.active()), Lax.lt(f.step(), Lax.full(DType.I32, MOST_STEPS))),
            (Fraction f) -> {
              Tensor step = Lax.add(f.step(), Lax.full(DType.I32, 1));
              Tensor nextY = Lax.add(f.y(), number(x, 1));
              Tensor nextZ = Lax.add(f.z(), number(x, 2));
              Tensor count = Dims.broadcastTo(Lax.convertElementType(step, x.dtype()), x.shape());
              Tensor yc = Lax.mul(nextY, count);
              Tensor p = Lax.sub(Lax.mul(f.p1(), nextZ), Lax.mul(f.p2(), yc));
              Tensor q = Lax.sub(Lax.mul(f.q1(), nextZ), Lax.mul(f.q2(), yc));
              Tensor usable = Lax.ne(q, number(q, 0));
              Tensor ratio = Lax.div(p, Lax.select(usable, q, number(q, 1)));
              Tensor safe = Lax.select(Lax.eq(ratio, number(q, 0)), number(q, 1), ratio);
              Tensor change = Lax.abs(Lax.div(Lax.sub(f.value(), ratio), safe));
              Tensor moving =
                  Lax.bitwiseOr(Lax.bitwiseNot(usable), Lax.gt(change, number(q, epsilon)));
              Tensor big = Lax.gt(Lax.abs(p), number(p, rescale));
              Tensor shrink = Lax.select(big, number(p, 1 / rescale), number(p, 1));
              Tensor value = Lax.select(usable, ratio, f.value());
              return new Fraction(
                  step,
                  nextY,
                  nextZ,
                  keep(f.active(), Lax.mul(p, shrink), f.p1()),
                  keep(f.active(), Lax.mul(f.p1(), shrink), f.p2()),
                  keep(f.active(), Lax.mul(q, shrink), f.q1()),
                  keep(f.active(), Lax.mul(f.q1(), shrink), f.q2()),
                  keep(f.active(), value, f.value()),
                  Lax.bitwiseAnd(f.active(), moving));
            },
            start);
    return end.value();
  }

  private static Tensor keep(Tensor active, Tensor next, Tensor old) {
    return Lax.select(active, next, old);
  }
}
