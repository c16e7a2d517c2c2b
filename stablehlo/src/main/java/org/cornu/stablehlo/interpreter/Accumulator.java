package org.cornu.stablehlo.interpreter;

import org.cornu.stablehlo.ir.DType;

/**
 * Sums of products, the inner loop of dots and convolutions: {@link #add} adds {@code a[i]} times a
 * run of {@code b} to a run of the result. Products and sums are rounded to f32 as they come, to
 * f64 in f64 and c128; narrower results are rounded once more at the end.
 */
abstract class Accumulator {
  /** {@code out[at .. at + n) += a[i] * b[from .. from + n)}. */
  abstract void add(int i, int from, int at, int n);

  /** The sums, brought into the type. */
  abstract Array result();

  /** Sums of type {@code dtype} over operands that are converted to it. */
  static Accumulator of(DType dtype, int[] dims, Array a, Array b) {
    int count = Indexing.count(dims);
    Array x = widen(a, dtype);
    Array y = widen(b, dtype);
    if (dtype.isComplex()) {
      return new ComplexSums(dtype, dims, x, y, count);
    }
    if (dtype.isFloat() && dtype != DType.F64) {
      return new SingleSums(dtype, dims, x.re, y.re, new double[count]);
    }
    return dtype.isFloat()
        ? new RealSums(dtype, dims, x.re, y.re, new double[count])
        : new LongSums(dtype, dims, x.longs, y.longs, new long[count]);
  }

  private static Array widen(Array x, DType to) {
    boolean sameKind = x.dtype.isComplex() == to.isComplex() && x.dtype.isFloat() == to.isFloat();
    return sameKind ? x : Conversions.convert(x, to);
  }

  private static final class RealSums extends Accumulator {
    private final DType dtype;
    private final int[] dims;
    private final double[] a;
    private final double[] b;
    private final double[] out;

    RealSums(DType dtype, int[] dims, double[] a, double[] b, double[] out) {
      this.dtype = dtype;
      this.dims = dims;
      this.a = a;
      this.b = b;
      this.out = out;
    }

    @Override
    void add(int i, int from, int at, int n) {
      double factor = a[i];
      double[] y = b;
      double[] sum = out;
      for (int k = 0; k < n; k++) {
        sum[at + k] += factor * y[from + k];
      }
    }

    @Override
    Array result() {
      return Array.rounded(dtype, dims, out);
    }
  }

  private static final class SingleSums extends Accumulator {
    private final DType dtype;
    private final int[] dims;
    private final double[] a;
    private final double[] b;
    private final double[] out;

    SingleSums(DType dtype, int[] dims, double[] a, double[] b, double[] out) {
      this.dtype = dtype;
      this.dims = dims;
      this.a = a;
      this.b = b;
      this.out = out;
    }

    @Override
    void add(int i, int from, int at, int n) {
      double factor = a[i];
      double[] y = b;
      double[] sum = out;
      for (int k = 0; k < n; k++) {
        sum[at + k] = (float) (sum[at + k] + (float) (factor * y[from + k]));
      }
    }

    @Override
    Array result() {
      return Array.rounded(dtype, dims, out);
    }
  }

  private static final class LongSums extends Accumulator {
    private final DType dtype;
    private final int[] dims;
    private final long[] a;
    private final long[] b;
    private final long[] out;

    LongSums(DType dtype, int[] dims, long[] a, long[] b, long[] out) {
      this.dtype = dtype;
      this.dims = dims;
      this.a = a;
      this.b = b;
      this.out = out;
    }

    @Override
    void add(int i, int from, int at, int n) {
      long factor = a[i];
      if (dtype.isBool()) {
        for (int k = 0; k < n; k++) {
          out[at + k] |= factor & b[from + k];
        }
        return;
      }
      for (int k = 0; k < n; k++) {
        out[at + k] += factor * b[from + k];
      }
    }

    @Override
    Array result() {
      return Array.wrapped(dtype, dims, out);
    }
  }

  private static final class ComplexSums extends Accumulator {
    private final DType dtype;
    private final int[] dims;
    private final Array a;
    private final Array b;
    private final double[] re;
    private final double[] im;

    ComplexSums(DType dtype, int[] dims, Array a, Array b, int count) {
      this.dtype = dtype;
      this.dims = dims;
      this.a = a;
      this.b = b;
      this.re = new double[count];
      this.im = new double[count];
    }

    @Override
    void add(int i, int from, int at, int n) {
      double x = a.re[i];
      double y = a.im[i];
      if (dtype == DType.C64) {
        for (int k = 0; k < n; k++) {
          float u = (float) b.re[from + k];
          float v = (float) b.im[from + k];
          re[at + k] = (float) re[at + k] + ((float) x * u - (float) y * v);
          im[at + k] = (float) im[at + k] + ((float) x * v + (float) y * u);
        }
        return;
      }
      for (int k = 0; k < n; k++) {
        re[at + k] += x * b.re[from + k] - y * b.im[from + k];
        im[at + k] += x * b.im[from + k] + y * b.re[from + k];
      }
    }

    @Override
    Array result() {
      return Array.rounded(dtype, dims, re, im);
    }
  }
}
