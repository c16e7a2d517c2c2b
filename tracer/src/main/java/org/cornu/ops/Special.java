package org.cornu.ops;

import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.F1;
import org.cornu.tracer.F2;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/**
 * Special functions of mathematics, elementwise, with derivatives: the gamma and beta families,
 * Bessel functions, the zeta function, and forms of {@code x log y} that are right at 0. Bool and
 * integers are computed in f32, narrow floats in f32 and rounded.
 */
public final class Special {
  private Special() {}

  private static Tensor wide(Tensor x, F1<Tensor, Tensor> f) {
    return Composed.of(
        x,
        v -> {
          DType dtype = Promotion.inexact(v.dtype());
          requireReal(v);
          Tensor w = Lax.convertElementType(v, Promotion.wide(dtype));
          return Lax.convertElementType(f.apply(w), dtype);
        });
  }

  private static void requireReal(Tensor x) {
    if (x.dtype().isComplex()) {
      throw new OpException("special functions: real numbers are needed: got " + x.type().brief());
    }
  }

  private static Tensor wide(String op, Tensor x, Tensor y, F2<Tensor, Tensor, Tensor> f) {
    return Composed.of(
        x,
        y,
        (a, b) -> {
          requireReal(a);
          requireReal(b);
          DType dtype = Promotion.inexact(Dims.promoted(a, b));
          Tensor[] v = Dims.align(op, Promotion.wide(dtype), a, b);
          return Lax.convertElementType(f.apply(v[0], v[1]), dtype);
        });
  }

  private static Tensor number(Tensor like, double value) {
    return Dims.constant(like, value);
  }

  /** Logarithm of {@code |Γ(x)|}. */
  public static Tensor gammaln(Tensor x) {
    return wide(x, Lax::lgamma);
  }

  /** Derivative of {@link #gammaln}. */
  public static Tensor digamma(Tensor x) {
    return wide(x, Lax::digamma);
  }

  /** Derivative of order {@code n} of {@link #digamma}; n a whole number in floating point. */
  public static Tensor polygamma(Tensor n, Tensor x) {
    return wide("polygamma", n, x, Lax::polygamma);
  }

  /** Hurwitz' zeta function {@code sum over k >= 0 of (k + q)^-x}. */
  public static Tensor zeta(Tensor x, Tensor q) {
    return wide("zeta", x, q, Lax::zeta);
  }

  /** Logarithm of Euler's beta function {@code Γ(a) Γ(b) / Γ(a + b)}. */
  public static Tensor betaln(Tensor a, Tensor b) {
    return wide(
        "betaln",
        a,
        b,
        (x, y) -> {
          Tensor small = Lax.min(x, y);
          Tensor large = Lax.max(x, y);
          Tensor eight = number(x, 8);
          Tensor sum = Lax.sub(Lax.lgamma(large), Lax.lgamma(Lax.add(small, large)));
          Tensor far = Lax.ge(large, eight);
          Tensor difference = gammaDifference(small, Lax.max(large, eight));
          return Lax.add(Lax.lgamma(small), Lax.select(far, difference, sum));
        });
  }

  /**
   * {@code log(Γ(b) / Γ(a + b))} for {@code b >= 8}, where the logarithms alone would cancel: the
   * difference of their Stirling series, after Didonato and Morris (TOMS 708).
   */
  private static Tensor gammaDifference(Tensor a, Tensor b) {
    Tensor one = number(a, 1);
    Tensor ratio = Lax.div(a, b);
    Tensor x = Lax.div(one, Lax.add(one, ratio));
    Tensor square = Lax.mul(x, x);
    Tensor t = Lax.div(one, Lax.mul(b, b));
    Tensor sum = one;
    Tensor power = one;
    Tensor series = number(a, STIRLING[0]);
    for (int k = 1; k < STIRLING.length; k++) {
      sum = Lax.add(one, Lax.add(x, Lax.mul(square, sum)));
      power = Lax.mul(power, t);
      series = Lax.add(series, Lax.mul(number(a, STIRLING[k]), Lax.mul(power, sum)));
    }
    Tensor w = Lax.mul(series, Lax.div(Lax.div(ratio, Lax.add(one, ratio)), b));
    Tensor u = Lax.mul(Lax.add(b, Lax.sub(a, number(a, 0.5))), Lax.log1p(ratio));
    Tensor v = Lax.mul(a, Lax.sub(Lax.log(b), one));
    return Lax.sub(Lax.sub(w, Lax.min(u, v)), Lax.max(u, v));
  }

  private static final double[] STIRLING = {
    0.0833333333333333,
    -0.00277777777760991,
    0.000793650666825390,
    -0.000595202931351870,
    0.000837308034031215,
    -0.00165322962780713
  };

  /** Sign of Γ(x), -1 at -0; NaN at the negative whole numbers. */
  public static Tensor gammasgn(Tensor x) {
    return wide(x, Special::signOfGamma);
  }

  private static Tensor signOfGamma(Tensor x) {
    Tensor floor = Lax.floor(x);
    Tensor zero = number(x, 0);
    Tensor below = Lax.lt(x, zero);
    Tensor odd = Lax.ne(Lax.rem(floor, number(x, 2)), zero);
    Tensor minusZero = Lax.bitwiseAnd(Lax.eq(x, zero), Lax.lt(Lax.div(number(x, 1), x), zero));
    Tensor negative = Lax.bitwiseOr(Lax.bitwiseAnd(below, odd), minusZero);
    Tensor sign = Lax.select(negative, number(x, -1), number(x, 1));
    Tensor pole = Lax.bitwiseOr(Lax.bitwiseAnd(below, Lax.eq(floor, x)), Lax.ne(x, x));
    return Lax.select(pole, number(x, Double.NaN), sign);
  }

  /** Euler's gamma function Γ(x). */
  public static Tensor gamma(Tensor x) {
    return wide(x, v -> Lax.mul(signOfGamma(v), Lax.exp(Lax.lgamma(v))));
  }

  /** {@code n! = Γ(n + 1)}; 0 for negative numbers. */
  public static Tensor factorial(Tensor n) {
    return wide(
        n,
        v -> {
          Tensor below = Lax.lt(v, number(v, 0));
          Tensor safe = Lax.select(below, number(v, 0), v);
          return Lax.select(below, number(v, 0), Lax.exp(Lax.lgamma(Lax.add(safe, number(v, 1)))));
        });
  }

  /** Euler's beta function {@code Γ(a) Γ(b) / Γ(a + b)}. */
  public static Tensor beta(Tensor a, Tensor b) {
    return wide(
        "beta",
        a,
        b,
        (x, y) -> {
          Tensor sum = Lax.add(x, y);
          Tensor log = Lax.sub(Lax.add(Lax.lgamma(x), Lax.lgamma(y)), Lax.lgamma(sum));
          Tensor sign = Lax.mul(Lax.mul(signOfGamma(x), signOfGamma(y)), signOfGamma(sum));
          return Lax.mul(sign, Lax.exp(log));
        });
  }

  /** Rising factorial {@code Γ(z + m) / Γ(z)}; 1 where m is 0. */
  public static Tensor poch(Tensor z, Tensor m) {
    return wide(
        "poch",
        z,
        m,
        (x, y) -> {
          Tensor sum = Lax.add(x, y);
          Tensor value =
              Lax.mul(
                  Lax.mul(signOfGamma(sum), signOfGamma(x)),
                  Lax.exp(Lax.sub(Lax.lgamma(sum), Lax.lgamma(x))));
          return Lax.select(Lax.eq(y, number(y, 0)), number(y, 1), value);
        });
  }

  /** Logarithm of the gamma function of {@code d} variables. */
  public static Tensor multigammaln(Tensor a, int d) {
    return wide(
        a,
        v -> {
          Tensor out = number(v, 0.25 * d * (d - 1) * Math.log(Math.PI));
          for (int j = 0; j < d; j++) {
            out = Lax.add(out, Lax.lgamma(Lax.sub(v, number(v, j / 2.0))));
          }
          return out;
        });
  }

  /** {@code p log(p / q)}; 0 at p = 0, infinite where a probability is negative or q is 0. */
  public static Tensor relEntr(Tensor p, Tensor q) {
    return wide("relEntr", p, q, Special::relative);
  }

  private static Tensor relative(Tensor p, Tensor q) {
    Tensor zero = number(p, 0);
    Tensor both = Lax.bitwiseAnd(Lax.gt(p, zero), Lax.gt(q, zero));
    Tensor none = Lax.bitwiseAnd(Lax.eq(p, zero), Lax.ge(q, zero));
    Tensor x = Lax.select(both, p, number(p, 1));
    Tensor y = Lax.select(both, q, number(p, 1));
    Tensor log = Lax.mul(x, Lax.sub(Lax.log(x), Lax.log(y)));
    return Lax.select(both, log, Lax.select(none, zero, number(p, Double.POSITIVE_INFINITY)));
  }

  /** {@code p log(p / q) - p + q}; see {@link #relEntr}. */
  public static Tensor klDiv(Tensor p, Tensor q) {
    return wide("klDiv", p, q, (x, y) -> Lax.add(Lax.sub(relative(x, y), x), y));
  }

  /** Box and Cox' {@code (x^λ - 1) / λ}, log x where λ is 0. */
  public static Tensor boxcox(Tensor x, Tensor lambda) {
    return wide("boxcox", x, lambda, (v, l) -> power(Lax.log(v), l));
  }

  /** Box and Cox' {@code ((1 + x)^λ - 1) / λ}, log(1 + x) where λ is 0. */
  public static Tensor boxcox1p(Tensor x, Tensor lambda) {
    return wide("boxcox1p", x, lambda, (v, l) -> power(Lax.log1p(v), l));
  }

  private static Tensor power(Tensor log, Tensor lambda) {
    Tensor zero = Lax.eq(lambda, number(lambda, 0));
    Tensor safe = Lax.select(zero, number(lambda, 1), lambda);
    return Lax.select(zero, log, Lax.div(Lax.expm1(Lax.mul(safe, log)), safe));
  }

  /** {@code x log y}, 0 where x is 0 and y a number. */
  public static Tensor xlogy(Tensor x, Tensor y) {
    return wide("xlogy", x, y, (a, b) -> zeroTimes(a, b, Lax::log));
  }

  /** {@code x log(1 + y)}, 0 where x is 0 and y a number. */
  public static Tensor xlog1py(Tensor x, Tensor y) {
    return wide("xlog1py", x, y, (a, b) -> zeroTimes(a, b, Lax::log1p));
  }

  private static Tensor zeroTimes(Tensor x, Tensor y, F1<Tensor, Tensor> log) {
    Tensor zero = Lax.bitwiseAnd(Lax.eq(x, number(x, 0)), Lax.eq(y, y));
    Tensor safe = Lax.select(zero, number(y, 1), y);
    return Lax.select(zero, number(x, 0), Lax.mul(x, log.apply(safe)));
  }

  /** {@code -x log x}, 0 at 0, -infinity below. */
  public static Tensor entr(Tensor x) {
    return wide(
        x,
        v -> {
          Tensor below = Lax.lt(v, number(v, 0));
          return Lax.select(
              below, number(v, Double.NEGATIVE_INFINITY), Lax.neg(zeroTimes(v, v, Lax::log)));
        });
  }

  /** {@code log(p / (1 - p))}. */
  public static Tensor logit(Tensor p) {
    return wide(p, v -> Lax.sub(Lax.log(v), Lax.log1p(Lax.neg(v))));
  }

  /** {@code log(cosh(x))} without overflow in between. */
  public static Tensor logcosh(Tensor x) {
    return wide(
        x,
        v ->
            Lax.sub(
                Lax.add(v, NnActivation.softplus(Lax.mul(v, number(v, -2)))),
                number(v, Math.log(2))));
  }

  /** Distribution function of the normal distribution. */
  public static Tensor ndtr(Tensor x) {
    return wide(
        x, v -> Lax.mul(number(v, 0.5), Lax.erfc(Lax.mul(Lax.neg(v), number(v, Math.sqrt(0.5))))));
  }

  /** Below this, the logarithm of {@link #ndtr} comes from its asymptotic series. */
  private static final double TAIL = -20;

  /** Logarithm of {@link #ndtr}, right also where that is 0. */
  public static Tensor logNdtr(Tensor x) {
    return wide(
        x,
        v -> {
          Tensor near = Lax.max(v, number(v, TAIL));
          Tensor half = number(v, 0.5);
          Tensor root = number(v, Math.sqrt(0.5));
          Tensor upper = Lax.log1p(Lax.neg(Lax.mul(half, Lax.erfc(Lax.mul(near, root)))));
          // erfc of a large argument is denormal in f32: its logarithm is taken of a clamped one.
          Tensor floor = Lax.max(near, number(v, v.dtype() == DType.F64 ? TAIL : -10));
          Tensor lower = Lax.log(Lax.mul(half, Lax.erfc(Lax.neg(Lax.mul(floor, root)))));
          Tensor tail = tail(Lax.min(v, number(v, v.dtype() == DType.F64 ? TAIL : -10)));
          Tensor isTail = Lax.lt(v, number(v, v.dtype() == DType.F64 ? TAIL : -10));
          return Lax.select(isTail, tail, Lax.select(Lax.gt(v, number(v, 0)), upper, lower));
        });
  }

  private static Tensor tail(Tensor x) {
    Tensor square = Lax.mul(x, x);
    Tensor step = Lax.div(number(x, -1), square);
    Tensor sum = number(x, 1);
    for (int k = 8; k > 0; k--) {
      sum = Lax.add(number(x, 1), Lax.mul(Lax.mul(number(x, 2.0 * k - 1), step), sum));
    }
    return Lax.sub(
        Lax.sub(Lax.log(sum), Lax.mul(square, number(x, 0.5))),
        Lax.add(Lax.log(Lax.neg(x)), number(x, 0.5 * Math.log(2 * Math.PI))));
  }

  /** Inverse of {@link #ndtr}. */
  public static Tensor ndtri(Tensor p) {
    return wide(p, NormalQuantile::of);
  }

  /** Modified Bessel function of the first kind of order 0. */
  public static Tensor i0(Tensor x) {
    return wide(x, v -> Lax.mul(Lax.exp(Lax.abs(v)), BESSEL_0.apply(v)));
  }

  /** Modified Bessel function of the first kind of order 1. */
  public static Tensor i1(Tensor x) {
    return wide(x, v -> Lax.mul(Lax.exp(Lax.abs(v)), Lax.besselI1e(v)));
  }

  /** {@code e^-|x| i0(x)}. */
  public static Tensor i0e(Tensor x) {
    return wide(x, BESSEL_0);
  }

  /** {@code e^-|x| i1(x)}. */
  public static Tensor i1e(Tensor x) {
    return wide(x, Lax::besselI1e);
  }

  private static final F1<Tensor, Tensor> BESSEL_0 =
      Transforms.customJvp(
          Bessel::scaledOrder0,
          (x, dx) -> {
            Tensor y = Bessel.scaledOrder0(x);
            Tensor slope = Lax.sub(Lax.besselI1e(x), Lax.mul(Lax.sign(x), y));
            return new Transforms.Jvp<>(y, Lax.mul(dx, slope));
          });

  /** Lower incomplete gamma function, regularized: 0 at 0, 1 at infinity; a and x positive. */
  public static Tensor gammainc(Tensor a, Tensor x) {
    return wide("gammainc", a, x, (p, v) -> IGAMMA.apply(List.of(p, v)));
  }

  /** {@code 1 - gammainc(a, x)}, exact where that is small. */
  public static Tensor gammaincc(Tensor a, Tensor x) {
    return wide("gammaincc", a, x, (p, v) -> IGAMMAC.apply(List.of(p, v)));
  }

  private static final F1<List<Tensor>, Tensor> IGAMMA =
      Transforms.customJvp(
          v -> IncompleteGamma.lower(v.get(0), v.get(1)),
          (v, d) -> {
            Tensor a = v.get(0);
            Tensor x = v.get(1);
            Tensor dx = Lax.mul(d.get(1), IncompleteGamma.density(a, x));
            Tensor slope = slope(p -> IncompleteGamma.lower(p, x), a);
            return new Transforms.Jvp<>(
                IncompleteGamma.lower(a, x), Lax.add(dx, Lax.mul(d.get(0), slope)));
          });

  private static final F1<List<Tensor>, Tensor> IGAMMAC =
      Transforms.customJvp(
          v -> IncompleteGamma.upper(v.get(0), v.get(1)),
          (v, d) -> {
            Tensor a = v.get(0);
            Tensor x = v.get(1);
            Tensor dx = Lax.mul(d.get(1), IncompleteGamma.density(a, x));
            Tensor slope = slope(p -> IncompleteGamma.upper(p, x), a);
            return new Transforms.Jvp<>(
                IncompleteGamma.upper(a, x), Lax.sub(Lax.mul(d.get(0), slope), dx));
          });

  /** How a gamma number x of shape a moves with a, at a fixed probability from below. */
  static Tensor gammaSampleSlope(Tensor a, Tensor x) {
    return wide("gamma", a, x, IncompleteGamma::sampleSlope);
  }

  /** Elementwise derivative in forward mode, which passes through loops of unknown length. */
  private static Tensor slope(F1<Tensor, Tensor> f, Tensor x) {
    return Transforms.jvp(f, x, number(x, 1)).tangent();
  }

  /** Incomplete beta function, regularized: 0 at 0, 1 at 1; a and b positive. */
  public static Tensor betainc(Tensor a, Tensor b, Tensor x) {
    return Composed.of(
        a,
        b,
        x,
        (p, q, v) -> {
          DType dtype = Promotion.inexact(Dims.promoted(p, q, v));
          Tensor[] c = Dims.align("betainc", Promotion.wide(dtype), p, q, v);
          return Lax.convertElementType(IBETA.apply(List.of(c)), dtype);
        });
  }

  private static final F1<List<Tensor>, Tensor> IBETA =
      Transforms.customJvp(
          v -> IncompleteBeta.regularized(v.get(0), v.get(1), v.get(2)),
          (v, d) -> {
            Tensor a = v.get(0);
            Tensor b = v.get(1);
            Tensor x = v.get(2);
            Tensor one = number(x, 1);
            Tensor log =
                Lax.sub(
                    Lax.add(
                        Lax.mul(Lax.sub(a, one), Lax.log(x)),
                        Lax.mul(Lax.sub(b, one), Lax.log1p(Lax.neg(x)))),
                    betaln(a, b));
            Tensor tangent = Lax.mul(d.get(2), Lax.exp(log));
            tangent =
                Lax.add(
                    tangent, Lax.mul(d.get(0), slope(p -> IncompleteBeta.regularized(p, b, x), a)));
            tangent =
                Lax.add(
                    tangent, Lax.mul(d.get(1), slope(q -> IncompleteBeta.regularized(a, q, x), b)));
            return new Transforms.Jvp<>(IncompleteBeta.regularized(a, b, x), tangent);
          });
}
