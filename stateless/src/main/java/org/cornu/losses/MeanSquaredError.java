package org.cornu.losses;

import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** {@code mean((yTrue - yPred)²)} over the last axis. */
public final class MeanSquaredError extends Loss {
  static final Spec SPEC =
      spec("MeanSquaredError", "mean_squared_error")
          .aliases("mean_squared_error", "mse", "MSE")
          .create(MeanSquaredError::new);

  /** With the mean over the batch. */
  public MeanSquaredError() {
    super(SPEC);
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.meanSquaredError(yTrue, yPred);
  }
}
