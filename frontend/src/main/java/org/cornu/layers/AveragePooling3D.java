package org.cornu.layers;

import org.cornu.config.Spec;

/**
 * The mean of the elements of windows of volumes {@code [batch, depth, height, width, channels]}.
 */
public final class AveragePooling3D extends BasePooling<AveragePooling3D> {
  static final Spec SPEC =
      specWithoutDefault("AveragePooling3D", 3)
          .aliases("AvgPool3D")
          .create(() -> new AveragePooling3D());

  private AveragePooling3D() {
    super(SPEC, 3, false);
  }

  /** Windows of this size: one number, or one for each dimension. */
  public AveragePooling3D(int first, int... more) {
    this();
    set(poolSize(3), ConvLayer.sizes(3, join(first, more)));
  }
}
