package org.cornu.layers;

import org.cornu.config.Spec;

/**
 * Long short-term memory: {@code c = f c + i tanh(…)}, {@code h = o tanh(c)}; gates in the order i,
 * f, c, o. Input {@code [batch, time, features]}.
 */
public final class LSTM extends BaseRnn<LSTM> implements ForgetOptions<LSTM> {
  static final Spec SPEC =
      Spec.of("keras.layers", "LSTM")
          .base(Recurrent.BASE)
          .options(
              Recurrent.UNITS,
              Recurrent.ACTIVATION,
              Recurrent.RECURRENT_ACTIVATION,
              Kernel.USE_BIAS,
              Kernel.KERNEL_INITIALIZER,
              Recurrent.INITIALIZER,
              Kernel.BIAS_INITIALIZER,
              Recurrent.UNIT_FORGET_BIAS,
              Kernel.KERNEL_REGULARIZER,
              Recurrent.REGULARIZER,
              Kernel.BIAS_REGULARIZER,
              Kernel.ACTIVITY_REGULARIZER,
              Kernel.KERNEL_CONSTRAINT,
              Recurrent.CONSTRAINT,
              Kernel.BIAS_CONSTRAINT,
              Recurrent.DROPOUT,
              Recurrent.RECURRENT_DROPOUT,
              RandomLayer.SEED,
              Recurrent.RETURN_SEQUENCES,
              Recurrent.RETURN_STATE,
              Recurrent.GO_BACKWARDS,
              Recurrent.STATEFUL,
              Recurrent.UNROLL,
              Recurrent.USE_CUDNN)
          .ignoring("implementation", "time_major")
          .create(LSTM::new);

  private LSTM() {
    super(SPEC);
  }

  /** With a state of this size. */
  public LSTM(int units) {
    this();
    set(Recurrent.UNITS, units);
  }

  @Override
  RnnCell<?> makeCell() {
    LSTMCell cell = new LSTMCell();
    cell.takeOptions(this);
    return cell.name("lstm_cell");
  }
}
