package org.cornu.layers;

import org.cornu.config.Spec;

/** The mean of the elements of windows of sequences {@code [batch, length, channels]}. */
public final class AveragePooling1D extends BasePooling<AveragePooling1D> {
  static final Spec SPEC =
      specWithoutDefault("AveragePooling1D", 1)
          .aliases("AvgPool1D")
          .create(() -> new AveragePooling1D());

  private AveragePooling1D() {
    super(SPEC, 1, false);
  }

  /** Windows of this size: one number, or one for each dimension. */
  public AveragePooling1D(int first, int... more) {
    this();
    set(poolSize(1), ConvLayer.sizes(1, join(first, more)));
  }
}
