package org.cornu.stablehlo.interpreter;

import org.cornu.stablehlo.ir.OpCode;

/**
 * Elementwise functions of complex numbers in double precision. Branch cuts and signs of zero
 * follow C99 Annex G where a formula has a choice; inverse sines and cosines follow Hull,
 * Fairgrieve and Tang, "Implementing the complex arcsine and arccosine functions", ACM TOMS 23
 * (1997).
 */
final class ComplexMath {
  private ComplexMath() {}

  /** A complex number under computation. */
  record Complex(double re, double im) {
    static final Complex ONE = new Complex(1, 0);

    Complex plus(Complex y) {
      return new Complex(re + y.re, im + y.im);
    }

    Complex minus(Complex y) {
      return new Complex(re - y.re, im - y.im);
    }

    Complex times(Complex y) {
      return new Complex(re * y.re - im * y.im, re * y.im + im * y.re);
    }

    Complex times(double y) {
      return new Complex(re * y, im * y);
    }

    /** Smith's method, which does not overflow where the quotient does not. */
    Complex over(Complex y) {
      if (y.im == 0) {
        return new Complex(re / y.re, im / y.re);
      }
      if (Math.abs(y.re) >= Math.abs(y.im)) {
        double ratio = y.im / y.re;
        double scale = y.re + y.im * ratio;
        return new Complex((re + im * ratio) / scale, (im - re * ratio) / scale);
      }
      double ratio = y.re / y.im;
      double scale = y.re * ratio + y.im;
      return new Complex((re * ratio + im) / scale, (im * ratio - re) / scale);
    }

    double abs() {
      return Math.hypot(re, im);
    }

    double angle() {
      return Math.atan2(im, re);
    }

    /** This times i. */
    Complex turned() {
      return new Complex(-im, re);
    }

    /** This times -i. */
    Complex turnedBack() {
      return new Complex(im, -re);
    }

    Complex conjugate() {
      return new Complex(re, -im);
    }

    boolean isNan() {
      return Double.isNaN(re) || Double.isNaN(im);
    }
  }

  /** A function of one complex number. */
  interface Unary {
    Complex apply(Complex x);
  }

  /** A function of two complex numbers. */
  interface Binary {
    Complex apply(Complex x, Complex y);
  }

  static Unary unary(OpCode code) {
    return switch (code) {
      case CBRT -> x -> power(x, new Complex(1.0 / 3, 0));
      case COSINE -> x -> cosh(x.turned());
      case EXPONENTIAL -> ComplexMath::exp;
      case EXPONENTIAL_MINUS_ONE -> ComplexMath::expm1;
      case LOG -> ComplexMath::log;
      case LOG_PLUS_ONE -> ComplexMath::log1p;
      case LOGISTIC -> x -> Complex.ONE.over(Complex.ONE.plus(exp(x.times(-1))));
      case NEGATE -> x -> new Complex(-x.re, -x.im);
      case RSQRT -> ComplexMath::rsqrt;
      case SIGN -> ComplexMath::sign;
      case SINE -> x -> sinh(x.turned()).turnedBack();
      case SQRT -> ComplexMath::sqrt;
      case TAN, CHLO_TAN -> x -> tanh(x.turned()).turnedBack();
      case TANH -> ComplexMath::tanh;
      case CHLO_CONJ -> Complex::conjugate;
      case CHLO_ASIN_ACOS_KERNEL -> ComplexMath::asinAcosKernel;
      case CHLO_ACOS -> ComplexMath::acos;
      case CHLO_ACOSH -> ComplexMath::acosh;
      case CHLO_ASIN -> ComplexMath::asin;
      case CHLO_ASINH -> x -> asin(x.turned()).turnedBack();
      case CHLO_ATAN -> x -> atanh(x.turned()).turnedBack();
      case CHLO_ATANH -> ComplexMath::atanh;
      case CHLO_COSH -> ComplexMath::cosh;
      case CHLO_SINH -> ComplexMath::sinh;
      case CHLO_SQUARE -> x -> new Complex((x.re - x.im) * (x.re + x.im), 2 * x.re * x.im);
      default -> throw new InterpreterException(code.shortName() + ": not defined on complex");
    };
  }

  static Binary binary(OpCode code) {
    return switch (code) {
      case ADD -> Complex::plus;
      case SUBTRACT -> Complex::minus;
      case MULTIPLY -> Complex::times;
      case DIVIDE -> Complex::over;
      case POWER -> ComplexMath::power;
      case ATAN2 -> ComplexMath::atan2;
      case MAXIMUM -> (x, y) -> compare(x, y) >= 0 ? x : y;
      case MINIMUM -> (x, y) -> compare(x, y) <= 0 ? x : y;
      default -> throw new InterpreterException(code.shortName() + ": not defined on complex");
    };
  }

  /** Lexicographic order. */
  private static int compare(Complex x, Complex y) {
    return x.re != y.re ? Double.compare(x.re, y.re) : Double.compare(x.im, y.im);
  }

  static Complex exp(Complex x) {
    if (x.im == 0) {
      return new Complex(Math.exp(x.re), x.im);
    }
    if (x.re == Double.NEGATIVE_INFINITY && !Double.isFinite(x.im)) {
      return new Complex(0, 0);
    }
    if (x.re == Double.POSITIVE_INFINITY && !Double.isFinite(x.im)) {
      return new Complex(Double.POSITIVE_INFINITY, Double.NaN);
    }
    // Halving keeps exp finite where the product with a small sine or cosine is.
    double half = Math.exp(x.re / 2);
    return new Complex(half * Math.cos(x.im) * half, half * Math.sin(x.im) * half);
  }

  private static Complex expm1(Complex x) {
    if (x.im == 0) {
      return new Complex(Math.expm1(x.re), x.im);
    }
    double sine = Math.sin(x.im / 2);
    double re = Math.expm1(x.re) * Math.cos(x.im) - 2 * sine * sine;
    return new Complex(re, Math.exp(x.re) * Math.sin(x.im));
  }

  static Complex log(Complex x) {
    return new Complex(logOfAbs(x.re, x.im), x.angle());
  }

  /** {@code log(hypot(x, y))}, exact also where the hypotenuse is close to 1. */
  private static double logOfAbs(double x, double y) {
    double large = Math.max(Math.abs(x), Math.abs(y));
    double small = Math.min(Math.abs(x), Math.abs(y));
    if (large > 0.5 && large < 2) {
      return 0.5 * Math.log1p(sumOfProducts(large - 1, large + 1, small, small));
    }
    return Math.log(Math.hypot(x, y));
  }

  private static Complex log1p(Complex x) {
    double re;
    if (Math.abs(x.re) < 0.5 && Math.abs(x.im) < 1
        || Math.abs(x.re + 1) < 2 && Math.abs(x.im) < 1) {
      re = 0.5 * Math.log1p(sumOfProducts(x.re, 2 + x.re, x.im, x.im));
    } else {
      re = logOfAbs(1 + x.re, x.im);
    }
    return new Complex(re, Math.atan2(x.im, 1 + x.re));
  }

  /** {@code a * b + c * d} with the rounding errors of the products added back. */
  private static double sumOfProducts(double a, double b, double c, double d) {
    double first = a * b;
    double second = c * d;
    double sum = first + second;
    double virtual = sum - first;
    double sumError = (first - (sum - virtual)) + (second - virtual);
    return sum + (sumError + Math.fma(a, b, -first) + Math.fma(c, d, -second));
  }

  static Complex sqrt(Complex x) {
    if (x.re == 0 && x.im == 0) {
      return new Complex(0, x.im);
    }
    if (Double.isInfinite(x.im)) {
      return new Complex(Double.POSITIVE_INFINITY, x.im);
    }
    if (Double.isInfinite(x.re)) {
      double other = Double.isNaN(x.im) ? x.im : 0;
      return x.re > 0
          ? new Complex(x.re, Math.copySign(other, x.im))
          : new Complex(Math.abs(other), Math.copySign(x.re, x.im));
    }
    // Scaling by a power of 4 keeps the sum below from overflowing or losing denormal digits.
    double large = Math.max(Math.abs(x.re), Math.abs(x.im));
    double up = large > 1e300 ? 0x1p-4 : large < 1e-290 ? 0x1p108 : 1;
    double re = x.re * up;
    double im = x.im * up;
    double root = Math.sqrt((Math.abs(re) + Math.hypot(re, im)) / 2) / Math.sqrt(up);
    double other = x.im / up * up / (2 * root);
    return x.re >= 0
        ? new Complex(root, other)
        : new Complex(Math.abs(other), Math.copySign(root, x.im));
  }

  private static Complex rsqrt(Complex x) {
    if (x.re == 0 && x.im == 0) {
      return new Complex(Double.POSITIVE_INFINITY, Double.NaN);
    }
    if (Double.isInfinite(x.re) || Double.isInfinite(x.im)) {
      return x.isNan() && !Double.isInfinite(x.re) && !Double.isInfinite(x.im)
          ? new Complex(Double.NaN, Double.NaN)
          : new Complex(0, Math.copySign(0, -x.im));
    }
    Complex root = sqrt(x);
    return Complex.ONE.over(root);
  }

  private static Complex sign(Complex x) {
    if (x.isNan()) {
      return new Complex(Double.NaN, Double.NaN);
    }
    double abs = x.abs();
    return abs == 0 ? new Complex(0, 0) : new Complex(x.re / abs, x.im / abs);
  }

  static Complex power(Complex x, Complex y) {
    if (x.re == 0 && x.im == 0) {
      if (y.re == 0 && y.im == 0) {
        return Complex.ONE;
      }
      return y.re > 0 ? new Complex(0, 0) : new Complex(Double.NaN, Double.NaN);
    }
    if (y.im == 0) {
      if (x.im == 0 && (x.re > 0 || y.re == Math.rint(y.re))) {
        return new Complex(Math.pow(x.re, y.re), 0);
      }
      double angle = y.re * x.angle();
      double size = Math.exp(y.re * logOfAbs(x.re, x.im));
      return new Complex(size * Math.cos(angle), size * Math.sin(angle));
    }
    return exp(y.times(log(x)));
  }

  static Complex sinh(Complex x) {
    if (x.im == 0) {
      return new Complex(Math.sinh(x.re), x.im);
    }
    if (Math.abs(x.re) > 700) {
      Complex half = exp(new Complex(Math.abs(x.re), x.im)).times(0.5);
      return x.re > 0 ? half : new Complex(-half.re, half.im);
    }
    double re = x.re == 0 ? x.re : Math.sinh(x.re) * Math.cos(x.im);
    return new Complex(re, Math.cosh(x.re) * Math.sin(x.im));
  }

  static Complex cosh(Complex x) {
    if (x.im == 0) {
      return new Complex(Math.cosh(x.re), x.re == 0 ? x.im * x.re : Math.signum(x.re) * x.im);
    }
    if (Math.abs(x.re) > 700) {
      Complex half = exp(new Complex(Math.abs(x.re), x.im)).times(0.5);
      return x.re > 0 ? half : new Complex(half.re, -half.im);
    }
    return new Complex(Math.cosh(x.re) * Math.cos(x.im), Math.sinh(x.re) * Math.sin(x.im));
  }

  static Complex tanh(Complex x) {
    if (x.im == 0) {
      return new Complex(Math.tanh(x.re), x.im);
    }
    if (Math.abs(x.re) > 22) {
      if (!Double.isFinite(x.im)) {
        return new Complex(Math.signum(x.re), 0);
      }
      double decay = Math.exp(-Math.abs(x.re));
      return new Complex(Math.signum(x.re), 4 * Math.sin(x.im) * Math.cos(x.im) * decay * decay);
    }
    // Kahan's formula: only tangents and hyperbolic sines, so nothing cancels.
    double t = Math.tan(x.im);
    double beta = 1 + t * t;
    double s = Math.sinh(x.re);
    double rho = Math.sqrt(1 + s * s);
    if (Double.isInfinite(t)) {
      return new Complex(rho / s, 1 / t);
    }
    double scale = 1 + beta * s * s;
    return new Complex(beta * rho * s / scale, t / scale);
  }

  /**
   * What arc sine and arc cosine share: {@code (w, v)} with {@code asin(z) = (atan2(re z, w),
   * sign(im z) v)} and {@code acos(z) = (atan2(w, re z), -sign(im z) v)}.
   */
  static Complex asinAcosKernel(Complex z) {
    double x = Math.abs(z.re);
    double y = Math.abs(z.im);
    if (Double.isNaN(x) || Double.isNaN(y)) {
      boolean infinite = Double.isInfinite(x) || Double.isInfinite(y);
      return new Complex(Double.NaN, infinite ? Double.POSITIVE_INFINITY : Double.NaN);
    }
    if (x > 1e150 || y > 1e150) {
      double scale = Math.max(x, y);
      if (Double.isInfinite(scale)) {
        return new Complex(Double.isInfinite(y) ? y : 0, Double.POSITIVE_INFINITY);
      }
      return new Complex(
          y, Math.log(2) + Math.log(scale) + 0.5 * Math.log1p(square(Math.min(x, y) / scale)));
    }
    double r = Math.hypot(x + 1, y);
    double s = Math.hypot(x - 1, y);
    double a = 0.5 * (r + s);
    double w;
    if (x <= 1) {
      w = Math.sqrt(0.5 * (a + x) * (y == 0 ? 2 * (1 - x) : y * y / (r + (x + 1)) + (s + (1 - x))));
    } else {
      w = y * Math.sqrt(0.5 * ((a + x) / (r + (x + 1)) + (a + x) / (s + (x - 1))));
      if (y == 0) {
        w = 0;
      }
    }
    double v;
    if (a < 1.5) {
      double less =
          x < 1
              ? 0.5 * (y * y / (r + (x + 1)) + (y == 0 ? 0 : y * y / (s + (1 - x))))
              : 0.5 * (y * y / (r + (x + 1)) + (s + (x - 1)));
      v = Math.log1p(less + Math.sqrt(less * (a + 1)));
    } else {
      v = Math.log(a + Math.sqrt(a * a - 1));
    }
    if (x < 1 && y < 1e-150) {
      // The square of y underflows; to first order v = y / sqrt(1 - x^2).
      v = y / Math.sqrt((1 - x) * (1 + x));
    }
    return new Complex(w, v);
  }

  private static double square(double x) {
    return x * x;
  }

  static Complex asin(Complex z) {
    Complex kernel = asinAcosKernel(z);
    return new Complex(Math.atan2(z.re, kernel.re), Math.copySign(kernel.im, z.im));
  }

  static Complex acos(Complex z) {
    Complex kernel = asinAcosKernel(z);
    return new Complex(Math.atan2(kernel.re, z.re), -Math.copySign(kernel.im, z.im));
  }

  static Complex acosh(Complex z) {
    Complex kernel = asinAcosKernel(z);
    return new Complex(kernel.im, Math.copySign(Math.atan2(kernel.re, z.re), z.im));
  }

  static Complex atanh(Complex z) {
    double x = Math.abs(z.re);
    double y = z.im;
    if (x > 1e150 || Math.abs(y) > 1e150) {
      double im = Math.copySign(Math.PI / 2, y);
      if (Double.isInfinite(x) || Double.isInfinite(y)) {
        return new Complex(Math.copySign(0, z.re), im);
      }
      double size = Math.max(x, Math.abs(y));
      double re = x / size / size / (square(x / size) + square(y / size));
      return new Complex(Math.copySign(re, z.re), im);
    }
    double gap = 1 - x;
    double re = 0.25 * Math.log1p(4 * x / (gap * gap + y * y));
    double im = 0.5 * Math.atan2(2 * y, sumOfProducts(gap, 1 + x, -y, y));
    return new Complex(Math.copySign(re, z.re), im);
  }

  /** {@code -i log((y2 + i y1) / sqrt(y1^2 + y2^2))}. */
  private static Complex atan2(Complex y1, Complex y2) {
    Complex root = sqrt(y1.times(y1).plus(y2.times(y2)));
    return log(y2.plus(y1.turned()).over(root)).turnedBack();
  }
}
