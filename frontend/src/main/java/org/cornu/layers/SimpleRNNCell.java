package org.cornu.layers;

import java.util.List;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;

/** One step of {@link SimpleRNN}. */
public final class SimpleRNNCell extends GatedCell<SimpleRNNCell> {
  static final Spec SPEC =
      Spec.of("keras.layers", "SimpleRNNCell")
          .base(OPTIONS)
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
              Kernel.KERNEL_CONSTRAINT,
              Recurrent.CONSTRAINT,
              Kernel.BIAS_CONSTRAINT,
              Recurrent.DROPOUT,
              Recurrent.RECURRENT_DROPOUT,
              RandomLayer.SEED)
          .ignoring("implementation")
          .create(SimpleRNNCell::new);

  SimpleRNNCell() {
    super(SPEC, 1);
  }

  /** With a state of this size. */
  public SimpleRNNCell(int units) {
    this();
    set(Recurrent.UNITS, units);
  }

  @Override
  protected Advance step(Tensor x, List<Tensor> states, boolean training) {
    Tensor h = Np.add(x, recur(states.get(0), training, 0, 1));
    Tensor y = get(Recurrent.ACTIVATION).apply(h);
    return new Advance(y, List.of(y));
  }
}
