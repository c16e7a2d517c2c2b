package org.cornu.losses;

import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** {@code mean(|yTrue - yPred|)} over the last axis. */
public final class MeanAbsoluteError extends Loss {
  static final Spec SPEC =
      spec("MeanAbsoluteError", "mean_absolute_error")
          .aliases("mean_absolute_error", "mae", "MAE")
          .create(MeanAbsoluteError::new);

  /** With the mean over the batch. */
  public MeanAbsoluteError() {
    super(SPEC);
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.meanAbsoluteError(yTrue, yPred);
  }
}
