package org.cornu.layers;

import org.cornu.config.Spec;

/** Transposed convolution of volumes {@code [batch, depth, height, width, channels]}. */
public final class Conv3DTranspose extends BaseConvTranspose<Conv3DTranspose> {
  static final Spec SPEC = spec("Conv3DTranspose", 3).create(Conv3DTranspose::new);

  private Conv3DTranspose() {
    super(SPEC, 3);
  }

  /**
   * With kernels of this size.
   *
   * @param filters channels of the output
   * @param kernelSize size of the kernel in each spatial dimension, or one number for all
   */
  public Conv3DTranspose(int filters, int... kernelSize) {
    this();
    set(FILTERS, filters);
    set(kernelSize(3), sizes(3, kernelSize));
  }
}
