package org.cornu.layers;

import org.cornu.config.Spec;

/**
 * The mean of windows that divide images {@code [batch, height, width, channels]} into a given
 * number.
 */
public final class AdaptiveAveragePooling2D extends BaseAdaptivePooling<AdaptiveAveragePooling2D> {
  static final Spec SPEC =
      spec("AdaptiveAveragePooling2D", 2).create(AdaptiveAveragePooling2D::new);

  private AdaptiveAveragePooling2D() {
    super(SPEC, 2, false);
  }

  /** With this many positions in the output: one number, or one for each dimension. */
  public AdaptiveAveragePooling2D(int first, int... more) {
    this();
    set(outputSize(2), ConvLayer.sizes(2, BasePooling.join(first, more)));
  }
}
