package org.cornu.ops;

import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.build.Precision;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/** The part of {@link Image} about sizes: resizing, cutting, padding. */
abstract sealed class ImageResize permits ImageSampling {

  /** The axis of the rows; the columns come next. An image without batch has one axis less. */
  static int rowAxis(String op, Tensor x, DataFormat format) {
    if (x.rank() != 3 && x.rank() != 4) {
      throw new OpException(
          op + ": one image or a batch of images is needed: got " + x.type().brief());
    }
    int batch = x.rank() - 3;
    return format == DataFormat.CHANNELS_LAST ? batch : batch + 1;
  }

  static int channelAxis(Tensor x, DataFormat format) {
    return format == DataFormat.CHANNELS_LAST ? x.rank() - 1 : x.rank() - 3;
  }

  /**
   * Images of another size; pixels are squares, with their centres half a side from the edge. The
   * type stays; whole numbers are rounded and cut to its range.
   */
  public static Tensor resize(Tensor x, int height, int width, ResizeOptions options) {
    if (options.cropToAspectRatio() && options.padToAspectRatio()) {
      throw new OpException("resize: an image is either cut or padded to the ratio, not both");
    }
    return Composed.of(
        x,
        w -> {
          int row = rowAxis("resize", w, options.format());
          Tensor v = w;
          if (options.cropToAspectRatio()) {
            v = cropped(v, row, height, width);
          } else if (options.padToAspectRatio()) {
            v = padded(v, row, height, width, options.fillValue());
          }
          if (options.interpolation() == Interpolation.NEAREST) {
            return nearest(nearest(v, row, height), row + 1, width);
          }
          Tensor f = Lax.convertElementType(v, Promotion.inexact(v.dtype()));
          Tensor rows = resized(f, row, height, options);
          Tensor out = resized(rows, row + 1, width, options);
          return Np.saturateCast(w.dtype().isInteger() ? Np.round(out) : out, w.dtype());
        });
  }

  /** Images of another size, bilinear. */
  public static Tensor resize(Tensor x, int height, int width) {
    return resize(x, height, width, ResizeOptions.DEFAULT);
  }

  private static Tensor cropped(Tensor x, int row, int height, int width) {
    int h = x.size(row);
    int w = x.size(row + 1);
    int cropHeight = Math.max(Math.min(h, (int) ((double) w * height / width)), 1);
    int cropWidth = Math.max(Math.min(w, (int) ((double) h * width / height)), 1);
    int top = (h - cropHeight) / 2;
    int left = (w - cropWidth) / 2;
    Tensor out = Lax.sliceInDim(x, top, top + cropHeight, 1, row);
    return Lax.sliceInDim(out, left, left + cropWidth, 1, row + 1);
  }

  private static Tensor padded(Tensor x, int row, int height, int width, double value) {
    int h = x.size(row);
    int w = x.size(row + 1);
    int top = (Math.max(h, (int) ((double) w * height / width)) - h) / 2;
    int left = (Math.max(w, (int) ((double) h * width / height)) - w) / 2;
    int[][] widths = new int[x.rank()][2];
    if (top > 0) {
      widths[row] = new int[] {top, top};
    } else if (left > 0) {
      widths[row + 1] = new int[] {left, left};
    }
    return Np.pad(x, widths, value);
  }

  private static Tensor nearest(Tensor x, int axis, int size) {
    long n = x.shape().dim(axis);
    if (n == size) {
      return x;
    }
    double[] source = new double[size];
    // In f32, as the recorded values of the reference are.
    Arrays.setAll(
        source,
        i -> Math.min(n - 1, Math.floor((float) (((float) i + 0.5f) * (float) n / (float) size))));
    Index[] index = new Index[x.rank()];
    Arrays.fill(index, Index.ALL);
    index[axis] = Index.at(NpCreation.host(DType.I32, source, size));
    return Np.get(x, index);
  }

  private static Tensor resized(Tensor x, int axis, int size, ResizeOptions options) {
    int n = x.size(axis);
    if (n == size) {
      return x;
    }
    // In f32 as JAX does: for whole numbers, the rounding of weights decides between two values.
    float inverse = 1 / (float) ((double) size / n);
    float spread = options.antialias() ? Math.max(inverse, 1) : 1;
    double[] weights = new double[n * size];
    for (int j = 0; j < size; j++) {
      float at = (j + 0.5f) * inverse - 0.5f;
      float total = 0;
      for (int i = 0; i < n; i++) {
        weights[i * size + j] = (float) options.interpolation().weight((at - i) / spread);
        total += (float) weights[i * size + j];
      }
      boolean inside = at >= -0.5 && at <= n - 0.5 && Math.abs(total) > 1000 * 1.2e-7;
      for (int i = 0; i < n; i++) {
        weights[i * size + j] = inside ? (float) weights[i * size + j] / total : 0;
      }
    }
    Tensor matrix = NpCreation.host(x.dtype(), weights, n, size);
    return alongAxis(x, axis, matrix);
  }

  /** Contracts an axis with the rows of a matrix, whose columns take its place. */
  static Tensor alongAxis(Tensor x, int axis, Tensor matrix) {
    Tensor out =
        Lax.dotGeneral(
            x,
            matrix,
            new DimensionNumbers.Dot(List.of(), List.of(), List.of((long) axis), List.of(0L)),
            Precision.HIGHEST,
            null);
    return Np.moveaxis(out, -1, axis);
  }

  /**
   * Scales and moves an image of any number of axes: output position {@code o} shows input position
   * {@code (o + 1/2 - translation) / scale - 1/2}; beyond the input it is 0.
   *
   * @param dims shape of the result; axes that are not spatial keep their size
   * @param scale factor for each spatial axis {@code [k]}
   * @param translation in output pixels for each spatial axis {@code [k]}
   * @param axes the spatial axes
   */
  public static Tensor scaleAndTranslate(
      Tensor x,
      long[] dims,
      Tensor scale,
      Tensor translation,
      int[] axes,
      Interpolation method,
      boolean antialias) {
    return Composed.of(
        x,
        scale,
        translation,
        (w, s, t) -> {
          Tensor v = Lax.convertElementType(w, Promotion.inexact(w.dtype()));
          int[] at = Dims.ordered("scaleAndTranslate", axes, v.rank());
          for (int i = 0; i < at.length; i++) {
            Tensor matrix =
                weights(
                    v.size(at[i]),
                    (int) dims[at[i]],
                    Lax.convertElementType(Np.get(s, Index.at(i)), v.dtype()),
                    Lax.convertElementType(Np.get(t, Index.at(i)), v.dtype()),
                    method,
                    antialias);
            v = alongAxis(v, at[i], matrix);
          }
          return v;
        });
  }

  private static Tensor weights(
      int n, int size, Tensor scale, Tensor translation, Interpolation method, boolean antialias) {
    DType dtype = scale.dtype();
    Tensor inverse = Lax.div(Lax.full(dtype, 1), scale);
    Tensor spread = antialias ? Lax.max(inverse, Lax.full(dtype, 1)) : Lax.full(dtype, 1);
    Tensor column = Np.add(Lax.iota(dtype, 1, n, size), 0.5);
    Tensor at =
        Np.subtract(
            Np.subtract(Np.multiply(column, inverse), Np.multiply(translation, inverse)), 0.5);
    Tensor distance = Np.divide(Lax.abs(Lax.sub(at, Lax.iota(dtype, 0, n, size))), spread);
    Tensor raw = kernel(distance, method);
    Tensor total = Np.sum(raw, true, 0);
    Tensor usable = Np.greater(Lax.abs(total), 1000 * Limits.epsilon(dtype));
    Tensor divisor = Np.where(usable, total, 1.0);
    Tensor normalized = Np.where(usable, Np.divide(raw, divisor), 0.0);
    Tensor inside = Lax.bitwiseAnd(Np.greaterEqual(at, -0.5), Np.lessEqual(at, n - 0.5));
    return Np.where(inside, normalized, 0.0);
  }

  private static Tensor kernel(Tensor x, Interpolation method) {
    return switch (method) {
      case BILINEAR -> Np.maximum(Np.subtract(1.0, x), 0.0);
      case BICUBIC -> {
        Tensor near = Np.add(Lax.mul(Np.subtract(Np.multiply(x, 1.5), 2.5), Lax.mul(x, x)), 1.0);
        Tensor far = Np.add(Np.multiply(x, -0.5), 2.5);
        far = Np.subtract(Lax.mul(far, x), 4.0);
        far = Np.add(Lax.mul(far, x), 2.0);
        Tensor out = Np.where(Np.greaterEqual(x, 1.0), far, near);
        yield Np.where(Np.greaterEqual(x, 2.0), 0.0, out);
      }
      case LANCZOS3 -> lanczos(x, 3);
      case LANCZOS5 -> lanczos(x, 5);
      case NEAREST ->
          throw new OpException("scaleAndTranslate: the nearest pixel is no kernel: got nearest");
    };
  }

  private static Tensor lanczos(Tensor x, double radius) {
    Tensor far = Np.greater(x, 1e-3);
    Tensor safe = Np.where(far, x, 1.0);
    Tensor a = Np.multiply(safe, Math.PI);
    Tensor y = Np.multiply(Lax.mul(Lax.sin(a), Lax.sin(Np.divide(a, radius))), radius);
    Tensor out = Np.where(far, Lax.div(y, Lax.mul(a, a)), 1.0);
    return Np.where(Np.greater(x, radius), 0.0, out);
  }

  /** Cuts images: {@code height} rows from {@code top}, {@code width} columns from {@code left}. */
  public static Tensor cropImages(
      Tensor x, int top, int left, int height, int width, DataFormat format) {
    return Composed.of(
        x,
        v -> {
          int row = rowAxis("cropImages", v, format);
          if (top < 0
              || left < 0
              || height < 0
              || width < 0
              || top + height > v.size(row)
              || left + width > v.size(row + 1)) {
            throw new OpException(
                "cropImages: the part must lie within the image: got "
                    + height
                    + " x "
                    + width
                    + " from ("
                    + top
                    + ", "
                    + left
                    + ") of "
                    + v.type().brief());
          }
          Tensor rows = Lax.sliceInDim(v, top, top + height, 1, row);
          return Lax.sliceInDim(rows, left, left + width, 1, row + 1);
        });
  }

  /** Puts zeros around images. */
  public static Tensor padImages(
      Tensor x, int top, int bottom, int left, int right, DataFormat format) {
    return Composed.of(
        x,
        v -> {
          int row = rowAxis("padImages", v, format);
          int[][] widths = new int[v.rank()][2];
          widths[row] = new int[] {top, bottom};
          widths[row + 1] = new int[] {left, right};
          return Np.pad(v, widths);
        });
  }
}
