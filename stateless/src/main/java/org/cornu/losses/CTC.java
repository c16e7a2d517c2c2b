package org.cornu.losses;

import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/**
 * Connectionist temporal classification of logits {@code [batch, time, classes]} against labels
 * {@code [batch, labels]} padded with 0.
 */
public final class CTC extends Loss {
  static final Spec SPEC = spec("CTC", "ctc").aliases("ctc").create(CTC::new);

  /** With the mean over the batch. */
  public CTC() {
    super(SPEC);
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.ctc(yTrue, yPred);
  }
}
