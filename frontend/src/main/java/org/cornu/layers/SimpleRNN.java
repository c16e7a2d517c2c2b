package org.cornu.layers;

import org.cornu.config.Spec;

/**
 * A recurrent layer whose state is its output: {@code h = act(x W + h U + b)}. Input {@code [batch,
 * time, features]}.
 */
public final class SimpleRNN extends BaseRnn<SimpleRNN> implements RecurrentOptions<SimpleRNN> {
  static final Spec SPEC =
      Spec.of("keras.layers", "SimpleRNN")
          .base(Recurrent.BASE)
          .options(
              Recurrent.UNITS,
              Recurrent.ACTIVATION,
              Kernel.USE_BIAS,
              Kernel.KERNEL_INITIALIZER,
              Recurrent.INITIALIZER,
              Kernel.BIAS_INITIALIZER,
              Kernel.KERNEL_REGULARIZER,
              Recurrent.REGULARIZER,
              Kernel.BIAS_REGULARIZER,
              Kernel.ACTIVITY_REGULARIZER,
              Kernel.KERNEL_CONSTRAINT,
              Recurrent.CONSTRAINT,
              Kernel.BIAS_CONSTRAINT,
              Recurrent.DROPOUT,
              Recurrent.RECURRENT_DROPOUT,
              Recurrent.RETURN_SEQUENCES,
              Recurrent.RETURN_STATE,
              Recurrent.GO_BACKWARDS,
              Recurrent.STATEFUL,
              Recurrent.UNROLL,
              RandomLayer.SEED.omittedWhenNull())
          .ignoring("implementation", "time_major")
          .create(SimpleRNN::new);

  private SimpleRNN() {
    super(SPEC);
  }

  /** With a state of this size. */
  public SimpleRNN(int units) {
    this();
    set(Recurrent.UNITS, units);
  }

  @Override
  RnnCell<?> makeCell() {
    SimpleRNNCell cell = new SimpleRNNCell();
    cell.takeOptions(this);
    return cell.name("simple_rnn_cell");
  }
}
