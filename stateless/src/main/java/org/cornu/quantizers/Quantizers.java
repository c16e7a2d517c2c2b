package org.cornu.quantizers;

import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** The functions of {@code keras.quantizers}. Scales multiply on the way to integers. */
public final class Quantizers {
  private static final double EPSILON = 1e-7;
  private static final int LOW4 = -8;
  private static final int HIGH4 = 7;

  private Quantizers() {}

  /**
   * Integers and the scale that made them: {@code values = round(x * scale)}.
   *
   * @param values i8, of the shape of x
   * @param scale of the type of x, with size 1 at the axes reduced over
   */
  public record Scaled(Tensor values, Tensor scale) {}

  /**
   * Integers in groups of rows: {@code values = round(x / scale) + zero}.
   *
   * @param values i8 {@code [rows, columns]}
   * @param scale {@code [groups, columns]}
   * @param zero i8 {@code [groups, columns]}
   */
  public record Grouped(Tensor values, Tensor scale, Tensor zero) {}

  /** {@link #absMaxQuantize(Tensor, int, int, double, int...)} to {@code [-127, 127]}. */
  public static Scaled absMaxQuantize(Tensor x, int... axes) {
    return absMaxQuantize(x, -127, 127, EPSILON, axes);
  }

  /**
   * 8-bit integers scaled so that the largest absolute value along the axes becomes {@code high}.
   *
   * @param low least integer
   * @param high greatest integer
   * @param epsilon added to the largest absolute value
   */
  public static Scaled absMaxQuantize(Tensor x, int low, int high, double epsilon, int... axes) {
    Tensor largest = Np.max(Np.abs(x), true, axes).add(epsilon);
    Tensor scale = Np.cast(Np.divide((double) high, largest), x.dtype());
    Tensor values = Np.clip(Np.round(x.mul(scale)), (double) low, (double) high);
    return new Scaled(Lax.convertElementType(values, DType.I8), scale);
  }

  /**
   * 4-bit integers (kept as i8) of a matrix, each group of {@code block} rows with its own scale
   * and zero point per column.
   */
  public static Grouped absMaxQuantizeGrouped(Tensor x, int block) {
    return absMaxQuantizeGrouped(x, block, LOW4, HIGH4, EPSILON);
  }

  /**
   * Integers (kept as i8) of a matrix, each group of {@code block} rows with its own scale and zero
   * point per column. Rows that the last group lacks count as zeros, as with Keras' {@code
   * to_numpy=True}, which its layers use.
   *
   * @param low least integer
   * @param high greatest integer
   * @param epsilon added to the range of each group
   */
  public static Grouped absMaxQuantizeGrouped(
      Tensor x, int block, int low, int high, double epsilon) {
    if (x.rank() != 2) {
      throw new OpException("quantize: groups are of rows of a matrix: got " + x.type().brief());
    }
    int rows = x.size(0);
    int columns = x.size(1);
    int groups = (rows + block - 1) / block;
    Tensor padded = Np.pad(x, new int[][] {{0, groups * block - rows}, {0, 0}});
    Tensor blocks = Np.reshape(padded, groups, block, columns);
    Tensor least = Np.min(blocks, true, 1);
    Tensor greatest = Np.max(blocks, true, 1);
    Tensor scale = greatest.sub(least).add(epsilon).div((double) (high - low));
    Tensor zero =
        Np.clip(Np.round(least.neg().div(scale)).add((double) low), (double) low, (double) high);
    Tensor values = Np.clip(Np.round(blocks.div(scale)).add(zero), (double) low, (double) high);
    Tensor flat = Np.reshape(values, (long) groups * block, columns);
    return new Grouped(
        Lax.convertElementType(Lax.sliceInDim(flat, 0, rows, 1, 0), DType.I8),
        Np.cast(Np.squeeze(scale, 1), x.dtype()),
        Lax.convertElementType(Np.squeeze(zero, 1), DType.I8));
  }

  /**
   * Numbers from integers in groups: {@code (x - zero) * scale}.
   *
   * @param groups the group of each position along {@code axis} of x
   * @param axis the axis of scale and zero that counts groups
   */
  public static Tensor dequantizeGrouped(
      Tensor x, Tensor scale, Tensor zero, Tensor groups, int axis) {
    Tensor index = Lax.convertElementType(groups, DType.I32);
    Tensor scales = Np.take(scale, index, axis);
    Tensor zeros = Np.cast(Np.take(zero, index, axis), scales.dtype());
    return Np.cast(x, scales.dtype()).sub(zeros).mul(scales);
  }

  /** Two integers of 4 bits per byte along the last axis, the first in the low bits. */
  public static Tensor packInt4(Tensor x) {
    int n = x.size(-1);
    int[][] widths = new int[x.rank()][2];
    widths[x.rank() - 1][1] = n % 2;
    Tensor even = n % 2 == 0 ? x : Np.pad(x, widths);
    long[] pairs = x.shape().insert(x.rank(), 2).dims();
    pairs[x.rank() - 1] = (n + 1) / 2;
    Tensor two = Np.reshape(even, pairs);
    Tensor low = Np.bitwiseAnd(half(two, 0), Lax.full(DType.I8, 15));
    Tensor high = Np.leftShift(half(two, 1), Lax.full(DType.I8, 4));
    return Np.bitwiseOr(low, high);
  }

  private static Tensor half(Tensor pairs, int i) {
    return Np.squeeze(Lax.sliceInDim(pairs, i, i + 1L, 1, pairs.rank() - 1), -1);
  }

  /** What {@link #packInt4} packed: i8 with {@code size} integers along the last axis. */
  public static Tensor unpackInt4(Tensor packed, int size) {
    Tensor four = Lax.full(DType.I8, 4);
    Tensor low = Np.rightShift(Np.leftShift(packed, four), four); // keeps the sign
    Tensor high = Np.rightShift(packed, four);
    long[] dims = packed.shape().dims();
    dims[dims.length - 1] *= 2;
    Tensor all = Np.reshape(Np.stack(java.util.List.of(low, high), packed.rank()), dims);
    return Lax.sliceInDim(all, 0, size, 1, all.rank() - 1);
  }

  /** {@link #computeFloat8Scale(Tensor, Tensor, double, int)} without a margin. */
  public static Tensor computeFloat8Scale(Tensor largest, Tensor scale, double limit) {
    return computeFloat8Scale(largest, scale, limit, 0);
  }

  /**
   * The scale of the next step for 8-bit floats, from the largest absolute value seen.
   *
   * @param largest scalar
   * @param scale the scale so far; it stays where {@code largest} says nothing
   * @param limit greatest number of the 8-bit type
   * @param margin bits left free above the largest value
   */
  public static Tensor computeFloat8Scale(Tensor largest, Tensor scale, double limit, int margin) {
    Tensor old = Np.reciprocal(scale);
    Tensor next = Np.divide(limit, largest).div(Math.scalb(1.0, margin));
    next = Np.where(largest.gt(0.0), next, old);
    return Np.reciprocal(Np.where(Np.isfinite(largest), next, old));
  }

  /** The largest absolute values of the last steps, that of {@code x} at position 0. */
  public static Tensor computeFloat8AmaxHistory(Tensor x, Tensor history) {
    Tensor now = Np.reshape(Np.cast(Np.max(Np.abs(x)), history.dtype()), 1);
    Tensor rolled = Np.roll(history, -1, 0);
    return Np.concatenate(
        java.util.List.of(now, Lax.sliceInDim(rolled, 1, rolled.size(0), 1, 0)), 0);
  }

  /** {@code x} rounded to an 8-bit float type at this scale, in the type of computation. */
  public static Tensor quantizeAndDequantize(Tensor x, Tensor scale, DType type, DType compute) {
    double limit = largest(type);
    Tensor by = Np.cast(scale, compute);
    Tensor small = Np.clip(Np.cast(x, compute).div(by), -limit, limit);
    return Np.cast(Lax.convertElementType(small, type), compute).mul(by);
  }

  /** The greatest finite number of an 8-bit float type. */
  public static double largest(DType type) {
    return switch (type) {
      case F8E4M3FN -> 448;
      case F8E5M2 -> 57344;
      default ->
          throw new OpException("quantize: the type must be f8E4M3FN or f8E5M2: got " + type);
    };
  }

  /**
   * Numbers rounded to the levels of few bits between bounds, as numbers; bounds can be trained.
   *
   * @param min lower bound: a scalar, or a vector over the channels of {@code axis}
   * @param max upper bound, likewise
   * @param numBits number of bits, usually 8
   * @param narrowRange whether the lowest level is left out
   * @param axis the axis of the channels, or null for one pair of bounds
   */
  public static Tensor fakeQuantWithMinMaxVars(
      Tensor x, Tensor min, Tensor max, int numBits, boolean narrowRange, @Nullable Integer axis) {
    return new FakeQuantization(numBits, narrowRange, axis).apply(x, min, max);
  }

  /** Two integers of 4 bits per byte along an axis: see {@link #packInt4(Tensor)}. */
  public static Tensor packInt4(Tensor x, int axis) {
    return Np.moveaxis(packInt4(Np.moveaxis(x, axis, -1)), -1, axis);
  }

  /** What {@link #packInt4(Tensor, int)} packed: {@code size} integers along the axis. */
  public static Tensor unpackInt4(Tensor packed, int size, int axis) {
    return Np.moveaxis(unpackInt4(Np.moveaxis(packed, axis, -1), size), -1, axis);
  }
}
