package org.cornu.losses;

import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** Absolute error in percent of the label. */
public final class MeanAbsolutePercentageError extends Loss {
  static final Spec SPEC =
      spec("MeanAbsolutePercentageError", "mean_absolute_percentage_error")
          .aliases("mean_absolute_percentage_error", "mape", "MAPE")
          .create(MeanAbsolutePercentageError::new);

  /** With the mean over the batch. */
  public MeanAbsolutePercentageError() {
    super(SPEC);
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.meanAbsolutePercentageError(yTrue, yPred);
  }
}
