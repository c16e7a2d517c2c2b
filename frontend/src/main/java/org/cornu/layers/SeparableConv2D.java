package org.cornu.layers;

import org.cornu.config.Spec;

/** Depthwise, then pointwise convolution of images {@code [batch, height, width, channels]}. */
public final class SeparableConv2D extends BaseSeparableConv<SeparableConv2D> {
  static final Spec SPEC = spec("SeparableConv2D", 2).create(SeparableConv2D::new);

  private SeparableConv2D() {
    super(SPEC, 2);
  }

  /**
   * With kernels of this size.
   *
   * @param filters channels of the output
   * @param kernelSize size of the kernel in each spatial dimension, or one number for all
   */
  public SeparableConv2D(int filters, int... kernelSize) {
    this();
    set(FILTERS, filters);
    set(kernelSize(2), sizes(2, kernelSize));
  }
}
