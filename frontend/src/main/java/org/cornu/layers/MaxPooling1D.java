package org.cornu.layers;

import org.cornu.config.Spec;

/** The largest element of windows of sequences {@code [batch, length, channels]}. */
public final class MaxPooling1D extends BasePooling<MaxPooling1D> {
  static final Spec SPEC =
      spec("MaxPooling1D", 1).aliases("MaxPool1D").create(() -> new MaxPooling1D());

  /** Windows of 2 in each dimension, or of this size: one number, or one for each. */
  public MaxPooling1D(int... poolSize) {
    super(SPEC, 1, true);
    if (poolSize.length > 0) {
      set(poolSize(1), ConvLayer.sizes(1, poolSize));
    }
  }
}
