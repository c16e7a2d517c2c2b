package org.cornu.layers;

import org.cornu.config.Spec;

/** Edges cut off images {@code [batch, height, width, channels]}. */
public final class Cropping2D extends BaseMargin<Cropping2D> {
  static final Spec SPEC =
      Spec.of("keras.layers", "Cropping2D")
          .base(OPTIONS)
          .options(cropping(2, 0), ConvLayer.DATA_FORMAT)
          .create(() -> new Cropping2D());

  /**
   * Default: nothing; else one number for all, one per dimension, or two (before, behind) per one.
   */
  public Cropping2D(int... sizes) {
    super(SPEC, 2, true);
    if (sizes.length > 0) {
      set(cropping(2, 0), new Margins(2).of(sizes));
    }
  }
}
