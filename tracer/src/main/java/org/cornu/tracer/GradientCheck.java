package org.cornu.tracer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;

/** Compares derivatives with central finite differences in a random direction. */
final class GradientCheck {
  private GradientCheck() {}

  static void check(String name, F1<Tensor, Tensor> f, Tensor x, int order) {
    if (x.dtype() != DType.F64) {
      check(name, f, Dispatch.unary(x, (b, v) -> b.convert(v, DType.F64)), order);
      return;
    }
    SplittableRandom random = new SplittableRandom(7);
    Tensor direction = random(random, x);
    Transforms.Jvp<Tensor> jvp = Transforms.jvp(f, x, direction);
    double[] forward = jvp.tangent().toDoubleArray();
    double[] numeric = numeric(f, x, direction);
    compare(name, "jvp", forward, numeric);
    Tensor cotangent = random(random, jvp.value());
    double[] back = Transforms.vjp(f, x).pullback().apply(cotangent).toDoubleArray();
    double left = dot(cotangent.toDoubleArray(), forward);
    double right = dot(back, direction.toDoubleArray());
    compare(name, "vjp", new double[] {right}, new double[] {left});
    if (order > 1) {
      check(
          name + " (derivative)",
          v -> Transforms.vjp(f, v).pullback().apply(cotangent),
          x,
          order - 1);
    }
  }

  private static double[] numeric(F1<Tensor, Tensor> f, Tensor x, Tensor direction) {
    double step = 1e-5;
    double[] above = f.apply(along(x, direction, step)).toDoubleArray();
    double[] below = f.apply(along(x, direction, -step)).toDoubleArray();
    for (int i = 0; i < above.length; i++) {
      above[i] = (above[i] - below[i]) / (2 * step);
    }
    return above;
  }

  private static Tensor along(Tensor x, Tensor direction, double step) {
    double[] at = x.toDoubleArray();
    double[] by = direction.toDoubleArray();
    for (int i = 0; i < at.length; i++) {
      at[i] += step * by[i];
    }
    return Tensor.of(Literal.ofDoubles(x.type(), at));
  }

  private static Tensor random(SplittableRandom random, Tensor like) {
    double[] values = random.doubles(like.count(), -1, 1).toArray();
    return Tensor.of(Literal.ofDoubles(like.type(), values));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void compare(String name, String what, double[] got, double[] want) {
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < got.length; i++) {
      double tolerance = 1e-5 * Math.max(1, Math.abs(want[i]));
      if (!(Math.abs(got[i] - want[i]) <= tolerance) && wrong.size() < 3) {
        wrong.add(String.format(Locale.ROOT, "element %d: %.9g against %.9g", i, got[i], want[i]));
      }
    }
    if (!wrong.isEmpty()) {
      throw new AssertionError(
          "checkGrads(" + name + "): the " + what + " differs from finite differences: " + wrong);
    }
  }
}
