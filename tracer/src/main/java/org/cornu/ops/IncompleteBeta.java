package org.cornu.ops;

import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;

/**
 * The regularized incomplete beta function by its continued fraction (Lentz' algorithm), on the
 * side of the mean where that converges fast.
 */
final class IncompleteBeta {
  private static final int MOST_STEPS = 600;

  private IncompleteBeta() {}

  private static Tensor number(Tensor like, double value) {
    return Dims.constant(like, value);
  }

  /** {@code I_x(a, b)}. */
  static Tensor regularized(Tensor a, Tensor b, Tensor x) {
    Tensor zero = number(x, 0);
    Tensor one = number(x, 1);
    Tensor infinity = number(x, Double.POSITIVE_INFINITY);
    Tensor valid =
        Lax.bitwiseAnd(
            Lax.bitwiseAnd(Lax.ge(a, zero), Lax.ge(b, zero)),
            Lax.bitwiseAnd(Lax.ge(x, zero), Lax.le(x, one)));
    // All weight at 0, and all weight at 1.
    Tensor left = Lax.bitwiseOr(Lax.eq(a, zero), Lax.eq(b, infinity));
    Tensor right = Lax.bitwiseOr(Lax.eq(b, zero), Lax.eq(a, infinity));
    Tensor outside = Lax.bitwiseOr(Lax.bitwiseNot(valid), Lax.bitwiseAnd(left, right));
    Tensor inside =
        Lax.bitwiseAnd(
            Lax.bitwiseNot(Lax.bitwiseOr(outside, Lax.bitwiseOr(left, right))),
            Lax.bitwiseAnd(Lax.gt(x, zero), Lax.lt(x, one)));
    Tensor safeA = Lax.select(inside, a, one);
    Tensor safeB = Lax.select(inside, b, one);
    Tensor safeX = Lax.select(inside, x, number(x, 0.5));
    Tensor mean = Lax.div(Lax.add(safeA, one), Lax.add(Lax.add(safeA, safeB), number(x, 2)));
    Tensor mirrored = Lax.gt(safeX, mean);
    Tensor p = Lax.select(mirrored, safeB, safeA);
    Tensor q = Lax.select(mirrored, safeA, safeB);
    Tensor y = Lax.select(mirrored, Lax.sub(one, safeX), safeX);
    Tensor value = Lax.div(Lax.mul(power(p, q, y), fraction(p, q, y)), p);
    Tensor out = Lax.select(mirrored, Lax.sub(one, value), value);
    out = Lax.select(inside, out, Lax.select(Lax.bitwiseOr(left, Lax.ge(x, one)), one, zero));
    return Lax.select(outside, number(x, Double.NaN), out);
  }

  /** {@code x^a (1 - x)^b / B(a, b)}: its logarithm is a small difference of large numbers. */
  private static Tensor power(Tensor a, Tensor b, Tensor x) {
    Tensor p = Lax.convertElementType(a, DType.F64);
    Tensor q = Lax.convertElementType(b, DType.F64);
    Tensor y = Lax.convertElementType(x, DType.F64);
    Tensor log = Lax.add(Lax.mul(p, Lax.log(y)), Lax.mul(q, Lax.log1p(Lax.neg(y))));
    return Lax.convertElementType(Lax.exp(Lax.sub(log, Special.betaln(p, q))), x.dtype());
  }

  private record Lentz(Tensor step, Tensor c, Tensor d, Tensor value, Tensor active) {}

  private static Tensor fraction(Tensor a, Tensor b, Tensor x) {
    double epsilon = Limits.epsilon(x.dtype());
    Tensor one = number(x, 1);
    Tensor sum = Lax.add(a, b);
    Tensor d = reciprocal(Lax.sub(one, Lax.div(Lax.mul(sum, x), Lax.add(a, one))));
    Lentz end =
        Lax.whileLoop(
            (Lentz s) ->
                Lax.bitwiseAnd(
                    Np.any(s.active()), Lax.lt(s.step(), Lax.full(DType.I32, MOST_STEPS))),
            (Lentz s) -> {
              Tensor step = Lax.add(s.step(), Lax.full(DType.I32, 1));
              Tensor m = Dims.broadcastTo(Lax.convertElementType(step, x.dtype()), x.shape());
              Tensor twice = Lax.add(m, m);
              Tensor even =
                  Lax.div(
                      Lax.mul(Lax.mul(m, Lax.sub(b, m)), x),
                      Lax.mul(Lax.sub(Lax.add(a, twice), one), Lax.add(a, twice)));
              Tensor odd =
                  Lax.neg(
                      Lax.div(
                          Lax.mul(Lax.mul(Lax.add(a, m), Lax.add(sum, m)), x),
                          Lax.mul(Lax.add(a, twice), Lax.add(Lax.add(a, twice), one))));
              Tensor d1 = reciprocal(Lax.add(one, Lax.mul(even, s.d())));
              Tensor c1 = away(Lax.add(one, Lax.div(even, s.c())));
              Tensor v1 = Lax.mul(s.value(), Lax.mul(d1, c1));
              Tensor d2 = reciprocal(Lax.add(one, Lax.mul(odd, d1)));
              Tensor c2 = away(Lax.add(one, Lax.div(odd, c1)));
              Tensor factor = Lax.mul(d2, c2);
              Tensor change = Lax.abs(Lax.sub(factor, one));
              return new Lentz(
                  step,
                  Lax.select(s.active(), c2, s.c()),
                  Lax.select(s.active(), d2, s.d()),
                  Lax.select(s.active(), Lax.mul(v1, factor), s.value()),
                  Lax.bitwiseAnd(s.active(), Lax.gt(change, number(x, epsilon))));
            },
            new Lentz(
                Lax.full(DType.I32, 0), one, d, d, Lax.full(DType.BOOL, 1, x.shape().dims())));
    return end.value();
  }

  private static Tensor reciprocal(Tensor x) {
    return Lax.div(number(x, 1), away(x));
  }

  /** Numbers too near to 0 to divide by are moved away. */
  private static Tensor away(Tensor x) {
    Tensor tiny = number(x, 1e-30);
    return Lax.select(Lax.lt(Lax.abs(x), tiny), tiny, x);
  }
}
