package org.cornu.layers;

import org.cornu.config.Spec;

/** The mean of the elements of windows of images {@code [batch, height, width, channels]}. */
public final class AveragePooling2D extends BasePooling<AveragePooling2D> {
  static final Spec SPEC =
      specWithoutDefault("AveragePooling2D", 2)
          .aliases("AvgPool2D")
          .create(() -> new AveragePooling2D());

  private AveragePooling2D() {
    super(SPEC, 2, false);
  }

  /** Windows of this size: one number, or one for each dimension. */
  public AveragePooling2D(int first, int... more) {
    this();
    set(poolSize(2), ConvLayer.sizes(2, join(first, more)));
  }
}
