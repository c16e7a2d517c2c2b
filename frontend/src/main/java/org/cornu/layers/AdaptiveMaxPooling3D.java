package org.cornu.layers;

import org.cornu.config.Spec;

/**
 * The largest element of windows that divide volumes {@code [batch, depth, height, width,
 * channels]} into a given number.
 */
public final class AdaptiveMaxPooling3D extends BaseAdaptivePooling<AdaptiveMaxPooling3D> {
  static final Spec SPEC = spec("AdaptiveMaxPooling3D", 3).create(AdaptiveMaxPooling3D::new);

  private AdaptiveMaxPooling3D() {
    super(SPEC, 3, true);
  }

  /** With this many positions in the output: one number, or one for each dimension. */
  public AdaptiveMaxPooling3D(int first, int... more) {
    this();
    set(outputSize(3), ConvLayer.sizes(3, BasePooling.join(first, more)));
  }
}
