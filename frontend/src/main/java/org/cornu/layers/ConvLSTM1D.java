package org.cornu.layers;

import org.cornu.config.Spec;

/** An LSTM over sequences of sequences, its products convolutions. */
public final class ConvLSTM1D extends BaseConvLstm<ConvLSTM1D> {
  static final Spec SPEC = spec("ConvLSTM1D", 1).create(ConvLSTM1D::new);

  private ConvLSTM1D() {
    super(SPEC, 1);
  }

  /**
   * With kernels of this size.
   *
   * @param filters channels of the output
   * @param kernelSize size of the kernel in each spatial dimension, or one number for all
   */
  public ConvLSTM1D(int filters, int... kernelSize) {
    this();
    set(ConvLayer.FILTERS, filters);
    set(ConvLayer.kernelSize(1), ConvLayer.sizes(1, kernelSize));
  }
}
