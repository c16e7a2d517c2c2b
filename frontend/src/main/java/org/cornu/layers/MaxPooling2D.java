package org.cornu.layers;

import org.cornu.config.Spec;

/** The largest element of windows of images {@code [batch, height, width, channels]}. */
public final class MaxPooling2D extends BasePooling<MaxPooling2D> {
  static final Spec SPEC =
      spec("MaxPooling2D", 2).aliases("MaxPool2D").create(() -> new MaxPooling2D());

  /** Windows of 2 in each dimension, or of this size: one number, or one for each. */
  public MaxPooling2D(int... poolSize) {
    super(SPEC, 2, true);
    if (poolSize.length > 0) {
      set(poolSize(2), ConvLayer.sizes(2, poolSize));
    }
  }
}
