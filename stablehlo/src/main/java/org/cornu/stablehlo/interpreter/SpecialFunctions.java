package org.cornu.stablehlo.interpreter;

import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.FloatFormat;

/**
 * The special functions of CHLO in double precision, from series and continued fractions whose
 * terms can be checked against any handbook (Abramowitz and Stegun, chapters 6, 7, 9 and 23),
 * rather than from fitted coefficients.
 */
final class SpecialFunctions {
  private static final double TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);
  private static final double EULER_GAMMA = 0.5772156649015329;
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  /** Bernoulli numbers B2, B4, … */
  private static final double[] BERNOULLI = {
    1.0 / 6,
    -1.0 / 30,
    1.0 / 42,
    -1.0 / 30,
    5.0 / 66,
    -691.0 / 2730,
    7.0 / 6,
    -3617.0 / 510,
    43867.0 / 798,
    -174611.0 / 330,
    854513.0 / 138,
    -236364091.0 / 2730
  };

  /** Coefficients of {@code erf(x) / x} in {@code x^2} (A&S 7.1.5). */
  private static final double[] ERF_SERIES = new double[22];

  /** {@code zeta(k) - 1} at index k. */
  private static final double[] ZETA_MINUS_ONE = new double[60];

  static {
    for (int n = 0; n < ERF_SERIES.length; n++) {
      double size = TWO_OVER_SQRT_PI / (factorial(n) * (2 * n + 1));
      ERF_SERIES[n] = n % 2 == 0 ? size : -size;
    }
    for (int k = 2; k < ZETA_MINUS_ONE.length; k++) {
      ZETA_MINUS_ONE[k] = zeta(k, 2);
    }
  }

  private SpecialFunctions() {}

  /** {@code exp(-x * x)} without the error that rounding the square would bring. */
  private static double expOfMinusSquare(double x) {
    double square = x * x;
    double rest = Math.fma(x, x, -square);
    return Math.exp(-square) * (1 - rest);
  }

  static double erf(double x) {
    double a = Math.abs(x);
    if (a >= 1) {
      return a > 6 ? Math.copySign(1, x) : Math.copySign(1 - erfc(a), x);
    }
    double sum = 0;
    for (int n = ERF_SERIES.length - 1; n >= 0; n--) {
      sum = sum * (x * x) + ERF_SERIES[n];
    }
    return x * sum;
  }

  static double erfc(double x) {
    if (Double.isNaN(x)) {
      return x;
    }
    if (x < 0.5) {
      return x < -6 ? 2 : 1 - erf(x);
    }
    if (x > 27.3) {
      return 0;
    }
    if (x < 1) {
      return 1 - erf(x);
    }
    // A&S 7.1.14, evaluated from the tail; its length grows as the fraction converges slower.
    double fraction = 0;
    for (int n = (int) (220 / (x * x)) + 12; n > 0; n--) {
      fraction = 0.5 * n / (x + fraction);
    }
    return expOfMinusSquare(x) / ((x + fraction) * Math.sqrt(Math.PI));
  }

  static double erfInv(double x) {
    double a = Math.abs(x);
    if (!(a < 1)) {
      return a == 1 ? Math.copySign(Double.POSITIVE_INFINITY, x) : Double.NaN;
    }
    if (a < 1e-9) {
      return x / TWO_OVER_SQRT_PI;
    }
    // Winitzki's closed form is within 2e-3; Halley steps then triple the digits each time.
    double logarithm = Math.log1p(-a * a);
    double half = 2 / (Math.PI * 0.147) + logarithm / 2;
    double y = Math.sqrt(Math.sqrt(half * half - logarithm / 0.147) - half);
    for (int step = 0; step < 4; step++) {
      double error = a < 0.5 ? erf(y) - a : (1 - a) - erfc(y);
      double newton = error / (TWO_OVER_SQRT_PI * expOfMinusSquare(y));
      y -= newton / (1 + y * newton);
    }
    return Math.copySign(y, x);
  }

  static double lgamma(double x) {
    if (Double.isNaN(x)) {
      return x;
    }
    if (Double.isInfinite(x) || (x <= 0 && x == Math.rint(x))) {
      return Double.POSITIVE_INFINITY;
    }
    if (x < 0.5) {
      double fraction = Math.abs(x) % 1;
      double sine = Math.sin(Math.PI * Math.min(fraction, 1 - fraction));
      return Math.log(Math.PI / Math.abs(sine)) - lgamma(1 - x);
    }
    if (x < 1.5) {
      return seriesAtTwo(x - 1) - Math.log1p(x - 1);
    }
    if (x < 2.5) {
      return seriesAtTwo(x - 2);
    }
    if (x < 10) {
      double product = 1;
      while (x >= 2.5) {
        x--;
        product *= x;
      }
      return Math.log(product) + seriesAtTwo(x - 2);
    }
    double sum = 0;
    double power = x;
    for (int k = 0; k < 8; k++) {
      sum += BERNOULLI[k] / ((2 * k + 1) * (2 * k + 2) * power);
      power *= x * x;
    }
    return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + sum;
  }

  /** {@code lgamma(2 + z)} for {@code |z| <= 0.5} (A&S 6.1.33), exact near its zero. */
  private static double seriesAtTwo(double z) {
    double sum = 0;
    for (int k = 40; k >= 2; k--) {
      sum = sum * -z + ZETA_MINUS_ONE[k] / k;
    }
    return z * (1 - EULER_GAMMA) + z * z * sum;
  }

  static double digamma(double x) {
    if (x <= 0) {
      if (x == Math.rint(x)) {
        return Double.NaN;
      }
      double fraction = x - Math.rint(x);
      return digamma(1 - x) - Math.PI / Math.tan(Math.PI * fraction);
    }
    double out = 0;
    while (x < 12) {
      out -= 1 / x;
      x++;
    }
    double inverse = 1 / (x * x);
    double power = inverse;
    double sum = 0;
    for (int k = 0; k < 10; k++) {
      sum += BERNOULLI[k] * power / (2 * k + 2);
      power *= inverse;
    }
    return out + Math.log(x) - 0.5 / x - sum;
  }

  /** The Hurwitz zeta function (A&S 23.2) by Euler and Maclaurin's summation. */
  static double zeta(double x, double q) {
    if (Double.isNaN(x) || Double.isNaN(q) || x < 1) {
      return Double.NaN;
    }
    if (x == 1) {
      return Double.POSITIVE_INFINITY;
    }
    if (q <= 0) {
      if (x != Math.rint(x)) {
        return Double.NaN;
      }
      if (q == Math.rint(q)) {
        return x % 2 == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
      }
    }
    if (Double.isInfinite(x)) {
      return q > 1 ? 0 : q == 1 ? 1 : Double.POSITIVE_INFINITY;
    }
    double sum = 0;
    while (q < 12) {
      double term = Math.pow(q, -x);
      sum += term;
      q++;
      if (q > 1 && Math.abs(term) < 1e-18 * Math.abs(sum)) {
        return sum;
      }
    }
    double tail = Math.pow(q, -x);
    sum += tail * q / (x - 1) + 0.5 * tail;
    double factor = x * tail / q;
    for (int k = 0; k < BERNOULLI.length; k++) {
      int even = 2 * k + 2;
      double term = BERNOULLI[k] * factor / factorial(even);
      sum += term;
      if (Math.abs(term) < 1e-18 * Math.abs(sum)) {
        break;
      }
      factor *= (x + even - 1) * (x + even) / (q * q);
    }
    return sum;
  }

  private static double factorial(int n) {
    double out = 1;
    for (int i = 2; i <= n; i++) {
      out *= i;
    }
    return out;
  }

  static double polygamma(double n, double x) {
    if (n == 0) {
      return digamma(x);
    }
    if (n < 0 || n != Math.rint(n)) {
      return Double.NaN;
    }
    double scale = n <= 170 ? factorial((int) n) : Double.POSITIVE_INFINITY;
    return (n % 2 == 0 ? -1 : 1) * scale * zeta(n + 1, x);
  }

  /** {@code exp(-|x|) I1(x)}. */
  static double besselI1e(double x) {
    double a = Math.abs(x);
    if (a <= 30) {
      // A&S 9.6.10: positive terms.
      double quarter = a * a / 4;
      double term = a / 2;
      double sum = term;
      for (int k = 1; term > 1e-18 * sum; k++) {
        term *= quarter / (k * (k + 1.0));
        sum += term;
      }
      return Math.copySign(Math.exp(-a) * sum, x);
    }
    // A&S 9.7.1
    double term = 1;
    double sum = 1;
    for (int k = 1; k < 30; k++) {
      double odd = 2 * k - 1;
      term *= -(4 - odd * odd) / (k * 8 * a);
      sum += term;
    }
    return Math.copySign(sum / Math.sqrt(2 * Math.PI * a), x);
  }

  /**
   * {@code cosh} as CHLO is lowered, every step rounded to the type: {@code exp(x + log(1/2)) +
   * exp(-x + log(1/2))}, which does not overflow where the result does not.
   */
  static double cosh(DType dtype, double x) {
    return halfExp(dtype, x) + halfExp(dtype, -x);
  }

  /** {@code sinh} as CHLO is lowered: by {@code expm1} below 1, by exponentials above. */
  static double sinh(DType dtype, double x) {
    if (Math.abs(x) < 1) {
      double e = Rounding.round(dtype, Math.expm1(x));
      double ratio = Rounding.round(dtype, e / Rounding.round(dtype, e + 1));
      return 0.5 * Rounding.round(dtype, e + ratio);
    }
    return halfExp(dtype, x) - halfExp(dtype, -x);
  }

  private static double halfExp(DType dtype, double x) {
    double logHalf = Rounding.round(dtype, Math.log(0.5));
    return Rounding.round(dtype, Math.exp(Rounding.round(dtype, x + logHalf)));
  }

  /** The next value of {@code dtype} after {@code x} toward {@code y}. */
  static double nextAfter(DType dtype, double x, double y) {
    if (Double.isNaN(x) || Double.isNaN(y)) {
      return Double.NaN;
    }
    if (x == y) {
      return y;
    }
    long signBit = 1L << (dtype.bits() - 1);
    if (x == 0) {
      return FloatFormat.decode(dtype, y < 0 ? signBit | 1 : 1);
    }
    long bits = FloatFormat.encode(dtype, x);
    boolean away = x > 0 ? y > x : y < x;
    return FloatFormat.decode(dtype, away ? bits + 1 : bits - 1);
  }
}
