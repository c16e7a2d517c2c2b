package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Spec;

/**
 * In training, sets random whole channels of volumes {@code [batch, depth, height, width,
 * channels]} to 0.
 */
public final class SpatialDropout3D extends BaseSpatialDropout<SpatialDropout3D> {
  static final Spec SPEC =
      Spec.of("keras.layers", "SpatialDropout3D")
          .base(OPTIONS)
          .options(RATE, ConvLayer.DATA_FORMAT, SEED)
          .create(SpatialDropout3D::new);

  private SpatialDropout3D() {
    super(SPEC, 3);
  }

  /** With this share of channels dropped. */
  public SpatialDropout3D(double rate) {
    this();
    set(RATE, rate);
  }

  /** {@code channels_last} (default) or {@code channels_first}. */
  @CanIgnoreReturnValue
  public SpatialDropout3D dataFormat(String value) {
    return set(ConvLayer.DATA_FORMAT, value);
  }
}
