package org.cornu.layers;

import org.cornu.config.Spec;

/** An LSTM over sequences of images, its products convolutions. */
public final class ConvLSTM2D extends BaseConvLstm<ConvLSTM2D> {
  static final Spec SPEC = spec("ConvLSTM2D", 2).create(ConvLSTM2D::new);

  private ConvLSTM2D() {
    super(SPEC, 2);
  }

  /**
   * With kernels of this size.
   *
   * @param filters channels of the output
   * @param kernelSize size of the kernel in each spatial dimension, or one number for all
   */
  public ConvLSTM2D(int filters, int... kernelSize) {
    this();
    set(ConvLayer.FILTERS, filters);
    set(ConvLayer.kernelSize(2), ConvLayer.sizes(2, kernelSize));
  }
}
