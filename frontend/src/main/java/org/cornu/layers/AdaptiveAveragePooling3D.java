package org.cornu.layers;

import org.cornu.config.Spec;

/**
 * The mean of windows that divide volumes {@code [batch, depth, height, width, channels]} into a
 * given number.
 */
public final class AdaptiveAveragePooling3D extends BaseAdaptivePooling<AdaptiveAveragePooling3D> {
  static final Spec SPEC =
      spec("AdaptiveAveragePooling3D", 3).create(AdaptiveAveragePooling3D::new);

  private AdaptiveAveragePooling3D() {
    super(SPEC, 3, false);
  }

  /** With this many positions in the output: one number, or one for each dimension. */
  public AdaptiveAveragePooling3D(int first, int... more) {
    this();
    set(outputSize(3), ConvLayer.sizes(3, BasePooling.join(first, more)));
  }
}
