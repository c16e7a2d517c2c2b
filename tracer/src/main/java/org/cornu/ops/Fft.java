package org.cornu.ops;

import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Discrete Fourier transforms, and short-time transforms of signals. Forward transforms are not
 * scaled, inverse ones by 1/n. Real input is computed in f32 or f64, results are c64 or c128.
 *
 * <pre>{@code
 * Tensor spectrum = Fft.rfft(signal);
 * Tensor frames = Fft.stft(signal, 256, 64, 256, Fft.hann(256), true);
 * }</pre>
 */
public final class Fft {
  private Fft() {}

  /** Transform of the last axis. */
  public static Tensor fft(Tensor x) {
    return fftn(x, null, -1);
  }

  /** Inverse transform of the last axis. */
  public static Tensor ifft(Tensor x) {
    return ifftn(x, null, -1);
  }

  /** Transform of the last two axes. */
  public static Tensor fft2(Tensor x) {
    return fftn(x, null, -2, -1);
  }

  /** Inverse transform of the last two axes. */
  public static Tensor ifft2(Tensor x) {
    return ifftn(x, null, -2, -1);
  }

  /**
   * Transform of axes.
   *
   * @param sizes cuts or pads each of the axes to this size before, or null
   * @param axes none means all
   */
  public static Tensor fftn(Tensor x, int @Nullable [] sizes, int... axes) {
    return Composed.of(x, v -> complex("FFT", sized(complex(v), sizes, axes), axes));
  }

  /** Inverse transform of axes; parameters as in {@link #fftn}. */
  public static Tensor ifftn(Tensor x, int @Nullable [] sizes, int... axes) {
    return Composed.of(x, v -> complex("IFFT", sized(complex(v), sizes, axes), axes));
  }

  /** Transform of real input over the last axis: the {@code n / 2 + 1} frequencies from 0 up. */
  public static Tensor rfft(Tensor x) {
    return rfftn(x, null, -1);
  }

  /** Transform of real input over the last axis, cut or padded to {@code n} before. */
  public static Tensor rfft(Tensor x, int n) {
    return rfftn(x, new int[] {n}, -1);
  }

  /** Transform of real input over the last two axes. */
  public static Tensor rfft2(Tensor x) {
    return rfftn(x, null, -2, -1);
  }

  /**
   * Transform of real input over axes; the last of them holds the frequencies from 0 up.
   *
   * @param sizes cuts or pads each of the axes to this size before, or null
   */
  public static Tensor rfftn(Tensor x, int @Nullable [] sizes, int... axes) {
    return Composed.of(
        x,
        w -> {
          if (w.dtype().isComplex()) {
            throw new OpException("rfft: real input is needed: got " + w.type().brief());
          }
          Tensor v = Lax.convertElementType(w, Promotion.wide(w.dtype()));
          int[] at = ordered(axes, v.rank());
          Tensor cut = sized(v, sizes, at);
          int last = at[at.length - 1];
          Tensor front = Np.moveaxis(cut, last, -1);
          Tensor out = Np.moveaxis(Lax.fft(front, "RFFT", front.shape().dim(-1)), -1, last);
          return complex("FFT", out, Arrays.copyOf(at, at.length - 1));
        });
  }

  /** Inverse of {@link #rfft(Tensor)} for an even number of points, real. */
  public static Tensor irfft(Tensor x) {
    return irfft(x, 2 * (x.size(-1) - 1));
  }

  /** Inverse of {@link #rfft(Tensor, int)} with {@code n} points, real. */
  public static Tensor irfft(Tensor x, int n) {
    return irfftn(x, new int[] {n}, -1);
  }

  /** Inverse transform to real output over the last two axes, an even number of points. */
  public static Tensor irfft2(Tensor x) {
    return irfftn(x, new int[] {x.size(-2), 2 * (x.size(-1) - 1)}, -2, -1);
  }

  /** Transform of a signal with real spectrum, given by its half from 0 up: {@code n} numbers. */
  public static Tensor hfft(Tensor x, int n) {
    return Np.multiply(irfft(Np.conj(x), n), (double) n);
  }

  /** Inverse of {@link #hfft}: the half of the signal from 0 up. */
  public static Tensor ihfft(Tensor x) {
    return Np.divide(Np.conj(rfft(x)), (double) x.size(-1));
  }

  /**
   * Inverse transform to real output over axes.
   *
   * @param sizes of the result; the last may be odd
   */
  public static Tensor irfftn(Tensor x, int[] sizes, int... axes) {
    return Composed.of(
        x,
        w -> {
          Tensor v = complex(w);
          int[] at = ordered(axes, v.rank());
          int last = at[at.length - 1];
          int n = sizes[sizes.length - 1];
          int[] rest = Arrays.copyOf(at, at.length - 1);
          Tensor inner = complex("IFFT", sized(v, Arrays.copyOf(sizes, rest.length), rest), rest);
          Tensor front = Np.moveaxis(inner, last, -1);
          Tensor cut = sized(front, new int[] {n / 2 + 1}, -1);
          return Np.moveaxis(Lax.fft(cut, "IRFFT", n), -1, last);
        });
  }

  private static int[] ordered(int[] axes, int rank) {
    return axes.length == 0 ? Dims.range(rank) : Dims.ordered("fft", axes, rank);
  }

  private static Tensor complex(Tensor x) {
    DType dtype = Promotion.wide(Promotion.inexact(x.dtype()));
    return Lax.convertElementType(x, dtype.complex());
  }

  private static Tensor complex(String kind, Tensor x, int... axes) {
    int[] at = axes.length == 0 ? axes : ordered(axes, x.rank());
    Tensor out = x;
    // XLA transforms at most three last axes at once.
    for (int axis : at) {
      Tensor front = Np.moveaxis(out, axis, -1);
      out = Np.moveaxis(Lax.fft(front, kind, front.shape().dim(-1)), -1, axis);
    }
    return out;
  }

  /** Axes cut or padded behind with zeros. */
  private static Tensor sized(Tensor x, int @Nullable [] sizes, int... axes) {
    if (sizes == null || sizes.length == 0) {
      return x;
    }
    int[] at = ordered(axes, x.rank());
    if (sizes.length != at.length) {
      throw new OpException(
          "fft: a size for each axis is needed: got "
              + sizes.length
              + " for axes ["
              + Dims.text(at)
              + "]");
    }
    Tensor out = x;
    for (int i = 0; i < at.length; i++) {
      long n = out.shape().dim(at[i]);
      if (sizes[i] < n) {
        out = Lax.sliceInDim(out, 0, sizes[i], 1, at[i]);
      } else if (sizes[i] > n) {
        long[] high = new long[x.rank()];
        high[at[i]] = sizes[i] - n;
        out = Lax.pad(out, Lax.full(x.dtype(), 0), new long[x.rank()], high, new long[x.rank()]);
      }
    }
    return out;
  }

  /** Frequencies of {@link #fft(Tensor)} for {@code n} points {@code spacing} apart, f32. */
  public static Tensor fftfreq(int n, double spacing) {
    double[] values = new double[n];
    Arrays.setAll(values, i -> (i < (n + 1) / 2 ? i : i - n) / (n * spacing));
    return NpCreation.host(DType.F32, values, n);
  }

  /** Frequencies of {@link #rfft(Tensor)} for {@code n} points {@code spacing} apart, f32. */
  public static Tensor rfftfreq(int n, double spacing) {
    double[] values = new double[n / 2 + 1];
    Arrays.setAll(values, i -> i / (n * spacing));
    return NpCreation.host(DType.F32, values, values.length);
  }

  /** Moves frequency 0 to the middle of axes; none means all. */
  public static Tensor fftshift(Tensor x, int... axes) {
    int[] at = ordered(axes, x.rank());
    int[] shifts = Arrays.stream(at).map(axis -> x.size(axis) / 2).toArray();
    return Np.roll(x, shifts, at);
  }

  /** Inverse of {@link #fftshift}. */
  public static Tensor ifftshift(Tensor x, int... axes) {
    int[] at = ordered(axes, x.rank());
    int[] shifts = Arrays.stream(at).map(axis -> -(x.size(axis) / 2)).toArray();
    return Np.roll(x, shifts, at);
  }

  /** Periodic Hann window of {@code n} points, f32. */
  public static Tensor hann(int n) {
    return periodic(n, 0.5);
  }

  /** Periodic Hamming window of {@code n} points, f32. */
  public static Tensor hamming(int n) {
    return periodic(n, 0.54);
  }

  private static Tensor periodic(int n, double a) {
    double[] values = new double[n];
    Arrays.setAll(values, i -> n == 1 ? 1 : a - (1 - a) * Math.cos(2 * Math.PI * i / n));
    return NpCreation.host(DType.F32, values, n);
  }

  /** Overlapping pieces of the last axis: {@code [..., n] -> [..., pieces, length]}. */
  public static Tensor extractSequences(Tensor x, int length, int stride) {
    return Composed.of(
        x,
        v -> {
          long n = v.shape().dim(-1);
          if (length > n || length < 1 || stride < 1) {
            throw new OpException(
                "extractSequences: pieces of "
                    + length
                    + " in steps of "
                    + stride
                    + " do not fit: got "
                    + v.type().brief());
          }
          long pieces = (n - length) / stride + 1;
          Tensor start =
              Lax.mul(
                  Lax.iota(DType.I32, 0, pieces, length),
                  Lax.full(DType.I32, stride, pieces, length));
          Tensor index = Lax.add(start, Lax.iota(DType.I32, 1, pieces, length));
          return Np.get(v, Index.ELLIPSIS, Index.at(index));
        });
  }

  /**
   * Short-time Fourier transform of real signals {@code [..., n] -> [..., frames, fftLength / 2 +
   * 1]}, complex, not scaled.
   *
   * @param length of a frame
   * @param stride from frame to frame
   * @param fftLength points of each transform, at least the length; frames stand in the middle
   * @param window factors of a frame {@code [length]}, or null for none over the whole transform
   * @param center whether signals are first extended at both ends by reflection, so that frames are
   *     centred on multiples of the stride
   */
  public static Tensor stft(
      Tensor x, int length, int stride, int fftLength, @Nullable Tensor window, boolean center) {
    if (fftLength < length) {
      throw new OpException(
          "stft: fftLength must be at least the length: got " + fftLength + " and " + length);
    }
    if (window == null) {
      return Composed.of(x, v -> stftOf(v, ones(v, fftLength), stride, center));
    }
    return Composed.of(
        x, window, (v, w) -> stftOf(v, widened(v, w, length, fftLength), stride, center));
  }

  private static Tensor ones(Tensor like, int n) {
    return Lax.full(Promotion.wide(like.dtype()).real(), 1, n);
  }

  private static Tensor widened(Tensor like, Tensor window, int length, int fftLength) {
    if (window.rank() != 1 || window.shape().dim(0) != length) {
      throw new OpException(
          "stft: the window must have the length of a frame, "
              + length
              + ": got "
              + window.type().brief());
    }
    int left = (fftLength - length) / 2;
    Tensor w = Lax.convertElementType(window, Promotion.wide(like.dtype()).real());
    return Np.pad(w, new int[][] {{left, fftLength - length - left}});
  }

  private static Tensor stftOf(Tensor x, Tensor window, int stride, boolean center) {
    int n = window.size(0);
    Tensor v = Lax.convertElementType(x, window.dtype());
    if (center) {
      int[][] widths = new int[v.rank()][2];
      widths[v.rank() - 1] = new int[] {n / 2, n / 2};
      v = Np.pad(v, widths, NpPadding.PadMode.REFLECT);
    }
    return rfft(Np.multiply(extractSequences(v, n, stride), window));
  }

  /**
   * Inverse of {@link #stft}: {@code [..., frames, fftLength / 2 + 1]}, complex, to real signals.
   *
   * @param samples length of the result, or null for what the frames give
   */
  public static Tensor istft(
      Tensor x,
      int length,
      int stride,
      int fftLength,
      @Nullable Integer samples,
      @Nullable Tensor window,
      boolean center) {
    if (window == null) {
      // Without a window Keras scales by the transform over the stride.
      return Composed.of(
          x,
          v ->
              Np.multiply(
                  istftOf(v, ones(v, fftLength), stride, samples, center),
                  (double) fftLength / stride));
    }
    return Composed.of(
        x, window, (v, w) -> istftOf(v, widened(v, w, length, fftLength), stride, samples, center));
  }

  private static Tensor istftOf(
      Tensor x, Tensor window, int stride, @Nullable Integer samples, boolean center) {
    int n = window.size(0);
    long frames = x.shape().dim(-2);
    Tensor pieces = Np.multiply(irfft(x, n), window);
    Tensor sum = overlapAdd(pieces, stride);
    Tensor squares =
        Lax.broadcastInDim(Lax.mul(window, window), org.cornu.stablehlo.ir.Shape.of(frames, n), 1);
    Tensor weight = overlapAdd(squares, stride);
    Tensor usable = Lax.gt(weight, Dims.constant(weight, 1e-10));
    Tensor divisor = Lax.select(usable, weight, Dims.constant(weight, 1));
    Tensor out = Np.divide(sum, divisor);
    int start = center ? n / 2 : 0;
    int whole = out.size(-1);
    int end = samples != null ? start + samples : center ? whole - n / 2 : whole;
    return Np.get(out, Index.ELLIPSIS, Index.slice(start, Math.min(end, whole)));
  }

  /** Sum of pieces laid {@code stride} apart: {@code [..., n, length] -> [..., m]}. */
  public static Tensor overlapAdd(Tensor pieces, int stride) {
    return Composed.of(
        pieces,
        v -> {
          int rank = v.rank();
          long n = v.shape().dim(rank - 2);
          long length = v.shape().dim(rank - 1);
          int chunks = (int) ((length + stride - 1) / stride);
          int[][] widths = new int[rank][2];
          widths[rank - 1] = new int[] {0, (int) (chunks * (long) stride - length)};
          long[] dims = v.shape().insert(rank, stride).dims();
          dims[rank - 1] = chunks;
          Tensor split = Lax.reshape(Np.pad(v, widths), dims);
          Tensor sum = null;
          for (int k = 0; k < chunks; k++) {
            Tensor part = Np.get(split, Index.ELLIPSIS, Index.at(k), Index.ALL);
            int[][] place = new int[rank][2];
            place[rank - 2] = new int[] {k, chunks - 1 - k};
            Tensor shifted = Np.pad(part, place);
            sum = sum == null ? shifted : Lax.add(sum, shifted);
          }
          Tensor whole = sum == null ? v : sum;
          Tensor flat =
              Lax.reshape(
                  whole,
                  v.shape().slice(0, rank - 2).insert(rank - 2, (n + chunks - 1) * stride).dims());
          return Lax.sliceInDim(flat, 0, length + stride * (n - 1), 1, rank - 2);
        });
  }

  /** Parts of a complex tensor, real first. */
  public static List<Tensor> parts(Tensor x) {
    return Composed.many(v -> List.of(Np.real(v.get(0)), Np.imag(v.get(0))), List.of(x));
  }
}
