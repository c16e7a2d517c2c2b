package org.cornu.layers;

import java.util.List;
import org.cornu.config.Spec;
import org.cornu.initializers.Initializer;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;

/** One step of {@link LSTM}. */
public final class LSTMCell extends GatedCell<LSTMCell> implements ForgetOptions<LSTMCell> {
  static final Spec SPEC =
      Spec.of("keras.layers", "LSTMCell")
          .base(OPTIONS)
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
              Kernel.KERNEL_CONSTRAINT,
              Recurrent.CONSTRAINT,
              Kernel.BIAS_CONSTRAINT,
              Recurrent.DROPOUT,
              Recurrent.RECURRENT_DROPOUT,
              RandomLayer.SEED)
          .ignoring("implementation")
          .create(LSTMCell::new);

  LSTMCell() {
    super(SPEC, 4);
  }

  /** With a state of this size. */
  public LSTMCell(int units) {
    this();
    set(Recurrent.UNITS, units);
  }

  @Override
  protected List<Integer> stateSizes() {
    return List.of(units(), units());
  }

  @Override
  Initializer biasStart() {
    Initializer start = super.biasStart();
    return get(Recurrent.UNIT_FORGET_BIAS) ? new ForgetBias(start) : start;
  }

  @Override
  protected Advance step(Tensor x, List<Tensor> states, boolean training) {
    Tensor z = Np.add(x, recur(states.get(0), training, 0, 4));
    var gates = get(Recurrent.RECURRENT_ACTIVATION);
    var squash = get(Recurrent.ACTIVATION);
    Tensor i = gates.apply(gate(z, 0, 1));
    Tensor f = gates.apply(gate(z, 1, 2));
    Tensor c = Np.add(Np.multiply(f, states.get(1)), Np.multiply(i, squash.apply(gate(z, 2, 3))));
    Tensor o = gates.apply(gate(z, 3, 4));
    Tensor h = Np.multiply(o, squash.apply(c));
    return new Advance(h, List.of(h, c));
  }
}
