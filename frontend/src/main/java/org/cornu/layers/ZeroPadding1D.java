package org.cornu.layers;

import org.cornu.config.Spec;

/** Zeros around sequences {@code [batch, length, channels]}. */
public final class ZeroPadding1D extends BaseMargin<ZeroPadding1D> {
  static final Spec SPEC =
      Spec.of("keras.layers", "ZeroPadding1D")
          .base(OPTIONS)
          .options(padding(1), ConvLayer.DATA_FORMAT)
          .create(() -> new ZeroPadding1D());

  /**
   * Default: 1 everywhere; else one number for all, one per dimension, or two (before, behind) per
   * one.
   */
  public ZeroPadding1D(int... sizes) {
    super(SPEC, 1, false);
    if (sizes.length > 0) {
      set(padding(1), new Margins(1).of(sizes));
    }
  }
}
