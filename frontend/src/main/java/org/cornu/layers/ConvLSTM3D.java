package org.cornu.layers;

import org.cornu.config.Spec;

/** An LSTM over sequences of volumes, its products convolutions. */
public final class ConvLSTM3D extends BaseConvLstm<ConvLSTM3D> {
  static final Spec SPEC = spec("ConvLSTM3D", 3).create(ConvLSTM3D::new);

  private ConvLSTM3D() {
    super(SPEC, 3);
  }

  /**
   * With kernels of this size.
   *
   * @param filters channels of the output
   * @param kernelSize size of the kernel in each spatial dimension, or one number for all
   */
  public ConvLSTM3D(int filters, int... kernelSize) {
    this();
    set(ConvLayer.FILTERS, filters);
    set(ConvLayer.kernelSize(3), ConvLayer.sizes(3, kernelSize));
  }
}
