package org.cornu.ops;

import java.util.Arrays;
import java.util.Objects;
import org.cornu.tracer.OpException;
import org.jspecify.annotations.Nullable;

/**
 * Strides, padding, dilation and layout of a convolution; lists hold one number for each spatial
 * dimension, or one for all.
 *
 * <pre>{@code
 * Nn.conv(x, kernel, ConvOptions.DEFAULT.strides(2).padding(Padding.SAME));
 * }</pre>
 */
public final class ConvOptions {
  /** Stride 1, valid, no dilation, channels last. */
  public static final ConvOptions DEFAULT =
      new ConvOptions(new int[] {1}, Padding.VALID, new int[] {1}, DataFormat.CHANNELS_LAST, null);

  private final int[] strides;
  private final Padding padding;
  private final int[] dilation;
  private final DataFormat format;
  private final int @Nullable [] outputPadding;

  private ConvOptions(
      int[] strides,
      Padding padding,
      int[] dilation,
      DataFormat format,
      int @Nullable [] outputPadding) {
    this.strides = strides;
    this.padding = padding;
    this.dilation = dilation;
    this.format = format;
    this.outputPadding = outputPadding;
  }

  /** With these steps of the kernel. */
  public ConvOptions strides(int... value) {
    return new ConvOptions(positive("strides", value), padding, dilation, format, outputPadding);
  }

  /** With this treatment of the edges. */
  public ConvOptions padding(Padding value) {
    return new ConvOptions(strides, value, dilation, format, outputPadding);
  }

  /** With these distances between elements of the kernel. */
  public ConvOptions dilation(int... value) {
    return new ConvOptions(strides, padding, positive("dilation", value), format, outputPadding);
  }

  /** With this layout of input and output. */
  public ConvOptions format(DataFormat value) {
    return new ConvOptions(strides, padding, dilation, value, outputPadding);
  }

  /** Of a transposed convolution: how many positions the output gets beyond the least. */
  public ConvOptions outputPadding(int @Nullable ... value) {
    return new ConvOptions(
        strides, padding, dilation, format, value == null ? null : value.clone());
  }

  private static int[] positive(String what, int[] value) {
    if (value.length == 0 || Arrays.stream(value).anyMatch(v -> v < 1)) {
      throw new OpException(
          "convolution: " + what + " must be positive: got " + Arrays.toString(value));
    }
    return value.clone();
  }

  /** How the edges are treated. */
  public Padding padding() {
    return padding;
  }

  /** The layout. */
  public DataFormat format() {
    return format;
  }

  /** Steps of each of the {@code spatial} dimensions. */
  long[] strides(String op, int spatial) {
    return spread(op, strides, spatial);
  }

  /** Distances between elements of the kernel for each of the {@code spatial} dimensions. */
  long[] dilation(String op, int spatial) {
    return spread(op, dilation, spatial);
  }

  /** Further output positions of each dimension, or null when none are asked for. */
  long @Nullable [] outputPadding(String op, int spatial) {
    return outputPadding == null ? null : spread(op, outputPadding, spatial);
  }

  /** One number for each spatial dimension. */
  static long[] spread(String op, int[] value, int spatial) {
    if (value.length == 1) {
      return Dims.filled(spatial, value[0]);
    }
    if (value.length != spatial) {
      throw new OpException(
          op
              + ": one number for each of the "
              + spatial
              + " spatial dimensions, or one for all, is needed: got "
              + Arrays.toString(value));
    }
    return Dims.longs(value);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ConvOptions o
        && Arrays.equals(strides, o.strides)
        && padding == o.padding
        && Arrays.equals(dilation, o.dilation)
        && format == o.format
        && Arrays.equals(outputPadding, o.outputPadding);
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(strides), padding, Arrays.hashCode(dilation), format);
  }

  @Override
  public String toString() {
    return "strides "
        + Arrays.toString(strides)
        + ", padding "
        + padding.kerasName()
        + ", dilation "
        + Arrays.toString(dilation)
        + ", "
        + format.kerasName();
  }
}
