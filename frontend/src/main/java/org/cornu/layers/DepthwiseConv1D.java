package org.cornu.layers;

import org.cornu.config.Spec;

/** Convolution of each channel by itself, of sequences {@code [batch, length, channels]}. */
public final class DepthwiseConv1D extends BaseDepthwiseConv<DepthwiseConv1D> {
  static final Spec SPEC = spec("DepthwiseConv1D", 1).create(DepthwiseConv1D::new);

  private DepthwiseConv1D() {
    super(SPEC, 1);
  }

  /**
   * With kernels of this size.
   *
   * @param kernelSize size of the kernel in each spatial dimension, or one number for all
   */
  public DepthwiseConv1D(int... kernelSize) {
    this();
    set(kernelSize(1), sizes(1, kernelSize));
  }
}
