package org.cornu.tests.stablehlo;

import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.FloatFormat;
import org.cornu.stablehlo.ir.Literal;
import org.jspecify.annotations.Nullable;

/**
 * Where the results of two ways to run a program differ by more than rounding explains.
 *
 * @param engine what gave the wrong result
 * @param output which result
 * @param text what is wrong with it
 */
record Difference(String engine, int output, String text) {

  /**
   * The first difference, or null. Integers must be equal; floats may be off by a few roundings of
   * their own, and by what rounding elsewhere can change, which the perturbed runs tell.
   *
   * @param perturbed results of runs with inputs that are off by a few roundings
   */
  static @Nullable Difference find(
      String engine, List<Literal> got, List<Literal> expected, List<List<Literal>> perturbed) {
    for (int i = 0; i < expected.size(); i++) {
      int output = i;
      Literal want = expected.get(i);
      List<Literal> near = perturbed.stream().map(run -> run.get(output)).toList();
      if (!got.get(i).type().equals(want.type())) {
        String text = "type " + got.get(i).type() + ", want " + want.type();
        return new Difference(engine, i, text);
      }
      for (int k = 0; k < want.count(); k++) {
        if (!agrees(got.get(i), want, near, k)) {
          String text = "element " + k + ": " + text(got.get(i), k) + ", want " + text(want, k);
          return new Difference(engine, i, text);
        }
      }
    }
    return null;
  }

  private static String text(Literal literal, int k) {
    return literal.type().dtype().isInexact()
        ? "(" + literal.doubleAt(k) + ", " + literal.imagAt(k) + ")"
        : Long.toString(literal.longAt(k));
  }

  private static boolean agrees(Literal got, Literal want, List<Literal> near, int k) {
    DType dtype = want.type().dtype();
    if (!dtype.isInexact()) {
      return got.longAt(k) == want.longAt(k)
          || near.stream().anyMatch(run -> run.longAt(k) != want.longAt(k));
    }
    double size = Math.hypot(want.doubleAt(k), want.imagAt(k));
    return agrees(dtype, got.doubleAt(k), want.doubleAt(k), size, parts(near, k, false))
        && agrees(dtype, got.imagAt(k), want.imagAt(k), size, parts(near, k, true));
  }

  private static double[] parts(List<Literal> near, int k, boolean imaginary) {
    return near.stream().mapToDouble(r -> imaginary ? r.imagAt(k) : r.doubleAt(k)).toArray();
  }

  /** Within what the perturbed runs reach, and a few roundings of the size of the number. */
  private static boolean agrees(DType dtype, double got, double want, double size, double[] near) {
    double reach = 0;
    for (double other : near) {
      if (Double.isNaN(other) != Double.isNaN(want)
          || Double.isInfinite(other) != Double.isInfinite(want)) {
        return true;
      }
      if (other != want) {
        reach = Math.max(reach, Math.abs(other - want));
      }
    }
    if (got == want || (Double.isNaN(got) && Double.isNaN(want))) {
      return true;
    }
    DType part = dtype.real();
    int slack = Draft.isSmall(part) ? 0 : 4;
    double rounding = Math.scalb(1.0, slack - FloatFormat.mantissaBits(part)) * size;
    double huge = FloatFormat.max(part) / 2;
    if (Math.abs(want) > huge || (Double.isFinite(want) && Math.abs(got) > huge)) {
      return Math.signum(got) == Math.signum(want) || Double.isNaN(got) || size > huge;
    }
    return Math.abs(got - want) <= 8 * reach + rounding + 16 * Draft.minNormal(part);
  }
}
