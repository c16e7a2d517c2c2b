package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Spec;

/**
 * In training, sets random whole channels of images {@code [batch, height, width, channels]} to 0.
 */
public final class SpatialDropout2D extends BaseSpatialDropout<SpatialDropout2D> {
  static final Spec SPEC =
      Spec.of("keras.layers", "SpatialDropout2D")
          .base(OPTIONS)
          .options(RATE, ConvLayer.DATA_FORMAT, SEED)
          .create(SpatialDropout2D::new);

  private SpatialDropout2D() {
    super(SPEC, 2);
  }

  /** With this share of channels dropped. */
  public SpatialDropout2D(double rate) {
    this();
    set(RATE, rate);
  }

  /** {@code channels_last} (default) or {@code channels_first}. */
  @CanIgnoreReturnValue
  public SpatialDropout2D dataFormat(String value) {
    return set(ConvLayer.DATA_FORMAT, value);
  }
}
