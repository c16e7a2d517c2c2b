package org.cornu.metrics;

import org.cornu.config.Spec;
import org.cornu.losses.Losses;
import org.cornu.tracer.Tensor;

/** Mean divergence of the predicted distribution from the true one. */
public final class KLDivergence extends FunctionMetric {
  static final Spec SPEC = spec("KLDivergence", "kl_divergence").create(KLDivergence::new);

  /** Under the name {@code kl_divergence}. */
  public KLDivergence() {
    super(SPEC);
  }

  @Override
  Tensor values(Tensor yTrue, Tensor yPred) {
    return Losses.klDivergence(yTrue, yPred);
  }
}
