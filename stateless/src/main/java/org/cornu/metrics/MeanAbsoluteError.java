package org.cornu.metrics;

import org.cornu.config.Spec;
import org.cornu.losses.Losses;
import org.cornu.tracer.Tensor;

/** Mean absolute error. */
public final class MeanAbsoluteError extends FunctionMetric {
  static final Spec SPEC =
      spec("MeanAbsoluteError", "mean_absolute_error")
          .aliases("mae", "MAE")
          .create(MeanAbsoluteError::new);

  /** Under the name {@code mean_absolute_error}. */
  public MeanAbsoluteError() {
    super(SPEC);
  }

  @Override
  public Direction direction() {
    return Direction.DOWN;
  }

  @Override
  Tensor values(Tensor yTrue, Tensor yPred) {
    return Losses.meanAbsoluteError(yTrue, yPred);
  }
}
