package org.cornu.layers;

import org.cornu.config.Spec;

/** Transposed convolution of images {@code [batch, height, width, channels]}. */
public final class Conv2DTranspose extends BaseConvTranspose<Conv2DTranspose> {
  static final Spec SPEC = spec("Conv2DTranspose", 2).create(Conv2DTranspose::new);

  private Conv2DTranspose() {
    super(SPEC, 2);
  }

  /**
   * With kernels of this size.
   *
   * @param filters channels of the output
   * @param kernelSize size of the kernel in each spatial dimension, or one number for all
   */
  public Conv2DTranspose(int filters, int... kernelSize) {
    this();
    set(FILTERS, filters);
    set(kernelSize(2), sizes(2, kernelSize));
  }
}
