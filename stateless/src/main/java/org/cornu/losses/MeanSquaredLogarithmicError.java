package org.cornu.losses;

import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** Squared error of logarithms. */
public final class MeanSquaredLogarithmicError extends Loss {
  static final Spec SPEC =
      spec("MeanSquaredLogarithmicError", "mean_squared_logarithmic_error")
          .aliases("mean_squared_logarithmic_error", "msle", "MSLE")
          .create(MeanSquaredLogarithmicError::new);

  /** With the mean over the batch. */
  public MeanSquaredLogarithmicError() {
    super(SPEC);
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.meanSquaredLogarithmicError(yTrue, yPred);
  }
}
