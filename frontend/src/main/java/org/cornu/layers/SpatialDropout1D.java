package org.cornu.layers;

import org.cornu.config.Spec;

/** In training, sets random whole channels of sequences {@code [batch, length, channels]} to 0. */
public final class SpatialDropout1D extends BaseSpatialDropout<SpatialDropout1D> {
  static final Spec SPEC =
      Spec.of("keras.layers", "SpatialDropout1D")
          .base(OPTIONS)
          .options(RATE, SEED)
          .create(SpatialDropout1D::new);

  private SpatialDropout1D() {
    super(SPEC, 1);
  }

  /** With this share of channels dropped. */
  public SpatialDropout1D(double rate) {
    this();
    set(RATE, rate);
  }
}
