package org.cornu.losses;

import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** Divergence of the predicted distribution from the true one. */
public final class KLDivergence extends Loss {
  static final Spec SPEC =
      spec("KLDivergence", "kl_divergence")
          .aliases("kl_divergence", "kld", "KLD")
          .create(KLDivergence::new);

  /** With the mean over the batch. */
  public KLDivergence() {
    super(SPEC);
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.klDivergence(yTrue, yPred);
  }
}
