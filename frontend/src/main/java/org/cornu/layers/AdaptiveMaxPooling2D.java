package org.cornu.layers;

import org.cornu.config.Spec;

/**
 * The largest element of windows that divide images {@code [batch, height, width, channels]} into a
 * given number.
 */
public final class AdaptiveMaxPooling2D extends BaseAdaptivePooling<AdaptiveMaxPooling2D> {
  static final Spec SPEC = spec("AdaptiveMaxPooling2D", 2).create(AdaptiveMaxPooling2D::new);

  private AdaptiveMaxPooling2D() {
    super(SPEC, 2, true);
  }

  /** With this many positions in the output: one number, or one for each dimension. */
  public AdaptiveMaxPooling2D(int first, int... more) {
    this();
    set(outputSize(2), ConvLayer.sizes(2, BasePooling.join(first, more)));
  }
}
