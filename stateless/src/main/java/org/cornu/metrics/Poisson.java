package org.cornu.metrics;

import org.cornu.config.Spec;
import org.cornu.losses.Losses;
import org.cornu.tracer.Tensor;

/** Mean Poisson loss. */
public final class Poisson extends FunctionMetric {
  static final Spec SPEC = spec("Poisson", "poisson").create(Poisson::new);

  /** Under the name {@code poisson}. */
  public Poisson() {
    super(SPEC);
  }

  @Override
  Tensor values(Tensor yTrue, Tensor yPred) {
    return Losses.poisson(yTrue, yPred);
  }
}
