package org.cornu.layers;

import org.cornu.config.Spec;

/** Convolution of sequences {@code [batch, length, channels]}. */
public final class Conv1D extends BaseConv<Conv1D> {
  static final Spec SPEC = spec("Conv1D", 1, "valid", "same", "causal").create(Conv1D::new);

  private Conv1D() {
    super(SPEC, 1);
  }

  /**
   * With kernels of this size.
   *
   * @param filters channels of the output
   * @param kernelSize size of the kernel in each spatial dimension, or one number for all
   */
  public Conv1D(int filters, int... kernelSize) {
    this();
    set(FILTERS, filters);
    set(kernelSize(1), sizes(1, kernelSize));
  }
}
