package org.cornu.metrics;

import org.cornu.config.Spec;
import org.cornu.losses.Losses;
import org.cornu.tracer.Tensor;

/** Mean squared error. */
public final class MeanSquaredError extends FunctionMetric {
  static final Spec SPEC =
      spec("MeanSquaredError", "mean_squared_error")
          .aliases("mse", "MSE")
          .create(MeanSquaredError::new);

  /** Under the name {@code mean_squared_error}. */
  public MeanSquaredError() {
    super(SPEC);
  }

  @Override
  public Direction direction() {
    return Direction.DOWN;
  }

  @Override
  Tensor values(Tensor yTrue, Tensor yPred) {
    return Losses.meanSquaredError(yTrue, yPred);
  }
}
