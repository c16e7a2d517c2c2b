package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** One step of {@link GRU}. */
public final class GRUCell extends GatedCell<GRUCell> implements GatedOptions<GRUCell> {
  static final Spec SPEC =
      Spec.of("keras.layers", "GRUCell")
          .base(OPTIONS)
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
              Kernel.KERNEL_CONSTRAINT,
              Recurrent.CONSTRAINT,
              Kernel.BIAS_CONSTRAINT,
              Recurrent.DROPOUT,
              Recurrent.RECURRENT_DROPOUT,
              Recurrent.RESET_AFTER,
              RandomLayer.SEED)
          .ignoring("implementation")
          .create(GRUCell::new);

  GRUCell() {
    super(SPEC, 3);
  }

  /** With a state of this size. */
  public GRUCell(int units) {
    this();
    set(Recurrent.UNITS, units);
  }

  /** Whether the reset gate acts behind the product with the state; default true. */
  @CanIgnoreReturnValue
  public GRUCell resetAfter(boolean value) {
    return set(Recurrent.RESET_AFTER, value);
  }

  @Override
  Shape biasShape() {
    long width = 3L * units();
    return get(Recurrent.RESET_AFTER) ? Shape.of(2, width) : Shape.of(width);
  }

  /** With {@code resetAfter} the bias has two rows, of the inputs and of the state. */
  private @Nullable Tensor biasRow(int row) {
    Variable all = bias;
    if (all == null) {
      return null;
    }
    return get(Recurrent.RESET_AFTER) ? all.value().get(row) : all.value();
  }

  @Override
  @Nullable Tensor inputBias() {
    return biasRow(0);
  }

  @Override
  protected Advance step(Tensor x, List<Tensor> states, boolean training) {
    var gates = get(Recurrent.RECURRENT_ACTIVATION);
    boolean after = get(Recurrent.RESET_AFTER);
    Tensor h = states.get(0);
    Tensor inner = recur(h, training, 0, after ? 3 : 2);
    Tensor offset = after ? biasRow(1) : null;
    if (offset != null) {
      inner = Np.add(inner, offset);
    }
    Tensor z = gates.apply(Np.add(gate(x, 0, 1), gate(inner, 0, 1)));
    Tensor r = gates.apply(Np.add(gate(x, 1, 2), gate(inner, 1, 2)));
    Tensor recurrent =
        after ? Np.multiply(r, gate(inner, 2, 3)) : recur(Np.multiply(r, h), training, 2, 3);
    Tensor candidate = get(Recurrent.ACTIVATION).apply(Np.add(gate(x, 2, 3), recurrent));
    Tensor y = Np.add(Np.multiply(z, h), Np.multiply(Np.subtract(1.0, z), candidate));
    return new Advance(y, List.of(y));
  }
}
