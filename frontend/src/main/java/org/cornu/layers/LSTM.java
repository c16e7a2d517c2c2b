package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Registry;
import org.cornu.config.Spec;

/**
 * Long short-term memory: {@code c = f c + i tanh(…)}, {@code h = o tanh(c)}; gates in the order i,
 * f, c, o. Input {@code [batch, time, features]}.
 */
public final class LSTM extends GatedRnn<LSTM> {
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

  /** Applied to the gates; default sigmoid. */
  @CanIgnoreReturnValue
  public LSTM recurrentActivation(org.cornu.activations.Activation value) {
    return set(Recurrent.RECURRENT_ACTIVATION, value);
  }

  /** Applied to the gates, by Keras' name. */
  @CanIgnoreReturnValue
  public LSTM recurrentActivation(String name) {
    return recurrentActivation(
        Registry.global().get(org.cornu.activations.Activation.FAMILY, name));
  }

  /** Whether the bias of the forget gate starts at 1; default true. */
  @CanIgnoreReturnValue
  public LSTM unitForgetBias(boolean value) {
    return set(Recurrent.UNIT_FORGET_BIAS, value);
  }

  @Override
  RnnCell<?> makeCell() {
    LSTMCell cell = new LSTMCell();
    cell.takeOptions(this);
    return cell.name("lstm_cell");
  }
}
