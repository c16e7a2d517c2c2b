package org.cornu.stablehlo.interpreter;

import java.util.Arrays;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.FloatFormat;

/** The comparisons of StableHLO's own test suites; a difference ends the run. */
final class Checks {
  private Checks() {}

  /** True where two elements agree. */
  private interface Agreement {
    boolean holds(double x, double y);
  }

  /** Equal as numbers: NaN never, -0 and 0 always. */
  static void equal(Array got, Array want) {
    sameType(got, want);
    for (int i = 0; i < got.count; i++) {
      boolean same =
          got.isInteger() ? got.longs[i] == want.longs[i] : holds(got, want, i, (x, y) -> x == y);
      if (!same) {
        throw differs(got, want, i, "must be equal");
      }
    }
  }

  /** Equal, both NaN, or finite and no further apart than {@code tolerance}. */
  static void almostEqual(Array got, Array want, double tolerance) {
    sameType(got, want);
    if (got.isInteger()) {
      equal(got, want);
      return;
    }
    Agreement near =
        (x, y) ->
            x == y
                || (Double.isNaN(x) && Double.isNaN(y))
                || (Double.isFinite(x) && Double.isFinite(y) && Math.abs(x - y) <= tolerance);
    for (int i = 0; i < got.count; i++) {
      if (!holds(got, want, i, near)) {
        throw differs(got, want, i, "must agree within " + tolerance);
      }
    }
  }

  /** So many steps between neighbouring floats apart; all NaNs are one. */
  static void close(Array got, Array want, long minUlps, long maxUlps) {
    sameType(got, want);
    if (got.isInteger()) {
      equal(got, want);
      return;
    }
    DType part = got.dtype.real();
    Agreement near =
        (x, y) -> {
          long ulps = ulps(part, x, y);
          return ulps >= minUlps && ulps <= maxUlps;
        };
    for (int i = 0; i < got.count; i++) {
      if (!holds(got, want, i, near)) {
        throw differs(got, want, i, "must be within " + maxUlps + " ulp");
      }
    }
  }

  private static boolean holds(Array got, Array want, int i, Agreement agreement) {
    return agreement.holds(got.re[i], want.re[i])
        && (!got.dtype.isComplex() || agreement.holds(got.im[i], want.im[i]));
  }

  private static long ulps(DType dtype, double x, double y) {
    if (Double.isNaN(x) || Double.isNaN(y)) {
      return Double.isNaN(x) && Double.isNaN(y) ? 0 : Long.MAX_VALUE;
    }
    if (Double.isInfinite(x) || Double.isInfinite(y)) {
      return x == y ? 0 : Long.MAX_VALUE;
    }
    long distance = Math.abs(place(dtype, x) - place(dtype, y));
    return distance < 0 ? Long.MAX_VALUE : distance;
  }

  /** Position on the line of floats, 0 at zero. */
  private static long place(DType dtype, double x) {
    long magnitude = FloatFormat.encode(dtype, Math.abs(x));
    return x < 0 ? -magnitude : magnitude;
  }

  private static void sameType(Array got, Array want) {
    if (got.dtype != want.dtype || !Arrays.equals(got.dims, want.dims)) {
      throw new InterpreterException(
          "check: types must agree: got " + got.type().brief() + ", want " + want.type().brief());
    }
  }

  private static InterpreterException differs(Array got, Array want, int i, String rule) {
    int[] strides = Indexing.strides(got.dims);
    int[] index = new int[got.rank()];
    for (int d = 0, rest = i; d < index.length; d++) {
      index[d] = rest / strides[d];
      rest %= strides[d];
    }
    return new InterpreterException(
        "check: elements "
            + rule
            + ": at "
            + Arrays.toString(index)
            + " of "
            + got.type().brief()
            + " got "
            + text(got, i)
            + ", want "
            + text(want, i));
  }

  private static String text(Array x, int i) {
    if (x.isInteger()) {
      return x.dtype == DType.U64 ? Long.toUnsignedString(x.longs[i]) : Long.toString(x.longs[i]);
    }
    return x.dtype.isComplex() ? "(" + x.re[i] + ", " + x.im[i] + ")" : Double.toString(x.re[i]);
  }
}
