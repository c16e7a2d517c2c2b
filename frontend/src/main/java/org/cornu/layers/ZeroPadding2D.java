package org.cornu.layers;

import org.cornu.config.Spec;

/** Zeros around images {@code [batch, height, width, channels]}. */
public final class ZeroPadding2D extends BaseMargin<ZeroPadding2D> {
  static final Spec SPEC =
      Spec.of("keras.layers", "ZeroPadding2D")
          .base(OPTIONS)
          .options(padding(2), ConvLayer.DATA_FORMAT)
          .create(() -> new ZeroPadding2D());

  /**
   * Default: 1 everywhere; else one number for all, one per dimension, or two (before, behind) per
   * one.
   */
  public ZeroPadding2D(int... sizes) {
    super(SPEC, 2, false);
    if (sizes.length > 0) {
      set(padding(2), new Margins(2).of(sizes));
    }
  }
}
