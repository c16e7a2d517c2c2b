package org.cornu.layers;

import org.cornu.config.Spec;

/** Convolution of volumes {@code [batch, depth, height, width, channels]}. */
public final class Conv3D extends BaseConv<Conv3D> {
  static final Spec SPEC = spec("Conv3D", 3, "valid", "same").create(Conv3D::new);

  private Conv3D() {
    super(SPEC, 3);
  }

  /**
   * With kernels of this size.
   *
   * @param filters channels of the output
   * @param kernelSize size of the kernel in each spatial dimension, or one number for all
   */
  public Conv3D(int filters, int... kernelSize) {
    this();
    set(FILTERS, filters);
    set(kernelSize(3), sizes(3, kernelSize));
  }
}
