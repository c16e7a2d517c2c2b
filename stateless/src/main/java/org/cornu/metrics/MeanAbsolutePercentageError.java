package org.cornu.metrics;

import org.cornu.config.Spec;
import org.cornu.losses.Losses;
import org.cornu.tracer.Tensor;

/** Mean absolute error in percent of the label. */
public final class MeanAbsolutePercentageError extends FunctionMetric {
  static final Spec SPEC =
      spec("MeanAbsolutePercentageError", "mean_absolute_percentage_error")
          .aliases("mape", "MAPE")
          .create(MeanAbsolutePercentageError::new);

  /** Under the name {@code mean_absolute_percentage_error}. */
  public MeanAbsolutePercentageError() {
    super(SPEC);
  }

  @Override
  public Direction direction() {
    return Direction.DOWN;
  }

  @Override
  Tensor values(Tensor yTrue, Tensor yPred) {
    return Losses.meanAbsolutePercentageError(yTrue, yPred);
  }
}
