package org.cornu.tests.ops;

/** Special functions by their series, slow and independent of what is tested. */
final class SpecialFunctions {
  private SpecialFunctions() {}

  /** {@code 2/√π · Σ (-1)ⁿ x²ⁿ⁺¹ / (n! (2n+1))}. */
  static double erf(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; n < 200; n++) {
      term *= -x * x / n;
      sum += term / (2 * n + 1);
    }
    return 2 / Math.sqrt(Math.PI) * sum;
  }

  /** By Newton's method. */
  static double erfInv(double y) {
    double x = 0;
    for (int i = 0; i < 50; i++) {
      x -= (erf(x) - y) / (2 / Math.sqrt(Math.PI) * Math.exp(-x * x));
    }
    return x;
  }

  /** Stirling's series after moving the argument beyond 20. */
  static double lgamma(double x) {
    double shift = 0;
    while (x < 20) {
      shift += Math.log(x);
      x++;
    }
    double s = 1 / (x * x);
    double series = (1.0 / 12 - s * (1.0 / 360 - s * (1.0 / 1260 - s / 1680))) / x;
    return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series - shift;
  }

  /** The asymptotic series after moving the argument beyond 20. */
  static double digamma(double x) {
    double shift = 0;
    while (x < 20) {
      shift += 1 / x;
      x++;
    }
    double s = 1 / (x * x);
    double series = s * (1.0 / 12 - s * (1.0 / 120 - s * (1.0 / 252 - s / 240)));
    return Math.log(x) - 0.5 / x - series - shift;
  }

  /** {@code e⁻ˣ Σ (x/2)²ⁿ⁺¹ / (n! (n+1)!)} for positive x. */
  static double besselI1e(double x) {
    double term = x / 2;
    double sum = term;
    for (int n = 1; n < 100; n++) {
      term *= x * x / 4 / (n * (n + 1.0));
      sum += term;
    }
    return Math.exp(-x) * sum;
  }

  /** {@code Σ (q + n)⁻ˢ}, the tail by Euler and Maclaurin. */
  static double zeta(double s, double q) {
    double sum = 0;
    for (int n = 0; n < 50; n++) {
      sum += Math.pow(q + n, -s);
    }
    double a = q + 50;
    return sum
        + Math.pow(a, 1 - s) / (s - 1)
        + Math.pow(a, -s) / 2
        + s * Math.pow(a, -s - 1) / 12
        - s * (s + 1) * (s + 2) * Math.pow(a, -s - 3) / 720;
  }
}
