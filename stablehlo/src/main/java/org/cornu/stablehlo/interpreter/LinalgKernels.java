package org.cornu.stablehlo.interpreter;

import java.util.Arrays;
import org.cornu.stablehlo.interpreter.ComplexMath.Complex;

/** {@code cholesky} and {@code triangular_solve} over the last two dimensions. */
final class LinalgKernels {
  private LinalgKernels() {}

  /**
   * {@code a = l l^H}; the other triangle of {@code a} is not read and of the result is zero. A
   * matrix that is not positive definite gives NaN throughout, as XLA does.
   */
  static Array cholesky(Array a, boolean lower) {
    int n = a.dims[a.rank() - 1];
    double[] re = new double[a.count];
    double[] im = new double[a.count];
    for (int base = 0; base < a.count; base += n * n) {
      if (!factor(a, base, n, lower, re, im)) {
        Arrays.fill(re, base, base + n * n, Double.NaN);
        Arrays.fill(im, base, base + n * n, Double.NaN);
      }
    }
    return a.dtype.isComplex()
        ? Array.rounded(a.dtype, a.dims, re, im)
        : Array.rounded(a.dtype, a.dims, re);
  }

  private static boolean factor(Array a, int base, int n, boolean lower, double[] re, double[] im) {
    Complex[][] l = new Complex[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        Complex sum = lower ? get(a, base + i * n + j) : get(a, base + j * n + i).conjugate();
        for (int k = 0; k < j; k++) {
          sum = sum.minus(l[i][k].times(l[j][k].conjugate()));
        }
        if (i == j) {
          if (!(sum.re() > 0)) {
            return false;
          }
          sum = new Complex(Math.sqrt(sum.re()), 0);
        } else {
          sum = sum.times(1 / l[j][j].re());
        }
        l[i][j] = sum;
        int at = base + (lower ? i * n + j : j * n + i);
        re[at] = sum.re();
        im[at] = lower ? sum.im() : -sum.im();
      }
    }
    return true;
  }

  private static Complex get(Array x, int i) {
    return new Complex(x.re[i], x.im.length == 0 ? 0 : x.im[i]);
  }

  /** Solves {@code op(a) x = b}, or {@code x op(a) = b} with {@code leftSide} false. */
  static Array triangularSolve(
      Array a, Array b, boolean leftSide, boolean lower, boolean unitDiagonal, String transpose) {
    int n = a.dims[a.rank() - 1];
    int rows = b.dims[b.rank() - 2];
    int columns = b.dims[b.rank() - 1];
    boolean transposed = transpose.equals("TRANSPOSE") || transpose.equals("ADJOINT");
    boolean conjugate = transpose.equals("ADJOINT");
    // x op(a) = b is op(a)^T x^T = b^T: the same solve on flipped indices.
    boolean flip = transposed == leftSide;
    boolean forward = lower != flip;
    int others = leftSide ? columns : rows;
    double[] re = new double[b.count];
    double[] im = new double[b.count];
    int batches = rows * columns == 0 ? 0 : b.count / (rows * columns);
    Complex[] x = new Complex[n];
    for (int batch = 0; batch < batches; batch++) {
      int aBase = batch * n * n;
      int bBase = batch * rows * columns;
      for (int o = 0; o < others; o++) {
        for (int step = 0; step < n; step++) {
          int i = forward ? step : n - 1 - step;
          Complex sum = get(b, bBase + (leftSide ? i * columns + o : o * columns + i));
          for (int s = 0; s < step; s++) {
            int j = forward ? s : n - 1 - s;
            sum = sum.minus(entry(a, aBase, n, i, j, flip, conjugate).times(x[j]));
          }
          x[i] = unitDiagonal ? sum : sum.over(entry(a, aBase, n, i, i, flip, conjugate));
          int at = bBase + (leftSide ? i * columns + o : o * columns + i);
          re[at] = x[i].re();
          im[at] = x[i].im();
        }
      }
    }
    return b.dtype.isComplex()
        ? Array.rounded(b.dtype, b.dims, re, im)
        : Array.rounded(b.dtype, b.dims, re);
  }

  private static Complex entry(
      Array a, int base, int n, int i, int j, boolean flip, boolean conjugate) {
    Complex value = get(a, base + (flip ? j * n + i : i * n + j));
    return conjugate ? value.conjugate() : value;
  }
}
