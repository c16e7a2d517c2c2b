package org.cornu.layers;

import org.cornu.config.Spec;

/** Transposed convolution of sequences {@code [batch, length, channels]}. */
public final class Conv1DTranspose extends BaseConvTranspose<Conv1DTranspose> {
  static final Spec SPEC = spec("Conv1DTranspose", 1).create(Conv1DTranspose::new);

  private Conv1DTranspose() {
    super(SPEC, 1);
  }

  /**
   * With kernels of this size.
   *
   * @param filters channels of the output
   * @param kernelSize size of the kernel in each spatial dimension, or one number for all
   */
  public Conv1DTranspose(int filters, int... kernelSize) {
    this();
    set(FILTERS, filters);
    set(kernelSize(1), sizes(1, kernelSize));
  }
}
