package org.cornu.layers;

import java.util.Collections;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Marks time steps all of whose features equal a value as ones that do not count; they become 0.
 */
public final class Masking extends Layer<Masking> {
  private static final Option<Double> MASK_VALUE = Option.real("mask_value").defaultTo(0.0);

  static final Spec SPEC =
      Spec.of("keras.layers", "Masking")
          .base(OPTIONS)
          .options(MASK_VALUE)
          .create(() -> new Masking());

  /** Of steps that are 0. */
  public Masking() {
    super(SPEC);
  }

  /** Of steps that have this value. */
  public Masking(double maskValue) {
    this();
    set(MASK_VALUE, maskValue);
  }

  private Tensor counts(Tensor x) {
    return Np.any(Np.notEqual(x, get(MASK_VALUE)), -1);
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    return Np.multiply(x, Np.cast(Np.expandDims(counts(x), -1), x.dtype()));
  }

  @Override
  protected List<@Nullable Tensor> computeMasks(
      List<Tensor> inputs, List<@Nullable Tensor> masks, Call call) {
    return Collections.singletonList(counts(inputs.get(0)));
  }
}
