package org.cornu.layers;

import org.cornu.config.Spec;

/**
 * The largest element of windows that divide sequences {@code [batch, length, channels]} into a
 * given number.
 */
public final class AdaptiveMaxPooling1D extends BaseAdaptivePooling<AdaptiveMaxPooling1D> {
  static final Spec SPEC = spec("AdaptiveMaxPooling1D", 1).create(AdaptiveMaxPooling1D::new);

  private AdaptiveMaxPooling1D() {
    super(SPEC, 1, true);
  }

  /** With this many positions in the output: one number, or one for each dimension. */
  public AdaptiveMaxPooling1D(int first, int... more) {
    this();
    set(outputSize(1), ConvLayer.sizes(1, BasePooling.join(first, more)));
  }
}
