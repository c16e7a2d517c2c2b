package org.cornu.metrics;

import org.cornu.config.Spec;
import org.cornu.losses.Losses;
import org.cornu.tracer.Tensor;

/** Mean squared error of logarithms. */
public final class MeanSquaredLogarithmicError extends FunctionMetric {
  static final Spec SPEC =
      spec("MeanSquaredLogarithmicError", "mean_squared_logarithmic_error")
          .aliases("msle", "MSLE")
          .create(MeanSquaredLogarithmicError::new);

  /** Under the name {@code mean_squared_logarithmic_error}. */
  public MeanSquaredLogarithmicError() {
    super(SPEC);
  }

  @Override
  public Direction direction() {
    return Direction.DOWN;
  }

  @Override
  Tensor values(Tensor yTrue, Tensor yPred) {
    return Losses.meanSquaredLogarithmicError(yTrue, yPred);
  }
}
