package org.cornu.layers;

import org.cornu.config.Spec;

/** Zeros around volumes {@code [batch, depth, height, width, channels]}. */
public final class ZeroPadding3D extends BaseMargin<ZeroPadding3D> {
  static final Spec SPEC =
      Spec.of("keras.layers", "ZeroPadding3D")
          .base(OPTIONS)
          .options(padding(3), ConvLayer.DATA_FORMAT)
          .create(() -> new ZeroPadding3D());

  /**
   * Default: 1 everywhere; else one number for all, one per dimension, or two (before, behind) per
   * one.
   */
  public ZeroPadding3D(int... sizes) {
    super(SPEC, 3, false);
    if (sizes.length > 0) {
      set(padding(3), new Margins(3).of(sizes));
    }
  }
}
