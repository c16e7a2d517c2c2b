package org.cornu.tracer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;

/** Compares derivatives with central finite differences in a random direction. */
final class GradientCheck {
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 1e-5;

  private GradientCheck() {}

  static <A, R> void check(String name, F1<A, R> f, A a, int order) {
    A wide = Trees.map(a, GradientCheck::wide);
    step(name, f, wide, order);
  }

  private static Tensor wide(Tensor x) {
    DType dtype = x.dtype();
    if (!dtype.isInexact()) {
      return x;
    }
    DType target = dtype.isComplex() ? DType.C128 : DType.F64;
    return dtype == target ? x : Dispatch.unary(x, (b, v) -> b.convert(v, target));
  }

  private static <A, R> void step(String name, F1<A, R> f, A a, int order) {
    SplittableRandom random = new SplittableRandom(7);
    A direction = Trees.map(a, t -> random(random, t));
    Transforms.Jvp<R> jvp = Transforms.jvp(f, a, direction);
    double[] forward = values(jvp.tangent());
    compare(name, "jvp", forward, numeric(f, a, direction));
    R cotangent = Trees.map(jvp.value(), t -> random(random, t));
    A back = Transforms.vjp(f, a).pullback().apply(cotangent);
    // The pullback of complex numbers is the plain transpose, without conjugation.
    double left = dot(cotangent, jvp.tangent());
    double right = dot(back, direction);
    compare(name, "vjp", new double[] {right}, new double[] {left});
    if (order > 1) {
      F1<A, A> next = v -> Transforms.vjp(f, v).pullback().apply(cotangent);
      step(name + " (derivative)", next, a, order - 1);
    }
  }

  private static <A, R> double[] numeric(F1<A, R> f, A a, A direction) {
    double[] above = values(f.apply(along(a, direction, STEP)));
    double[] below = values(f.apply(along(a, direction, -STEP)));
    for (int i = 0; i < above.length; i++) {
      above[i] = (above[i] - below[i]) / (2 * STEP);
    }
    return above;
  }

  private static <A> A along(A a, A direction, double step) {
    return Trees.map(
        a,
        direction,
        (x, d) -> {
          if (!x.dtype().isInexact()) {
            return x;
          }
          double[] at = parts(x.toLiteral());
          double[] by = parts(d.toLiteral());
          for (int i = 0; i < at.length; i++) {
            at[i] += step * by[i];
          }
          return Tensor.of(literal(x, at));
        });
  }

  private static Tensor random(SplittableRandom random, Tensor like) {
    if (!like.dtype().isInexact()) {
      return like;
    }
    long count = like.count() * (like.dtype().isComplex() ? 2 : 1);
    return Tensor.of(literal(like, random.doubles(count, -1, 1).toArray()));
  }

  /** The elements, real and imaginary parts in turn. */
  private static double[] parts(Literal x) {
    boolean complex = x.type().dtype().isComplex();
    double[] out = new double[x.count() * (complex ? 2 : 1)];
    for (int i = 0; i < x.count(); i++) {
      if (complex) {
        out[2 * i] = x.doubleAt(i);
        out[2 * i + 1] = x.imagAt(i);
      } else {
        out[i] = x.doubleAt(i);
      }
    }
    return out;
  }

  private static Literal literal(Tensor like, double[] parts) {
    return like.dtype().isComplex()
        ? Literal.ofComplex(like.type(), parts)
        : Literal.ofDoubles(like.type(), parts);
  }

  /** All inexact tensors of a tree, one after the other. */
  private static double[] values(Object tree) {
    List<double[]> all = new ArrayList<>();
    int count = 0;
    for (Tensor leaf : Trees.leaves(tree)) {
      if (leaf.dtype().isInexact()) {
        all.add(parts(leaf.toLiteral()));
        count += all.get(all.size() - 1).length;
      }
    }
    double[] out = new double[count];
    int next = 0;
    for (double[] part : all) {
      System.arraycopy(part, 0, out, next, part.length);
      next += part.length;
    }
    return out;
  }

  /** The real part of the sum of products. */
  private static double dot(Object a, Object b) {
    List<Tensor> x = Trees.leaves(a);
    List<Tensor> y = Trees.leaves(b);
    double sum = 0;
    for (int i = 0; i < x.size(); i++) {
      if (x.get(i).dtype().isInexact()) {
        boolean complex = x.get(i).dtype().isComplex();
        double[] u = parts(x.get(i).toLiteral());
        double[] v = parts(y.get(i).toLiteral());
        for (int k = 0; k < u.length; k++) {
          sum += complex && k % 2 == 1 ? -u[k] * v[k] : u[k] * v[k];
        }
      }
    }
    return sum;
  }

  private static void compare(String name, String what, double[] got, double[] want) {
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < got.length; i++) {
      double tolerance = TOLERANCE * Math.max(1, Math.abs(want[i]));
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
