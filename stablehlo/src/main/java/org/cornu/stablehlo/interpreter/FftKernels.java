package org.cornu.stablehlo.interpreter;

import java.util.Arrays;
import org.cornu.stablehlo.ir.DType;

/** Discrete Fourier transforms over the last one to three dimensions. */
final class FftKernels {
  private FftKernels() {}

  /** Transforms in double; only the result is rounded to its type. */
  static Array fft(Array x, String type, int[] length) {
    int rank = x.rank();
    int n = length.length;
    int last = length[n - 1];
    Array wide = Conversions.convert(x, DType.C128);
    DType out = x.dtype.complex();
    return switch (type) {
      case "FFT" -> Conversions.convert(overAxes(wide, rank - n, rank, false), out);
      case "IFFT" -> Conversions.convert(overAxes(wide, rank - n, rank, true), out);
      case "RFFT" -> {
        Array half = cut(alongAxis(wide, rank - 1, false), rank - 1, last / 2 + 1);
        yield Conversions.convert(overAxes(half, rank - n, rank - 1, false), out);
      }
      case "IRFFT" -> {
        Array inner = overAxes(wide, rank - n, rank - 1, true);
        Array whole = alongAxis(mirrored(inner, last), rank - 1, true);
        yield Conversions.convert(whole, x.dtype.real());
      }
      default -> throw new InterpreterException("fft: unknown fft_type " + type);
    };
  }

  private static Array overAxes(Array x, int from, int to, boolean inverse) {
    Array out = x;
    for (int axis = to - 1; axis >= from; axis--) {
      out = alongAxis(out, axis, inverse);
    }
    return out;
  }

  private static Array cut(Array x, int axis, int size) {
    int[] limits = x.dims.clone();
    limits[axis] = size;
    int[] ones = new int[x.rank()];
    Arrays.fill(ones, 1);
    return ShapeKernels.slice(x, new int[x.rank()], limits, ones);
  }

  /** The whole spectrum of a real signal from its first half, along the last dimension. */
  private static Array mirrored(Array half, int size) {
    int axis = half.rank() - 1;
    int[] dims = half.dims.clone();
    dims[axis] = size;
    Array out = Array.zeros(half.element, dims);
    int kept = half.dims[axis];
    for (int i = 0; i < out.count; i++) {
      int line = i / size;
      int k = i % size;
      int from = line * kept + (k < kept ? k : size - k);
      out.re[i] = half.re[from];
      out.im[i] = k < kept ? half.im[from] : -half.im[from];
    }
    // A real signal has no imaginary part at zero and at the middle frequency.
    for (int line = 0; size > 0 && line < out.count / size; line++) {
      out.im[line * size] = 0;
      if (size % 2 == 0) {
        out.im[line * size + size / 2] = 0;
      }
    }
    return out;
  }

  private static Array alongAxis(Array x, int axis, boolean inverse) {
    int size = x.dims[axis];
    int stride = Indexing.strides(x.dims)[axis];
    double[] re = new double[x.count];
    double[] im = new double[x.count];
    double[] lineRe = new double[size];
    double[] lineIm = new double[size];
    for (int start = 0; start < x.count; start++) {
      if (start / stride % size != 0) {
        continue;
      }
      for (int i = 0; i < size; i++) {
        lineRe[i] = x.re[start + i * stride];
        lineIm[i] = inverse ? -x.im[start + i * stride] : x.im[start + i * stride];
      }
      double[][] out = transform(lineRe, lineIm);
      for (int i = 0; i < size; i++) {
        re[start + i * stride] = inverse ? out[0][i] / size : out[0][i];
        im[start + i * stride] = inverse ? -out[1][i] / size : out[1][i];
      }
    }
    return Array.ofComplex(x.element, x.dims, re, im);
  }

  /** Cooley and Tukey's transform by the smallest prime factor, down to plain sums. */
  private static double[][] transform(double[] re, double[] im) {
    int n = re.length;
    int p = smallestFactor(n);
    double[] outRe = new double[n];
    double[] outIm = new double[n];
    if (n == 1) {
      return new double[][] {re.clone(), im.clone()};
    }
    int m = n / p;
    double[][][] parts = new double[p][][];
    for (int r = 0; r < p; r++) {
      double[] partRe = new double[m];
      double[] partIm = new double[m];
      for (int i = 0; i < m; i++) {
        partRe[i] = re[i * p + r];
        partIm[i] = im[i * p + r];
      }
      parts[r] = transform(partRe, partIm);
    }
    for (int k = 0; k < n; k++) {
      double sumRe = 0;
      double sumIm = 0;
      for (int r = 0; r < p; r++) {
        int turn = (int) ((long) k * r % n);
        double cosine = cosineOfTurn(turn, n);
        double sine = -cosineOfTurn(turn * 4L - n, 4 * n);
        double a = parts[r][0][k % m];
        double b = parts[r][1][k % m];
        sumRe += a * cosine - b * sine;
        sumIm += a * sine + b * cosine;
      }
      outRe[k] = sumRe;
      outIm[k] = sumIm;
    }
    return new double[][] {outRe, outIm};
  }

  /** {@code cos(2 pi k / n)}, exact at quarter turns. */
  private static double cosineOfTurn(long k, int n) {
    long turn = Math.floorMod(k, n);
    if (turn * 4 == n || turn * 4 == 3L * n) {
      return 0;
    }
    return turn == 0 ? 1 : turn * 2 == n ? -1 : Math.cos(2 * Math.PI * turn / n);
  }

  private static int smallestFactor(int n) {
    for (int p = 2; p * p <= n; p++) {
      if (n % p == 0) {
        return p;
      }
    }
    return Math.max(1, n);
  }
}
