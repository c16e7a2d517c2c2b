package org.cornu.tracer.autodiff;

import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.ir.Value;

/**
 * The exponentially scaled modified Bessel function of order 0, which the derivative of {@code
 * bessel_i1e} needs and which CHLO lacks.
 */
final class Bessel {
  /** Below this |x| the power series, whose terms are all positive; above, the asymptotic one. */
  private static final double BORDER = 20;

  private static final int POWERS = 60;
  private static final int ASYMPTOTIC = 24;

  private Bessel() {}

  /**
   * {@code exp(-|x|) I0(x)}: {@code I0(x) = sum (x²/4)^k / (k!)²} for small x, {@code (2πx)^(-1/2)
   * sum ((2k-1)!!)² / (k! (8x)^k)} for large (Abramowitz and Stegun 9.6.12, 9.7.1).
   */
  static Value i0e(Emit e, Value x) {
    Builder b = e.b;
    Value size = b.abs(x);
    Value large = b.compare(size, e.like(x, BORDER), Comparison.GT);
    Value inner = b.select(large, e.like(x, BORDER), size);
    Value quarter = e.scale(e.square(inner), 0.25);
    Value sum = e.like(x, 1);
    for (int k = POWERS; k >= 1; k--) {
      // Horner: 1 + q/1² (1 + q/2² (1 + ...))
      sum = e.plus(b.multiply(b.multiply(sum, quarter), e.like(x, 1.0 / k / k)), 1);
    }
    Value near = b.multiply(sum, b.exponential(b.negate(inner)));
    Value outer = b.select(large, size, e.like(x, BORDER));
    Value inverse = b.divide(e.like(x, 0.125), outer);
    Value tail = e.like(x, 1);
    for (int k = ASYMPTOTIC; k >= 1; k--) {
      double ratio = (2.0 * k - 1) * (2.0 * k - 1) / k;
      tail = e.plus(b.multiply(b.multiply(tail, inverse), e.like(x, ratio)), 1);
    }
    Value far = b.multiply(tail, b.rsqrt(e.scale(outer, 2 * Math.PI)));
    return b.select(large, far, near);
  }
}
