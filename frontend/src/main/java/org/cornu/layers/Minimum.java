package org.cornu.layers;

import java.util.List;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** The smallest of its inputs, element by element. */
public final class Minimum extends Merge<Minimum> {
  static final Spec SPEC = spec("Minimum").create(Minimum::new);

  /** Of inputs given as a list. */
  public Minimum() {
    super(SPEC);
  }

  @Override
  Tensor merge(List<Tensor> inputs, List<@Nullable Tensor> masks) {
    return extreme(inputs, masks, Np::minimum);
  }
}
