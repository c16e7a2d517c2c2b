package org.cornu.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;

/**
 * Results beside what was expected. An element passes where {@code |got - want| <= atol + rtol *
 * |want|}; integers and booleans must be equal, NaN equals NaN.
 *
 * @param maxAbsDiff largest absolute difference of all elements
 * @param maxRelDiff largest difference relative to the expected element, where that is not zero
 * @param failures one line per output that does not pass
 */
public record Comparison(double maxAbsDiff, double maxRelDiff, List<String> failures) {
  /** Compares lists of arrays. */
  public static Comparison of(List<Literal> got, List<Literal> want, double rtol, double atol) {
    List<String> failures = new ArrayList<>();
    if (got.size() != want.size()) {
      failures.add("got " + got.size() + " outputs, expected " + want.size());
    }
    double maxAbs = 0;
    double maxRel = 0;
    for (int k = 0; k < Math.min(got.size(), want.size()); k++) {
      Literal a = got.get(k);
      Literal b = want.get(k);
      if (!a.type().equals(b.type())) {
        failures.add(
            "output " + k + ": got " + a.type().brief() + ", expected " + b.type().brief());
        continue;
      }
      DType dtype = a.type().dtype();
      int worst = -1;
      int wrong = 0;
      double worstExcess = 0;
      for (int i = 0; i < a.count(); i++) {
        double diff = difference(a, b, i);
        double size = Math.hypot(b.doubleAt(i), b.imagAt(i));
        boolean finite = size < Double.POSITIVE_INFINITY; // neither infinite nor NaN
        double allowed = dtype.isInexact() && finite ? atol + rtol * size : 0;
        maxAbs = Math.max(maxAbs, diff);
        if (finite && size > 0) {
          maxRel = Math.max(maxRel, diff / size);
        } else if (!finite && diff > 0) {
          maxRel = Double.POSITIVE_INFINITY;
        }
        if (!(diff <= allowed)) {
          wrong++;
          if (worst < 0 || diff - allowed > worstExcess) {
            worst = i;
            worstExcess = diff - allowed;
          }
        }
      }
      if (wrong > 0) {
        failures.add(
            String.format(
                Locale.ROOT,
                "output %d (%s): %d of %d elements differ; worst at %s: got %s, expected %s",
                k,
                a.type().brief(),
                wrong,
                a.count(),
                index(worst, a.type().shape()),
                element(a, worst),
                element(b, worst)));
      }
    }
    return new Comparison(maxAbs, maxRel, failures);
  }

  private static double difference(Literal a, Literal b, int i) {
    if (!a.type().dtype().isInexact()) {
      // exact for 64-bit integers, which doubles are not
      return a.longAt(i) == b.longAt(i) ? 0 : Math.max(1, Math.abs(a.doubleAt(i) - b.doubleAt(i)));
    }
    double re = difference(a.doubleAt(i), b.doubleAt(i));
    return a.type().dtype().isComplex() ? Math.hypot(re, difference(a.imagAt(i), b.imagAt(i))) : re;
  }

  private static double difference(double a, double b) {
    if (a == b || (Double.isNaN(a) && Double.isNaN(b))) {
      return 0;
    }
    double diff = Math.abs(a - b);
    return Double.isNaN(diff) ? Double.POSITIVE_INFINITY : diff;
  }

  private static String index(int flat, Shape shape) {
    StringBuilder out = new StringBuilder();
    long rest = flat;
    for (int d = shape.rank() - 1; d >= 0; d--) {
      out.insert(0, rest % shape.dim(d) + (out.length() == 0 ? "" : ","));
      rest /= shape.dim(d);
    }
    return "[" + out + "]";
  }

  private static String element(Literal literal, int i) {
    DType dtype = literal.type().dtype();
    if (dtype.isComplex()) {
      return literal.doubleAt(i) + " + " + literal.imagAt(i) + "i";
    }
    if (dtype == DType.U64) {
      return Long.toUnsignedString(literal.longAt(i));
    }
    return dtype.isFloat()
        ? String.valueOf(literal.doubleAt(i))
        : String.valueOf(literal.longAt(i));
  }

  /** Whether everything is within tolerance. */
  public boolean passed() {
    return failures.isEmpty();
  }

  /** {@code max_abs_diff=… max_rel_diff=…}. */
  public String summary() {
    return String.format(
        Locale.ROOT, "max_abs_diff=%.6g max_rel_diff=%.6g", maxAbsDiff, maxRelDiff);
  }
}
