package org.cornu.stablehlo.build;

import java.util.Arrays;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Op;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a convolution beside its operands; lists have one entry per spatial dimension.
 *
 * @param strides steps of the kernel
 * @param padding pairs of padding before and behind
 * @param lhsDilation distances that the elements of the input are spread to
 * @param rhsDilation distances between elements of the kernel
 * @param reversal whether the kernel is mirrored
 * @param dims which dimension of input, kernel and output is what
 * @param featureGroups number of groups the input features are split into
 * @param batchGroups number of groups the batch is split into
 * @param precision how exactly to compute, or null for the default
 */
public record ConvolutionConfig(
    long[] strides,
    long[][] padding,
    long[] lhsDilation,
    long[] rhsDilation,
    boolean[] reversal,
    DimensionNumbers.Convolution dims,
    long featureGroups,
    long batchGroups,
    @Nullable Precision precision) {

  /** The configuration of a {@code convolution}. */
  public static ConvolutionConfig fromOp(Op op) {
    DimensionNumbers.Convolution dims =
        op.attribute("dimension_numbers", DimensionNumbers.Convolution.class);
    int spatial = dims.inputSpatial().size();
    long[] ones = WindowConfig.ones(spatial);
    boolean[] reversal =
        op.attribute("window_reversal") instanceof Attribute.Bools bools
            ? bools.values()
            : new boolean[spatial];
    return new ConvolutionConfig(
        op.longs("window_strides", ones),
        WindowConfig.padding(op, spatial),
        op.longs("lhs_dilation", ones),
        op.longs("rhs_dilation", ones),
        reversal,
        dims,
        op.intAttribute("feature_group_count", 1),
        op.intAttribute("batch_group_count", 1),
        precision(op));
  }

  /** The higher of the two precisions of an op with {@code precision_config}, or null. */
  public static @Nullable Precision precision(Op op) {
    Precision out = null;
    if (op.attribute("precision_config") instanceof Attribute.Array config) {
      for (Attribute entry : config.elements()) {
        if (entry instanceof Attribute.Keyword keyword) {
          Precision next = Precision.valueOf(keyword.word());
          out = out == null || next.compareTo(out) > 0 ? next : out;
        }
      }
    }
    return out;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ConvolutionConfig c
        && Arrays.equals(strides, c.strides)
        && Arrays.deepEquals(padding, c.padding)
        && Arrays.equals(lhsDilation, c.lhsDilation)
        && Arrays.equals(rhsDilation, c.rhsDilation)
        && Arrays.equals(reversal, c.reversal)
        && dims.equals(c.dims)
        && featureGroups == c.featureGroups
        && batchGroups == c.batchGroups
        && precision == c.precision;
  }

  @Override
  public int hashCode() {
    return 31 * dims.hashCode() + Arrays.deepHashCode(padding);
  }

  @Override
  public String toString() {
    return dims.text()
        + " strides "
        + Arrays.toString(strides)
        + " padding "
        + Arrays.deepToString(padding)
        + " lhs dilation "
        + Arrays.toString(lhsDilation)
        + " rhs dilation "
        + Arrays.toString(rhsDilation)
        + " feature groups "
        + featureGroups
        + " batch groups "
        + batchGroups;
  }
}
