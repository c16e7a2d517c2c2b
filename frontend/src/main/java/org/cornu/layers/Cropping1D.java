package org.cornu.layers;

import org.cornu.config.Spec;

/** Edges cut off sequences {@code [batch, length, channels]}. */
public final class Cropping1D extends BaseMargin<Cropping1D> {
  static final Spec SPEC =
      Spec.of("keras.layers", "Cropping1D")
          .base(OPTIONS)
          .options(cropping(1, 1))
          .create(() -> new Cropping1D());

  /**
   * Default: 1 everywhere; else one number for all, one per dimension, or two (before, behind) per
   * one.
   */
  public Cropping1D(int... sizes) {
    super(SPEC, 1, true);
    if (sizes.length > 0) {
      set(cropping(1, 1), new Margins(1).of(sizes));
    }
  }
}
