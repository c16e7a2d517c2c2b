package org.cornu.stablehlo.build;

import java.util.Arrays;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * The window of reduce_window, select_and_scatter and select_and_gather_add, one entry per
 * dimension of the operand.
 *
 * @param dimensions sizes of the window
 * @param strides steps of the window
 * @param baseDilations distances that the elements of the operand are spread to
 * @param windowDilations distances between elements within the window
 * @param padding pairs of padding before and behind
 */
public record WindowConfig(
    long[] dimensions,
    long[] strides,
    long[] baseDilations,
    long[] windowDilations,
    long[][] padding) {

  /** A window without dilations. */
  public static WindowConfig of(long[] dimensions, long[] strides, long[][] padding) {
    long[] ones = ones(dimensions.length);
    return new WindowConfig(dimensions, strides, ones, ones, padding);
  }

  /** The window of an op that has one. */
  public static WindowConfig fromOp(Op op) {
    int rank = op.operand(0).tensorType().rank();
    long[] ones = ones(rank);
    return new WindowConfig(
        op.longs("window_dimensions", ones),
        op.longs("window_strides", ones),
        op.longs("base_dilations", ones),
        op.longs("window_dilations", ones),
        padding(op, rank));
  }

  static long[] ones(int n) {
    long[] out = new long[n];
    Arrays.fill(out, 1);
    return out;
  }

  static long[][] padding(Op op, int rank) {
    long[][] out = new long[rank][2];
    Attribute attribute = op.attribute("padding");
    if (attribute instanceof Attribute.Elements elements) {
      for (int i = 0; i < rank; i++) {
        out[i][0] = elements.literal().longAt(2 * i);
        out[i][1] = elements.literal().longAt(2 * i + 1);
      }
    }
    return out;
  }

  /** The attribute that holds pairs of padding. */
  static Attribute paddingAttribute(long[][] padding) {
    long[] flat = new long[2 * padding.length];
    for (int i = 0; i < padding.length; i++) {
      flat[2 * i] = padding[i][0];
      flat[2 * i + 1] = padding[i][1];
    }
    return matrix(flat, padding.length, 2);
  }

  static Attribute matrix(long[] flat, long rows, long columns) {
    return new Attribute.Elements(Literal.ofLongs(TensorType.of(DType.I64, rows, columns), flat));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WindowConfig w
        && Arrays.equals(dimensions, w.dimensions)
        && Arrays.equals(strides, w.strides)
        && Arrays.equals(baseDilations, w.baseDilations)
        && Arrays.equals(windowDilations, w.windowDilations)
        && Arrays.deepEquals(padding, w.padding);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(dimensions) + Arrays.deepHashCode(padding);
  }

  @Override
  public String toString() {
    return "window "
        + Arrays.toString(dimensions)
        + " strides "
        + Arrays.toString(strides)
        + " base dilations "
        + Arrays.toString(baseDilations)
        + " window dilations "
        + Arrays.toString(windowDilations)
        + " padding "
        + Arrays.deepToString(padding);
  }
}
