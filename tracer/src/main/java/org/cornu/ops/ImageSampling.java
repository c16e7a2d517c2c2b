package org.cornu.ops;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/** The part of {@link Image} that reads images at computed positions. */
abstract sealed class ImageSampling extends ImageResize permits Image {

  /** A neighbour along one axis: its position, and its weight. */
  private record Neighbour(Tensor position, Tensor weight) {}

  /**
   * Elements of a tensor at computed positions, interpolated.
   *
   * @param x {@code [n1, …, nr]}
   * @param coordinates {@code [r, …]}, a position on each axis
   * @param order 0: nearest element, 1: linear between neighbours
   * @return the shape of the coordinates without the first axis; integers are rounded
   */
  public static Tensor mapCoordinates(
      Tensor x, Tensor coordinates, int order, FillMode mode, double fillValue) {
    return Composed.of(
        x,
        coordinates,
        (v, c) -> {
          if (c.rank() < 1 || c.shape().dim(0) != v.rank()) {
            throw new OpException(
                "mapCoordinates: a coordinate for each axis is needed: got "
                    + Dims.briefs(List.of(v, c)));
          }
          return sampled(v, Np.unstack(c, 0), order, mode, fillValue);
        });
  }

  private static Tensor sampled(
      Tensor x, List<Tensor> coordinates, int order, FillMode mode, double fillValue) {
    if (order != 0 && order != 1) {
      throw new OpException("mapCoordinates: the order must be 0 or 1: got " + order);
    }
    List<List<Neighbour>> axes = new ArrayList<>();
    for (Tensor c : coordinates) {
      axes.add(neighbours(c, order));
    }
    Tensor sum = null;
    int corners = order == 0 ? 1 : 1 << axes.size();
    for (int corner = 0; corner < corners; corner++) {
      Index[] index = new Index[axes.size()];
      Tensor weight = null;
      Tensor valid = null;
      for (int axis = 0; axis < index.length; axis++) {
        Neighbour n = axes.get(axis).get((corner >> axis) & 1);
        long size = x.shape().dim(axis);
        index[axis] = Index.at(fixed(n.position(), size, mode));
        weight = weight == null ? n.weight() : Np.multiply(weight, n.weight());
        if (mode == FillMode.CONSTANT) {
          Tensor inside =
              Np.logicalAnd(Np.greaterEqual(n.position(), 0L), Np.less(n.position(), size));
          valid = valid == null ? inside : Np.logicalAnd(valid, inside);
        }
      }
      Tensor value = Np.get(x, index);
      if (valid != null) {
        value = Np.where(valid, value, Lax.full(x.dtype(), fillValue));
      }
      Tensor term = weight == null ? value : Np.multiply(value, weight);
      sum = sum == null ? term : Np.add(sum, term);
    }
    if (sum == null) {
      return x;
    }
    if (x.dtype().isInteger()) {
      sum = sum.dtype().isFloat() ? Lax.roundNearestAfz(sum) : sum;
    }
    return Lax.convertElementType(sum, x.dtype());
  }

  private static List<Neighbour> neighbours(Tensor coordinate, int order) {
    Tensor c = Lax.convertElementType(coordinate, Promotion.inexact(coordinate.dtype()));
    if (order == 0) {
      Tensor nearest = Lax.convertElementType(Lax.roundNearestAfz(c), DType.I32);
      return List.of(new Neighbour(nearest, Dims.constant(c, 1)));
    }
    Tensor low = Lax.floor(c);
    Tensor upper = Lax.sub(c, low);
    Tensor position = Lax.convertElementType(low, DType.I32);
    return List.of(
        new Neighbour(position, Lax.sub(Dims.constant(c, 1), upper)),
        new Neighbour(Lax.add(position, Dims.constant(position, 1)), upper));
  }

  /** Positions beyond the axis brought back into it. */
  private static Tensor fixed(Tensor position, long size, FillMode mode) {
    return switch (mode) {
      case CONSTANT, NEAREST -> Np.clip(position, 0L, size - 1);
      case WRAP -> Np.mod(position, size);
      case MIRROR -> mirrored(position, size);
      case REFLECT -> {
        Tensor doubled = mirrored(Np.add(Np.multiply(position, 2L), 1L), 2 * size + 1);
        yield Np.floorDivide(Np.subtract(doubled, 1L), 2L);
      }
    };
  }

  private static Tensor mirrored(Tensor position, long size) {
    long s = size - 1;
    if (s == 0) {
      return Dims.constant(position, 0);
    }
    return Np.abs(Np.subtract(Np.mod(Np.add(position, s), 2 * s), s));
  }

  private static int order(Interpolation interpolation) {
    return switch (interpolation) {
      case NEAREST -> 0;
      case BILINEAR -> 1;
      case BICUBIC, LANCZOS3, LANCZOS5 ->
          throw new OpException(
              "transforms of images: the interpolation must be nearest or bilinear: got "
                  + interpolation.kerasName());
    };
  }

  /**
   * Images read at rows and columns that are given for each output pixel.
   *
   * @param x {@code [batch, h, w, channels]}
   * @param rows {@code [batch, h', w', channels or 1]}
   * @param columns like rows
   */
  private static Tensor sample(
      Tensor x,
      Tensor rows,
      Tensor columns,
      Interpolation interpolation,
      FillMode mode,
      double fillValue) {
    long batch = x.shape().dim(0);
    long channels = x.shape().dim(3);
    Tensor image = Lax.reshape(Lax.iota(DType.I32, batch), batch, 1, 1, 1);
    Tensor channel = Lax.reshape(Lax.iota(DType.I32, channels), 1, 1, 1, channels);
    Tensor sum = null;
    int order = order(interpolation);
    for (Neighbour r : neighbours(rows, order)) {
      for (Neighbour c : neighbours(columns, order)) {
        Tensor value =
            Np.get(
                x,
                Index.at(image),
                Index.at(fixed(r.position(), x.shape().dim(1), mode)),
                Index.at(fixed(c.position(), x.shape().dim(2), mode)),
                Index.at(channel));
        if (mode == FillMode.CONSTANT) {
          Tensor inside =
              Np.logicalAnd(
                  Np.logicalAnd(
                      Np.greaterEqual(r.position(), 0L), Np.less(r.position(), x.shape().dim(1))),
                  Np.logicalAnd(
                      Np.greaterEqual(c.position(), 0L), Np.less(c.position(), x.shape().dim(2))));
          value = Np.where(inside, value, Lax.full(x.dtype(), fillValue));
        }
        Tensor term = Np.multiply(value, Np.multiply(r.weight(), c.weight()));
        sum = sum == null ? term : Np.add(sum, term);
      }
    }
    Tensor out = sum == null ? x : sum;
    if (x.dtype().isInteger()) {
      out = Lax.roundNearestAfz(out);
    }
    return Lax.convertElementType(out, x.dtype());
  }

  /** Runs a function of {@code [batch, h, w, channels]} on images of any layout. */
  private static Tensor batched(
      String op, Tensor x, DataFormat format, org.cornu.tracer.F1<Tensor, Tensor> f) {
    int row = rowAxis(op, x, format);
    Tensor v = row == x.rank() - 2 ? Np.moveaxis(x, channelAxis(x, format), -1) : x;
    boolean single = v.rank() == 3;
    Tensor out = f.apply(single ? Np.expandDims(v, 0) : v);
    out = single ? Np.squeeze(out, 0) : out;
    return row == x.rank() - 2 ? Np.moveaxis(out, -1, channelAxis(x, format)) : out;
  }

  /**
   * Affine transforms: output pixel (x, y) shows input position {@code (a0 x + a1 y + a2, b0 x + b1
   * y + b2)}.
   *
   * @param x {@code [batch, h, w, channels]}, or one image
   * @param transform {@code [batch, 8]} or {@code [8]}: a0, a1, a2, b0, b1, b2, c0, c1
   */
  public static Tensor affineTransform(
      Tensor x,
      Tensor transform,
      Interpolation interpolation,
      FillMode mode,
      double fillValue,
      DataFormat format) {
    return Composed.of(
        x,
        transform,
        (v, t) ->
            batched(
                "affineTransform",
                v,
                format,
                images -> affine(images, t, interpolation, mode, fillValue)));
  }

  private static Tensor affine(
      Tensor x, Tensor transform, Interpolation interpolation, FillMode mode, double fillValue) {
    long h = x.shape().dim(1);
    long w = x.shape().dim(2);
    long channels = x.shape().dim(3);
    Tensor t = Lax.convertElementType(transform, Promotion.inexact(transform.dtype()));
    t = t.rank() == 1 ? Np.expandDims(t, 0) : t;
    if (t.rank() != 2 || t.shape().dim(1) != 8) {
      throw new OpException(
          "affineTransform: the transform must be [batch, 8] or [8]: got "
              + transform.type().brief());
    }
    long batch = t.shape().dim(0);
    Tensor[] p = new Tensor[8];
    for (int i = 0; i < 8; i++) {
      p[i] = Lax.reshape(Lax.sliceInDim(t, i, i + 1L, 1, 1), batch, 1, 1, 1);
    }
    Tensor row = Lax.reshape(Lax.iota(t.dtype(), h), 1, h, 1, 1);
    Tensor column = Lax.reshape(Lax.iota(t.dtype(), w), 1, 1, w, 1);
    Tensor channel = Lax.reshape(Lax.iota(t.dtype(), channels), 1, 1, 1, channels);
    Tensor rows =
        Np.add(
            Np.add(Np.multiply(row, p[4]), Np.multiply(column, p[3])),
            Np.add(Np.multiply(channel, p[6]), p[5]));
    Tensor columns =
        Np.add(
            Np.add(Np.multiply(row, p[1]), Np.multiply(column, p[0])),
            Np.add(Np.multiply(channel, p[7]), p[2]));
    return sample(x, rows, columns, interpolation, mode, fillValue);
  }

  /**
   * Perspective transforms that move four points to four others.
   *
   * @param start corners {@code [batch, 4, 2]} or {@code [4, 2]}, as (x, y), in the input
   * @param end where they come to lie in the output
   */
  public static Tensor perspectiveTransform(
      Tensor x,
      Tensor start,
      Tensor end,
      Interpolation interpolation,
      double fillValue,
      DataFormat format) {
    return Composed.of(
        x,
        start,
        end,
        (v, s, e) ->
            batched(
                "perspectiveTransform",
                v,
                format,
                images -> perspective(images, s, e, interpolation, fillValue)));
  }

  private static Tensor perspective(
      Tensor x, Tensor start, Tensor end, Interpolation interpolation, double fillValue) {
    Tensor s = points(start);
    Tensor e = points(end);
    Tensor[] h = homography(s, e);
    DType dtype = s.dtype();
    Tensor row = Lax.reshape(Lax.iota(dtype, x.shape().dim(1)), 1, x.shape().dim(1), 1, 1);
    Tensor column = Lax.reshape(Lax.iota(dtype, x.shape().dim(2)), 1, 1, x.shape().dim(2), 1);
    Tensor scale = Np.add(Np.add(Np.multiply(h[6], column), Np.multiply(h[7], row)), 1.0);
    Tensor columns =
        Np.divide(Np.add(Np.add(Np.multiply(h[0], column), Np.multiply(h[1], row)), h[2]), scale);
    Tensor rows =
        Np.divide(Np.add(Np.add(Np.multiply(h[3], column), Np.multiply(h[4], row)), h[5]), scale);
    return sample(x, rows, columns, interpolation, FillMode.CONSTANT, fillValue);
  }

  /**
   * Where points of an image go when {@link #perspectiveTransform} moves the points {@code start}
   * to {@code end}.
   *
   * @param points {@code [batch, n, 2]}: x and y in pixels
   * @param start {@code [batch, 4, 2]} or {@code [4, 2]}
   * @param end as {@code start}
   */
  public static Tensor perspectivePoints(Tensor points, Tensor start, Tensor end) {
    return Composed.of(
        points,
        start,
        end,
        (p, s, e) -> {
          Tensor[] h = homography(points(e), points(s));
          for (int i = 0; i < h.length; i++) {
            h[i] = Lax.reshape(h[i], h[i].shape().dim(0), 1);
          }
          Tensor x = Np.get(p, Index.ELLIPSIS, Index.at(0));
          Tensor y = Np.get(p, Index.ELLIPSIS, Index.at(1));
          Tensor scale = Np.add(Np.add(Np.multiply(h[6], x), Np.multiply(h[7], y)), 1.0);
          Tensor right = Np.add(Np.add(Np.multiply(h[0], x), Np.multiply(h[1], y)), h[2]);
          Tensor down = Np.add(Np.add(Np.multiply(h[3], x), Np.multiply(h[4], y)), h[5]);
          return Np.stack(List.of(Np.divide(right, scale), Np.divide(down, scale)), -1);
        });
  }

  private static Tensor points(Tensor p) {
    Tensor v = Lax.convertElementType(p, p.dtype() == DType.F64 ? DType.F64 : DType.F32);
    v = v.rank() == 2 ? Np.expandDims(v, 0) : v;
    if (v.rank() != 3 || v.shape().dim(1) != 4 || v.shape().dim(2) != 2) {
      throw new OpException(
          "perspectiveTransform: points must be [batch, 4, 2] or [4, 2]: got " + p.type().brief());
    }
    return v;
  }

  /** The eight coefficients of the map from end to start, each {@code [batch, 1, 1, 1]}. */
  private static Tensor[] homography(Tensor start, Tensor end) {
    Tensor sx = Np.get(start, Index.ELLIPSIS, Index.at(0));
    Tensor sy = Np.get(start, Index.ELLIPSIS, Index.at(1));
    Tensor ex = Np.get(end, Index.ELLIPSIS, Index.at(0));
    Tensor ey = Np.get(end, Index.ELLIPSIS, Index.at(1));
    Tensor zero = Dims.constant(ex, 0);
    Tensor one = Dims.constant(ex, 1);
    Tensor upper =
        Np.stack(
            List.of(
                ex, ey, one, zero, zero, zero, Lax.neg(Lax.mul(sx, ex)), Lax.neg(Lax.mul(sx, ey))),
            -1);
    Tensor lower =
        Np.stack(
            List.of(
                zero, zero, zero, ex, ey, one, Lax.neg(Lax.mul(sy, ex)), Lax.neg(Lax.mul(sy, ey))),
            -1);
    Tensor matrix = Np.concatenate(List.of(upper, lower), 1);
    Tensor right = Np.expandDims(Np.concatenate(List.of(sx, sy), 1), -1);
    Tensor solution = Linalg.solve(matrix, right);
    Tensor[] out = new Tensor[8];
    long batch = matrix.shape().dim(0);
    for (int i = 0; i < 8; i++) {
      out[i] = Lax.reshape(Lax.sliceInDim(solution, i, i + 1L, 1, 1), batch, 1, 1, 1);
    }
    return out;
  }

  /**
   * Moves pixels by random distances that vary smoothly.
   *
   * @param key random key
   * @param alpha how far
   * @param sigma how smoothly: deviation of the Gaussian in pixels
   */
  public static Tensor elasticTransform(
      Tensor x,
      Tensor key,
      double alpha,
      double sigma,
      Interpolation interpolation,
      FillMode mode,
      double fillValue,
      DataFormat format) {
    return Composed.of(
        x,
        key,
        (v, k) ->
            batched(
                "elasticTransform",
                v,
                format,
                images -> elastic(images, k, alpha, sigma, interpolation, mode, fillValue)));
  }

  private static Tensor elastic(
      Tensor x,
      Tensor key,
      double alpha,
      double sigma,
      Interpolation interpolation,
      FillMode mode,
      double fillValue) {
    long batch = x.shape().dim(0);
    long h = x.shape().dim(1);
    long w = x.shape().dim(2);
    DType dtype = Promotion.inexact(x.dtype());
    int size = (int) (6 * sigma) | 1;
    // Keras draws both directions with one key, so that pixels move along the diagonal.
    Tensor noise = Np.expandDims(Np.multiply(Random.normal(key, dtype, batch, h, w), sigma), -1);
    Tensor smooth =
        Image.gaussianBlur(
            noise, new int[] {size, size}, new double[] {sigma, sigma}, DataFormat.CHANNELS_LAST);
    Tensor shift = Np.multiply(smooth, alpha);
    Tensor row = Lax.reshape(Lax.iota(dtype, h), 1, h, 1, 1);
    Tensor column = Lax.reshape(Lax.iota(dtype, w), 1, 1, w, 1);
    return sample(x, Np.add(row, shift), Np.add(column, shift), interpolation, mode, fillValue);
  }

  /**
   * Moves pixels by random distances whose size and smoothness are known only when the program
   * runs.
   *
   * @param alpha how far, a scalar
   * @param sigma how smoothly, a scalar: deviation of the Gaussian in pixels, at most {@code
   *     largest}
   */
  public static Tensor elasticTransform(
      Tensor x,
      Tensor key,
      Tensor alpha,
      Tensor sigma,
      double largest,
      Interpolation interpolation,
      FillMode mode,
      double fillValue,
      DataFormat format) {
    return Composed.one(
        List.of(x, key, alpha, sigma),
        v ->
            batched(
                "elasticTransform",
                v.get(0),
                format,
                images ->
                    elastic(
                        images,
                        v.get(1),
                        v.get(2),
                        v.get(3),
                        largest,
                        interpolation,
                        mode,
                        fillValue)));
  }

  private static Tensor elastic(
      Tensor x,
      Tensor key,
      Tensor alpha,
      Tensor sigma,
      double largest,
      Interpolation interpolation,
      FillMode mode,
      double fillValue) {
    long batch = x.shape().dim(0);
    long h = x.shape().dim(1);
    long w = x.shape().dim(2);
    DType dtype = Promotion.inexact(x.dtype());
    Tensor deviation = Lax.convertElementType(sigma, dtype);
    int size = (int) (6 * largest) | 1;
    // The kernel has int(6 sigma) | 1 places; those beyond are left out.
    Tensor reach = Np.floor(Np.divide(Np.floor(Np.multiply(deviation, 6.0)), 2.0));
    Tensor kernel = Image.gaussian(size, deviation, reach);
    Tensor noise =
        Np.expandDims(Np.multiply(Random.normal(key, dtype, batch, h, w), deviation), -1);
    Tensor smooth = Image.blurred(noise, Np.outer(kernel, kernel), DataFormat.CHANNELS_LAST);
    Tensor shift = Np.multiply(smooth, Lax.convertElementType(alpha, dtype));
    Tensor row = Lax.reshape(Lax.iota(dtype, h), 1, h, 1, 1);
    Tensor column = Lax.reshape(Lax.iota(dtype, w), 1, 1, w, 1);
    return sample(x, Np.add(row, shift), Np.add(column, shift), interpolation, mode, fillValue);
  }
}
