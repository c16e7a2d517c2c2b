package org.cornu.ops;

import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Functions of images {@code [batch, height, width, channels]}, or of one image without the batch;
 * with {@link DataFormat#CHANNELS_FIRST} the channels stand before the height.
 *
 * <pre>{@code
 * Tensor small = Image.resize(images, 32, 32, ResizeOptions.DEFAULT.antialias(true));
 * Tensor gray = Image.rgbToGrayscale(images, DataFormat.CHANNELS_LAST);
 * }</pre>
 */
public final class Image extends ImageSampling {
  private Image() {}

  private static void requireColours(String op, Tensor x, DataFormat format) {
    rowAxis(op, x, format);
    long channels = x.shape().dim(channelAxis(x, format));
    if (channels != 3) {
      throw new OpException(op + ": three channels are needed: got " + x.type().brief());
    }
  }

  /** Gray from red, green and blue: {@code 0.2989 r + 0.587 g + 0.114 b}, one channel. */
  public static Tensor rgbToGrayscale(Tensor x, DataFormat format) {
    return Composed.of(
        x,
        v -> {
          rowAxis("rgbToGrayscale", v, format);
          int axis = channelAxis(v, format);
          if (v.shape().dim(axis) == 1) {
            return v;
          }
          requireColours("rgbToGrayscale", v, format);
          Tensor f = Lax.convertElementType(v, Promotion.inexact(v.dtype()));
          long[] dims = Dims.filled(v.rank(), 1);
          dims[axis] = 3;
          Tensor weights =
              Lax.reshape(
                  NpCreation.host(f.dtype(), new double[] {0.2989, 0.5870, 0.1140}, 3), dims);
          return Lax.convertElementType(Np.sum(Np.multiply(f, weights), true, axis), v.dtype());
        });
  }

  /** Hue, saturation and value in [0, 1] from red, green and blue in [0, 1]. */
  public static Tensor rgbToHsv(Tensor x, DataFormat format) {
    return Composed.of(
        x,
        w -> {
          requireColours("rgbToHsv", w, format);
          requireFloat("rgbToHsv", w);
          int axis = channelAxis(w, format);
          Tensor v = Np.where(Np.less(Np.abs(w), Limits.epsilon(w.dtype())), 0.0, w);
          List<Tensor> c = Np.unstack(v, axis);
          Tensor r = c.get(0);
          Tensor g = c.get(1);
          Tensor b = c.get(2);
          Tensor value = Lax.max(Lax.max(r, g), b);
          Tensor range = Lax.sub(value, Lax.min(Lax.min(r, g), b));
          Tensor bright = Np.greater(value, 0.0);
          Tensor coloured = Np.greater(range, 0.0);
          Tensor saturation = Np.where(bright, Lax.div(range, Np.where(bright, value, 1.0)), 0.0);
          Tensor norm = Np.divide(1.0, Np.multiply(Np.where(coloured, range, 1.0), 6.0));
          Tensor hue =
              Np.where(
                  Lax.eq(value, g),
                  Np.add(Lax.mul(norm, Lax.sub(b, r)), 2.0 / 6),
                  Np.add(Lax.mul(norm, Lax.sub(r, g)), 4.0 / 6));
          hue = Np.where(Lax.eq(value, r), Lax.mul(norm, Lax.sub(g, b)), hue);
          Tensor wrapped = Lax.convertElementType(Np.less(hue, 0.0), hue.dtype());
          hue = Lax.add(Np.where(coloured, hue, 0.0), wrapped);
          return Np.stack(List.of(hue, saturation, value), axis);
        });
  }

  /** Red, green and blue in [0, 1] from hue, saturation and value in [0, 1]. */
  public static Tensor hsvToRgb(Tensor x, DataFormat format) {
    return Composed.of(
        x,
        v -> {
          requireColours("hsvToRgb", v, format);
          requireFloat("hsvToRgb", v);
          int axis = channelAxis(v, format);
          List<Tensor> c = Np.unstack(v, axis);
          Tensor hue = Np.multiply(Np.mod(c.get(0), 1.0), 6.0);
          Tensor saturation = c.get(1);
          Tensor value = c.get(2);
          Tensor red = Np.clip(Np.subtract(Np.abs(Np.subtract(hue, 3.0)), 1.0), 0.0, 1.0);
          Tensor green = Np.clip(Np.subtract(2.0, Np.abs(Np.subtract(hue, 2.0))), 0.0, 1.0);
          Tensor blue = Np.clip(Np.subtract(2.0, Np.abs(Np.subtract(hue, 4.0))), 0.0, 1.0);
          Tensor gray = Np.subtract(1.0, saturation);
          return Np.stack(
              List.of(
                  Lax.mul(value, Lax.add(gray, Lax.mul(saturation, red))),
                  Lax.mul(value, Lax.add(gray, Lax.mul(saturation, green))),
                  Lax.mul(value, Lax.add(gray, Lax.mul(saturation, blue)))),
              axis);
        });
  }

  private static void requireFloat(String op, Tensor x) {
    if (!x.dtype().isFloat()) {
      throw new OpException(op + ": floating-point colours are needed: got " + x.type().brief());
    }
  }

  /** The same kernel {@code [h, w]} over every channel, same or valid padding. */
  private static Tensor filtered(
      Tensor x, double[] kernel, int h, int w, Padding padding, DataFormat format) {
    long channels = x.shape().dim(format.channelAxis(4));
    Tensor k = NpCreation.host(x.dtype(), kernel, h, w, 1, 1);
    Tensor full = Dims.broadcastTo(k, org.cornu.stablehlo.ir.Shape.of(h, w, channels, 1));
    return Nn.depthwiseConv(x, full, ConvOptions.DEFAULT.padding(padding).format(format));
  }

  private static double[] gaussian(int size, double sigma) {
    double[] out = new double[size];
    double sum = 0;
    for (int i = 0; i < size; i++) {
      double x = (i - (size - 1) / 2.0) / sigma;
      out[i] = Math.exp(-0.5 * x * x);
      sum += out[i];
    }
    for (int i = 0; i < size; i++) {
      out[i] /= sum;
    }
    return out;
  }

  private static double[] product(double[] down, double[] across) {
    double[] out = new double[down.length * across.length];
    for (int i = 0; i < down.length; i++) {
      for (int j = 0; j < across.length; j++) {
        out[i * across.length + j] = down[i] * across[j];
      }
    }
    return out;
  }

  /**
   * Blurs with a Gaussian, zeros beyond the edges.
   *
   * @param size of the kernel, {rows, columns}
   * @param sigma its deviation in pixels, {first, second} side
   */
  public static Tensor gaussianBlur(Tensor x, int[] size, double[] sigma, DataFormat format) {
    return Composed.of(
        x,
        w -> {
          rowAxis("gaussianBlur", w, format);
          Tensor v = w.rank() == 3 ? Np.expandDims(w, 0) : w;
          v = Lax.convertElementType(v, Promotion.inexact(v.dtype()));
          double[] kernel = product(gaussian(size[1], sigma[1]), gaussian(size[0], sigma[0]));
          Tensor out = filtered(v, kernel, size[1], size[0], Padding.SAME, format);
          return w.rank() == 3 ? Np.squeeze(out, 0) : out;
        });
  }

  /**
   * Images blurred by a Gaussian whose width is known only when the program runs.
   *
   * @param size height and width of the kernel
   * @param sigma its deviations in pixels, {@code [2]}: down and across
   */
  public static Tensor gaussianBlur(Tensor x, int[] size, Tensor sigma, DataFormat format) {
    return Composed.of(
        x,
        sigma,
        (w, deviations) -> {
          rowAxis("gaussianBlur", w, format);
          Tensor v = w.rank() == 3 ? Np.expandDims(w, 0) : w;
          v = Lax.convertElementType(v, Promotion.inexact(v.dtype()));
          Tensor d = Lax.convertElementType(deviations, v.dtype());
          Tensor across = gaussian(size[0], Np.get(d, Index.at(0)), null);
          Tensor down = gaussian(size[1], Np.get(d, Index.at(1)), null);
          Tensor out = blurred(v, Np.outer(down, across), format);
          return w.rank() == 3 ? Np.squeeze(out, 0) : out;
        });
  }

  /**
   * A Gaussian over {@code size} places that sums to 1.
   *
   * @param reach places farther from the middle count nothing; null for none
   */
  static Tensor gaussian(int size, Tensor sigma, @Nullable Tensor reach) {
    Tensor x = Np.subtract(Lax.iota(sigma.dtype(), size), (size - 1) / 2.0);
    Tensor weights = Np.exp(Np.multiply(Np.square(Np.divide(x, sigma)), -0.5));
    if (reach != null) {
      weights = Np.where(Np.lessEqual(Np.abs(x), reach), weights, 0.0);
    }
    return Np.divide(weights, Np.sum(weights));
  }

  /** A batch of images under a kernel {@code [height, width]}, zeros beyond the edges. */
  static Tensor blurred(Tensor x, Tensor kernel, DataFormat format) {
    long channels = x.shape().dim(format.channelAxis(4));
    Tensor k = Np.expandDims(kernel, 2, 3);
    Tensor full = Np.broadcastTo(k, kernel.shape().dim(0), kernel.shape().dim(1), channels, 1);
    return Nn.depthwiseConv(x, full, ConvOptions.DEFAULT.padding(Padding.SAME).format(format));
  }

  /** Derivatives by Sobel's kernels: {@code [..., 2]}, down then across; zeros beyond the edges. */
  public static Tensor sobelEdges(Tensor x, DataFormat format) {
    return Composed.of(
        x,
        w -> {
          if (w.rank() != 4) {
            throw new OpException(
                "sobelEdges: a batch of images is needed: got " + w.type().brief());
          }
          Tensor v = Lax.convertElementType(w, Promotion.inexact(w.dtype()));
          double[] across = {-1, 0, 1, -2, 0, 2, -1, 0, 1};
          double[] down = {-1, -2, -1, 0, 0, 0, 1, 2, 1};
          Tensor edges =
              Np.stack(
                  List.of(
                      filtered(v, down, 3, 3, Padding.SAME, format),
                      filtered(v, across, 3, 3, Padding.SAME, format)),
                  -1);
          // Whole numbers stay so, where their differences fit.
          return w.dtype().isSigned() ? Lax.convertElementType(edges, w.dtype()) : edges;
        });
  }

  /**
   * Blocks of images, laid side by side in the channels: {@code [batch, h', w', rows * columns *
   * channels]}; or of volumes, with three sizes.
   *
   * @param size of a block, one number for each spatial dimension
   * @param options steps (of the size of a block unless given), padding, dilation, layout
   */
  public static Tensor extractPatches(Tensor x, int[] size, ConvOptions options) {
    int spatial = size.length;
    return Composed.of(
        x,
        w -> {
          boolean single = w.rank() == spatial + 1;
          Tensor v = single ? Np.expandDims(w, 0) : w;
          if (v.rank() != spatial + 2) {
            throw new OpException(
                "extractPatches: "
                    + spatial
                    + " spatial dimensions are needed: got "
                    + w.type().brief());
          }
          long channels = v.shape().dim(options.format().channelAxis(v.rank()));
          long outputs = channels;
          long[] dims = new long[spatial + 2];
          for (int i = 0; i < spatial; i++) {
            dims[i] = size[i];
            outputs *= size[i];
          }
          dims[spatial] = channels;
          dims[spatial + 1] = outputs;
          Tensor kernel = Lax.reshape(Matrices.eye(v.dtype(), outputs, outputs), dims);
          Tensor out = Nn.conv(v, kernel, options);
          return single ? Np.squeeze(out, 0) : out;
        });
  }

  /**
   * Structural similarity of two batches of images, 1 where they are equal.
   *
   * @param max the range of the pixels
   * @param size of the Gaussian window
   * @param sigma its deviation in pixels
   * @return {@code [batch]}
   */
  public static Tensor ssim(
      Tensor x,
      Tensor y,
      double max,
      int size,
      double sigma,
      double k1,
      double k2,
      DataFormat format) {
    return Composed.of(
        x,
        y,
        (a, b) -> {
          boolean single = a.rank() == 3;
          rowAxis("ssim", a, format);
          DType dtype = Promotion.inexact(a.dtype());
          Tensor p = Lax.convertElementType(single ? Np.expandDims(a, 0) : a, dtype);
          Tensor q = Lax.convertElementType(single ? Np.expandDims(b, 0) : b, dtype);
          double[] kernel = product(gaussian(size, sigma), gaussian(size, sigma));
          Tensor meanP = window(p, kernel, size, format);
          Tensor meanQ = window(q, kernel, size, format);
          Tensor pp = Lax.mul(meanP, meanP);
          Tensor qq = Lax.mul(meanQ, meanQ);
          Tensor pq = Lax.mul(meanP, meanQ);
          Tensor varP = Lax.sub(window(Lax.mul(p, p), kernel, size, format), pp);
          Tensor varQ = Lax.sub(window(Lax.mul(q, q), kernel, size, format), qq);
          Tensor cov = Lax.sub(window(Lax.mul(p, q), kernel, size, format), pq);
          double c1 = k1 * max * k1 * max;
          double c2 = k2 * max * k2 * max;
          Tensor above =
              Lax.mul(Np.add(Np.multiply(pq, 2.0), c1), Np.add(Np.multiply(cov, 2.0), c2));
          Tensor below = Lax.mul(Np.add(Lax.add(pp, qq), c1), Np.add(Lax.add(varP, varQ), c2));
          Tensor out = Np.mean(Lax.div(above, below), 1, 2, 3);
          return Lax.convertElementType(single ? Np.squeeze(out, 0) : out, a.dtype());
        });
  }

  private static Tensor window(Tensor x, double[] kernel, int size, DataFormat format) {
    return filtered(x, kernel, size, size, Padding.VALID, format);
  }
}
