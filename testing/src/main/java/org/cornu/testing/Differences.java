package org.cornu.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.cornu.stablehlo.ir.Literal;

/**
 * The slope of a function along a direction by central differences at two steps, extrapolated
 * (Richardson), and whether it can be trusted: at a kink or a jump it cannot.
 */
final class Differences {
  private static final double STEP = 2e-4;

  private final Function<List<Literal>, List<Literal>> f;
  private final List<Literal> x;
  private final List<Literal> direction;
  private final List<Literal> slopes = new ArrayList<>();
  private boolean smooth = true;

  /**
   * Evaluates the function at five points.
   *
   * @param direction one for each inexact array of {@code x}
   * @param tolerance the relative error of a slope that can be trusted
   */
  Differences(
      Function<List<Literal>, List<Literal>> f,
      List<Literal> x,
      List<Literal> direction,
      double tolerance) {
    this.f = f;
    this.x = x;
    this.direction = direction;
    List<Literal> middle = f.apply(x);
    List<Literal> above = at(STEP);
    List<Literal> below = at(-STEP);
    List<Literal> nearAbove = at(STEP / 2);
    List<Literal> nearBelow = at(-STEP / 2);
    for (int i = 0; i < middle.size(); i++) {
      double[] m = Numbers.parts(middle.get(i));
      double[] a = Numbers.parts(above.get(i));
      double[] b = Numbers.parts(below.get(i));
      double[] na = Numbers.parts(nearAbove.get(i));
      double[] nb = Numbers.parts(nearBelow.get(i));
      double[] out = new double[m.length];
      double scale = 1;
      for (int k = 0; k < m.length; k++) {
        double far = (a[k] - b[k]) / (2 * STEP);
        double near = (na[k] - nb[k]) / STEP;
        out[k] = (4 * near - far) / 3;
        scale = Math.max(scale, Math.abs(out[k]));
      }
      for (int k = 0; k < m.length; k++) {
        double far = (a[k] - b[k]) / (2 * STEP);
        double near = (na[k] - nb[k]) / STEP;
        // the step from left to right slope halves with the step, except over a kink
        double gap = Math.abs(a[k] - 2 * m[k] + b[k]) / STEP;
        double nearGap = Math.abs(na[k] - 2 * m[k] + nb[k]) / (STEP / 2);
        boolean kink = nearGap > tolerance * scale && nearGap > 0.8 * gap;
        boolean rough = !(Math.abs(far - near) <= Math.sqrt(tolerance) * scale);
        smooth &= !kink && !rough;
      }
      slopes.add(Numbers.of(middle.get(i).type(), out));
    }
  }

  private List<Literal> at(double step) {
    List<Literal> moved = new ArrayList<>(x);
    int next = 0;
    for (int i = 0; i < moved.size(); i++) {
      if (moved.get(i).type().dtype().isInexact()) {
        Literal v = direction.get(next++);
        moved.set(i, Numbers.zip(x.get(i), v, (p, d) -> p + step * d));
      }
    }
    return f.apply(moved);
  }

  /** The slope of each result. */
  List<Literal> slopes() {
    return slopes;
  }

  /** False at a kink, a jump, or where values are not finite. */
  boolean isSmooth() {
    return smooth;
  }
}
