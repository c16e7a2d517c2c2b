package org.cornu.layers;

import org.cornu.config.Spec;

/**
 * The mean of windows that divide sequences {@code [batch, length, channels]} into a given number.
 */
public final class AdaptiveAveragePooling1D extends BaseAdaptivePooling<AdaptiveAveragePooling1D> {
  static final Spec SPEC =
      spec("AdaptiveAveragePooling1D", 1).create(AdaptiveAveragePooling1D::new);

  private AdaptiveAveragePooling1D() {
    super(SPEC, 1, false);
  }

  /** With this many positions in the output: one number, or one for each dimension. */
  public AdaptiveAveragePooling1D(int first, int... more) {
    this();
    set(outputSize(1), ConvLayer.sizes(1, BasePooling.join(first, more)));
  }
}
