package org.cornu.layers;

import org.cornu.config.Spec;

/** Convolution of each channel by itself, of images {@code [batch, height, width, channels]}. */
public final class DepthwiseConv2D extends BaseDepthwiseConv<DepthwiseConv2D> {
  static final Spec SPEC = spec("DepthwiseConv2D", 2).create(DepthwiseConv2D::new);

  private DepthwiseConv2D() {
    super(SPEC, 2);
  }

  /**
   * With kernels of this size.
   *
   * @param kernelSize size of the kernel in each spatial dimension, or one number for all
   */
  public DepthwiseConv2D(int... kernelSize) {
    this();
    set(kernelSize(2), sizes(2, kernelSize));
  }
}
