package org.cornu.losses;

import org.cornu.config.Spec;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;

/** {@code mean((yTrue - yPred)²)} over the last dimension. */
public final class MeanSquaredError extends Loss {
  static final Spec SPEC =
      Spec.of("keras.losses", "MeanSquaredError")
          .base(OPTIONS)
          .aliases("mse", "MSE", "mean_squared_error")
          .create(MeanSquaredError::new);

  /** With the mean over the batch. */
  public MeanSquaredError() {
    super(SPEC);
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Np.mean(Lax.square(Np.subtract(yPred, yTrue)), -1);
  }
}
