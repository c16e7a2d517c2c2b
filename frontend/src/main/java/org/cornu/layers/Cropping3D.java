package org.cornu.layers;

import org.cornu.config.Spec;

/** Edges cut off volumes {@code [batch, depth, height, width, channels]}. */
public final class Cropping3D extends BaseMargin<Cropping3D> {
  static final Spec SPEC =
      Spec.of("keras.layers", "Cropping3D")
          .base(OPTIONS)
          .options(cropping(3, 1), ConvLayer.DATA_FORMAT)
          .create(() -> new Cropping3D());

  /**
   * Default: 1 everywhere; else one number for all, one per dimension, or two (before, behind) per
   * one.
   */
  public Cropping3D(int... sizes) {
    super(SPEC, 3, true);
    if (sizes.length > 0) {
      set(cropping(3, 1), new Margins(3).of(sizes));
    }
  }
}
