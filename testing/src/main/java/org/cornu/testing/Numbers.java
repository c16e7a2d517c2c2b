package org.cornu.testing;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.FloatFormat;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.jspecify.annotations.Nullable;

/** Arithmetic on host arrays, real and complex. */
final class Numbers {
  private Numbers() {}

  static Literal of(TensorType type, double... parts) {
    return type.dtype().isComplex()
        ? Literal.ofComplex(type, parts)
        : Literal.ofDoubles(type, parts);
  }

  /** Real elements, or real and imaginary parts in turn. */
  static double[] parts(Literal x) {
    boolean complex = x.type().dtype().isComplex();
    double[] out = new double[x.count() * (complex ? 2 : 1)];
    for (int i = 0; i < x.count(); i++) {
      out[complex ? 2 * i : i] = x.doubleAt(i);
      if (complex) {
        out[2 * i + 1] = x.imagAt(i);
      }
    }
    return out;
  }

  static Literal zip(Literal x, Literal y, DoubleBinaryOperator op) {
    double[] a = parts(x);
    double[] b = parts(y);
    Arrays.setAll(a, i -> op.applyAsDouble(a[i], b[i]));
    return of(x.type(), a);
  }

  /** The elements in another type of floats; other types stay. */
  static Literal cast(Literal x, DType real) {
    TensorType type = cast(x.type(), real);
    return type.equals(x.type()) ? x : of(type, parts(x));
  }

  static TensorType cast(TensorType type, DType real) {
    if (type.dtype().isComplex()) {
      return type.withElement(real == DType.F64 ? DType.C128 : DType.C64);
    }
    return type.dtype().isFloat() ? type.withElement(real) : type;
  }

  static Literal normal(TensorType type, Random random) {
    int parts = type.dtype().isComplex() ? 2 : 1;
    return of(
        type,
        random.doubles(parts * type.shape().count()).map(u -> random.nextGaussian()).toArray());
  }

  /** {@code Re sum x y}: the pairing under which a vjp is the transpose of a jvp. */
  static double pairing(Literal x, Literal y) {
    double sum = 0;
    for (int i = 0; i < x.count(); i++) {
      sum += x.doubleAt(i) * y.doubleAt(i) - x.imagAt(i) * y.imagAt(i);
    }
    return sum;
  }

  static boolean isFinite(Literal x) {
    return Arrays.stream(parts(x)).allMatch(Double::isFinite);
  }

  /** The elements in reverse order. */
  static Literal reversed(Literal x) {
    byte[] bytes = x.expandedBytes();
    int size = x.count() == 0 ? 1 : bytes.length / x.count();
    byte[] out = new byte[bytes.length];
    for (int i = 0; i < x.count(); i++) {
      System.arraycopy(bytes, i * size, out, bytes.length - (i + 1) * size, size);
    }
    return Literal.ofBytes(x.type(), out);
  }

  /** Arrays of one type on a new axis, the first or the last. */
  static Literal stack(boolean first, Literal... lanes) {
    int count = lanes[0].count();
    int n = lanes.length;
    byte[][] bytes = new byte[n][];
    Arrays.setAll(bytes, l -> lanes[l].expandedBytes());
    int size = count == 0 ? 1 : bytes[0].length / count;
    byte[] out = new byte[n * bytes[0].length];
    for (int l = 0; l < n; l++) {
      for (int i = 0; i < count; i++) {
        int at = first ? l * count + i : i * n + l;
        System.arraycopy(bytes[l], i * size, out, at * size, size);
      }
    }
    Shape shape = lanes[0].type().shape();
    Shape stacked = shape.insert(first ? 0 : shape.rank(), n);
    return Literal.ofBytes(lanes[0].type().withShape(stacked), out);
  }

  /** The distance from 1 to the next number. */
  static double unit(DType dtype) {
    return Math.scalb(1.0, -FloatFormat.mantissaBits(dtype.real()));
  }

  /**
   * Where two arrays differ, or null: integers exactly, floats relative to the largest element that
   * is expected.
   */
  static @Nullable String difference(Literal got, Literal want, double tolerance) {
    if (!got.type().equals(want.type())) {
      return "is " + got.type().brief() + ", expected " + want.type().brief();
    }
    boolean exact = !got.type().dtype().isInexact();
    double scale = 1;
    for (double part : parts(want)) {
      scale = Double.isFinite(part) ? Math.max(scale, Math.abs(part)) : scale;
    }
    for (int i = 0; i < got.count(); i++) {
      double re = got.doubleAt(i) - want.doubleAt(i);
      double im = got.imagAt(i) - want.imagAt(i);
      boolean same = same(got.doubleAt(i), want.doubleAt(i)) && same(got.imagAt(i), want.imagAt(i));
      if (!same && (exact || !(Math.hypot(re, im) <= tolerance * scale))) {
        return "is "
            + text(got, i)
            + ", expected "
            + text(want, i)
            + at(got.type().shape(), i)
            + (exact ? "" : " (" + tolerance * scale + " apart at most)");
      }
    }
    return null;
  }

  private static boolean same(double a, double b) {
    return a == b || Double.isNaN(a) && Double.isNaN(b);
  }

  static String text(Literal x, int i) {
    if (!x.type().dtype().isInexact()) {
      return Long.toString(x.longAt(i));
    }
    return x.type().dtype().isComplex()
        ? x.doubleAt(i) + " + " + x.imagAt(i) + "i"
        : Double.toString(x.doubleAt(i));
  }

  /** {@code " at [1, 2]"}; nothing for a scalar. */
  static String at(Shape shape, int flat) {
    if (shape.rank() == 0) {
      return "";
    }
    long[] index = new long[shape.rank()];
    long rest = flat;
    for (int d = shape.rank() - 1; d >= 0; d--) {
      index[d] = rest % shape.dim(d);
      rest /= shape.dim(d);
    }
    return " at " + Arrays.toString(index);
  }
}
