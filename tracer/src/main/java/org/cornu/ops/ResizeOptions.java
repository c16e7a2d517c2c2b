package org.cornu.ops;

/**
 * How an image is resized.
 *
 * @param interpolation between pixels
 * @param antialias whether kernels widen when an image shrinks
 * @param cropToAspectRatio whether the image is first cut to the new ratio of its sides
 * @param padToAspectRatio whether the image is first padded to it
 * @param fillValue of that padding
 * @param format where the channels stand
 */
public record ResizeOptions(
    Interpolation interpolation,
    boolean antialias,
    boolean cropToAspectRatio,
    boolean padToAspectRatio,
    double fillValue,
    DataFormat format) {
  /** Bilinear, without antialiasing, stretching, channels last. */
  public static final ResizeOptions DEFAULT =
      new ResizeOptions(Interpolation.BILINEAR, false, false, false, 0, DataFormat.CHANNELS_LAST);

  /** With this interpolation. */
  public ResizeOptions interpolation(Interpolation value) {
    return new ResizeOptions(
        value, antialias, cropToAspectRatio, padToAspectRatio, fillValue, format);
  }

  /** With kernels that widen when an image shrinks. */
  public ResizeOptions antialias(boolean value) {
    return new ResizeOptions(
        interpolation, value, cropToAspectRatio, padToAspectRatio, fillValue, format);
  }

  /** With the image cut to the new ratio first. */
  public ResizeOptions cropToAspectRatio(boolean value) {
    return new ResizeOptions(interpolation, antialias, value, padToAspectRatio, fillValue, format);
  }

  /** With the image padded to the new ratio first. */
  public ResizeOptions padToAspectRatio(boolean value) {
    return new ResizeOptions(interpolation, antialias, cropToAspectRatio, value, fillValue, format);
  }

  /** With this padding value. */
  public ResizeOptions fillValue(double value) {
    return new ResizeOptions(
        interpolation, antialias, cropToAspectRatio, padToAspectRatio, value, format);
  }

  /** With this layout. */
  public ResizeOptions format(DataFormat value) {
    return new ResizeOptions(
        interpolation, antialias, cropToAspectRatio, padToAspectRatio, fillValue, value);
  }
}
