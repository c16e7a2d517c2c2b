package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Spec;

/**
 * Gated recurrent unit: {@code h = z h + (1 - z) tanh(…)}; gates in the order z, r, h. Input {@code
 * [batch, time, features]}.
 */
public final class GRU extends BaseRnn<GRU> implements GatedOptions<GRU> {
  static final Spec SPEC =
      Spec.of("keras.layers", "GRU")
          .base(Recurrent.BASE)
          .options(
              Recurrent.UNITS,
              Recurrent.ACTIVATION,
              Recurrent.RECURRENT_ACTIVATION,
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
              RandomLayer.SEED,
              Recurrent.RETURN_SEQUENCES,
              Recurrent.RETURN_STATE,
              Recurrent.GO_BACKWARDS,
              Recurrent.STATEFUL,
              Recurrent.UNROLL,
              Recurrent.RESET_AFTER,
              Recurrent.USE_CUDNN)
          .ignoring("implementation", "time_major")
          .create(GRU::new);

  private GRU() {
    super(SPEC);
  }

  /** With a state of this size. */
  public GRU(int units) {
    this();
    set(Recurrent.UNITS, units);
  }

  /** Whether the reset gate acts behind the product with the state; default true. */
  @CanIgnoreReturnValue
  public GRU resetAfter(boolean value) {
    return set(Recurrent.RESET_AFTER, value);
  }

  @Override
  RnnCell<?> makeCell() {
    GRUCell cell = new GRUCell();
    cell.takeOptions(this);
    return cell.name("gru_cell");
  }
}
