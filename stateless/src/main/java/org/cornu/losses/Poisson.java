package org.cornu.losses;

import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** {@code mean(yPred - yTrue log yPred)}: counts. */
public final class Poisson extends Loss {
  static final Spec SPEC = spec("Poisson", "poisson").aliases("poisson").create(Poisson::new);

  /** With the mean over the batch. */
  public Poisson() {
    super(SPEC);
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.poisson(yTrue, yPred);
  }
}
