package org.cornu.check;

import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.FloatFormat;
import org.cornu.stablehlo.ir.Literal;
import org.jspecify.annotations.Nullable;

/**
 * Whether an array agrees with a recorded one: type and shape exactly; integers and bool exactly;
 * floats where the largest difference is at most a tolerance times {@code max(1, largest
 * |wanted|)}. Infinities must be equal, and NaN stand at the same places.
 */
public final class Agreement {
  /** For results of single functions. */
  public static final double OUTPUT = 2e-6;

  /** For gradients. */
  public static final double GRADIENT = 5e-6;

  private Agreement() {}

  /** A message where {@code got} disagrees, or null. */
  public static @Nullable String difference(
      String what, Literal got, Literal want, double tolerance) {
    if (got.type().dtype() != want.type().dtype()
        || !got.type().shape().equals(want.type().shape())) {
      return what + ": got " + got.type().brief() + ", expected " + want.type().brief();
    }
    DType dtype = want.type().dtype();
    if (!dtype.isInexact()) {
      for (int i = 0; i < want.count(); i++) {
        if (got.longAt(i) != want.longAt(i)) {
          return what + ": element " + i + " is " + got.longAt(i) + ", expected " + want.longAt(i);
        }
      }
      return null;
    }
    return floats(what, got, want, widened(dtype, tolerance));
  }

  /**
   * A message where an element of {@code got} is further than {@code ulps} units of precision from
   * that of {@code want}, or null. What lies below the smallest normal number counts as zero.
   */
  static @Nullable String elementwise(String what, Literal got, Literal want, double ulps) {
    String difference = difference(what, got, want, Double.POSITIVE_INFINITY);
    DType dtype = want.type().dtype();
    if (difference != null || !dtype.isFloat()) {
      return difference != null ? difference : difference(what, got, want, OUTPUT);
    }
    double epsilon = Math.pow(2, -FloatFormat.mantissaBits(dtype));
    double least = dtype == DType.F16 ? 0x1p-24 : Float.MIN_NORMAL;
    for (int i = 0; i < want.count(); i++) {
      double w = want.doubleAt(i);
      double g = got.doubleAt(i);
      double allowed = ulps * Math.max(epsilon * Math.abs(w), least);
      if (Math.abs(g - w) > allowed) {
        return what + ": element " + i + " is " + g + ", expected " + w + " to " + ulps + " ulps";
      }
    }
    return null;
  }

  /** Narrow types are compared to their own precision, unless to the bit. */
  static double widened(DType dtype, double tolerance) {
    if (tolerance == 0) {
      return 0;
    }
    return switch (dtype) {
      case BF16 -> Math.max(tolerance, 8e-3);
      case F16 -> Math.max(tolerance, 2e-3);
      default -> dtype.isFloat() && dtype.bits() < 16 ? Math.max(tolerance, 0.13) : tolerance;
    };
  }

  private static @Nullable String floats(String what, Literal got, Literal want, double tolerance) {
    boolean complex = want.type().dtype().isComplex();
    double scale = 1;
    double worst = 0;
    int at = -1;
    for (int part = 0; part < (complex ? 2 : 1); part++) {
      for (int i = 0; i < want.count(); i++) {
        double w = part == 0 ? want.doubleAt(i) : want.imagAt(i);
        double g = part == 0 ? got.doubleAt(i) : got.imagAt(i);
        if (Double.isNaN(w) || Double.isInfinite(w) || Double.isNaN(g) || Double.isInfinite(g)) {
          if (Double.compare(w, g) != 0) {
            return what + ": element " + i + " is " + g + ", expected " + w;
          }
          continue;
        }
        scale = Math.max(scale, Math.abs(w));
        if (Math.abs(g - w) > worst) {
          worst = Math.abs(g - w);
          at = i;
        }
      }
    }
    if (worst <= tolerance * scale) {
      return null;
    }
    return String.format(
        java.util.Locale.ROOT,
        "%s: off by %.3g at element %d (got %s, expected %s), allowed %.3g",
        what,
        worst,
        at,
        got.doubleAt(at),
        want.doubleAt(at),
        tolerance * scale);
  }
}
