package org.cornu.layers;

import org.cornu.config.Spec;

/** The largest element of windows of volumes {@code [batch, depth, height, width, channels]}. */
public final class MaxPooling3D extends BasePooling<MaxPooling3D> {
  static final Spec SPEC =
      spec("MaxPooling3D", 3).aliases("MaxPool3D").create(() -> new MaxPooling3D());

  /** Windows of 2 in each dimension, or of this size: one number, or one for each. */
  public MaxPooling3D(int... poolSize) {
    super(SPEC, 3, true);
    if (poolSize.length > 0) {
      set(poolSize(3), ConvLayer.sizes(3, poolSize));
    }
  }
}
