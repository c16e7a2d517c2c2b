package org.cornu.layers;

import org.cornu.config.Spec;

/** Convolution of images {@code [batch, height, width, channels]}. */
public final class Conv2D extends BaseConv<Conv2D> {
  static final Spec SPEC = spec("Conv2D", 2, "valid", "same").create(Conv2D::new);

  private Conv2D() {
    super(SPEC, 2);
  }

  /**
   * With kernels of this size.
   *
   * @param filters channels of the output
   * @param kernelSize size of the kernel in each spatial dimension, or one number for all
   */
  public Conv2D(int filters, int... kernelSize) {
    this();
    set(FILTERS, filters);
    set(kernelSize(2), sizes(2, kernelSize));
  }
}
