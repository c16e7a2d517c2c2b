package org.cornu.stablehlo.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.cornu.stablehlo.interpreter.ComplexMath.Complex;
import org.cornu.stablehlo.ir.DType;
import org.junit.jupiter.api.Test;

/** Values from tables (Abramowitz and Stegun) and identities that relate the functions. */
class SpecialFunctionsTest {

  @Test
  void errorFunctions() {
    assertThat(SpecialFunctions.erf(0.5)).isCloseTo(0.5204998778130465, within(1e-16));
    assertThat(SpecialFunctions.erfc(2)).isCloseTo(0.004677734981047266, within(1e-17));
    assertThat(SpecialFunctions.erfc(10) / 2.088487583762545e-45).isCloseTo(1, within(1e-14));
    for (double x = -6; x <= 6; x += 0.0625) {
      assertThat(SpecialFunctions.erf(x) + SpecialFunctions.erfc(x)).isCloseTo(1, within(4e-16));
    }
    for (double y = -0.99; y < 1; y += 0.03) {
      assertThat(SpecialFunctions.erf(SpecialFunctions.erfInv(y))).isCloseTo(y, within(4e-16));
    }
    assertThat(SpecialFunctions.erfInv(1)).isInfinite();
    assertThat(SpecialFunctions.erfInv(1.1)).isNaN();
  }

  @Test
  void gammaFamily() {
    double factorial = 1;
    for (int n = 1; n < 20; n++) {
      assertThat(SpecialFunctions.lgamma(n)).isCloseTo(Math.log(factorial), within(2e-14));
      factorial *= n;
    }
    assertThat(SpecialFunctions.lgamma(0.5)).isCloseTo(0.5723649429247001, within(1e-15));
    assertThat(SpecialFunctions.lgamma(-1.5)).isCloseTo(0.8600470153764809, within(2e-15));
    assertThat(SpecialFunctions.lgamma(-2)).isInfinite();
    assertThat(SpecialFunctions.digamma(1)).isCloseTo(-0.5772156649015329, within(1e-15));
    assertThat(SpecialFunctions.digamma(-0.5)).isCloseTo(0.03648997397857652, within(2e-15));
    assertThat(SpecialFunctions.zeta(2, 1)).isCloseTo(Math.PI * Math.PI / 6, within(1e-15));
    assertThat(SpecialFunctions.zeta(4, 0.5)).isCloseTo(Math.pow(Math.PI, 4) / 6, within(1e-13));
    assertThat(SpecialFunctions.polygamma(1, 1)).isCloseTo(Math.PI * Math.PI / 6, within(1e-15));
    assertThat(SpecialFunctions.besselI1e(1)).isCloseTo(0.2079104153497085, within(1e-16));
    assertThat(SpecialFunctions.besselI1e(29.99))
        .isCloseTo(SpecialFunctions.besselI1e(30.01), within(3e-5));
  }

  @Test
  void neighbours() {
    assertThat(SpecialFunctions.nextAfter(DType.F32, 1, 2)).isEqualTo(Math.nextUp(1f));
    assertThat(SpecialFunctions.nextAfter(DType.F32, 0, -1)).isEqualTo(-Float.MIN_VALUE);
    assertThat(SpecialFunctions.nextAfter(DType.BF16, 1, 0)).isEqualTo(1 - Math.pow(2, -8));
  }

  @Test
  void complexInversesUndoTheirFunctions() {
    double[] parts = {-3, -0.75, -1e-9, 1e-9, 0.5, 1.25, 40};
    for (double re : parts) {
      for (double im : parts) {
        Complex z = new Complex(re, im);
        close(ComplexMath.exp(ComplexMath.log(z)), z);
        Complex root = ComplexMath.sqrt(z);
        close(root.times(root), z);
        Complex asin = ComplexMath.asin(z);
        close(ComplexMath.sinh(asin.turned()).turnedBack(), z);
        close(ComplexMath.cosh(ComplexMath.acos(z).turned()), z);
        close(ComplexMath.tanh(ComplexMath.atanh(z)), z);
      }
    }
  }

  private static void close(Complex got, Complex want) {
    assertThat(got.minus(want).abs()).isLessThan(1e-11 * Math.max(1, want.abs()));
  }
}
