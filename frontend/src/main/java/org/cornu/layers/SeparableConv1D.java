package org.cornu.layers;

import org.cornu.config.Spec;

/** Depthwise, then pointwise convolution of sequences {@code [batch, length, channels]}. */
public final class SeparableConv1D extends BaseSeparableConv<SeparableConv1D> {
  static final Spec SPEC = spec("SeparableConv1D", 1).create(SeparableConv1D::new);

  private SeparableConv1D() {
    super(SPEC, 1);
  }

  /**
   * With kernels of this size.
   *
   * @param filters channels of the output
   * @param kernelSize size of the kernel in each spatial dimension, or one number for all
   */
  public SeparableConv1D(int filters, int... kernelSize) {
    this();
    set(FILTERS, filters);
    set(kernelSize(1), sizes(1, kernelSize));
  }
}
