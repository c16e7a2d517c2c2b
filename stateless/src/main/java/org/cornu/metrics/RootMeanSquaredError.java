package org.cornu.metrics;

import java.util.List;
import org.cornu.config.Spec;
import org.cornu.losses.Reducing;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Root of the mean squared error. */
public final class RootMeanSquaredError extends MeanMetric {
  static final Spec SPEC =
      spec("RootMeanSquaredError", "root_mean_squared_error").create(RootMeanSquaredError::new);

  /** Under the name {@code root_mean_squared_error}. */
  public RootMeanSquaredError() {
    super(SPEC);
  }

  @Override
  public Direction direction() {
    return Direction.DOWN;
  }

  @Override
  protected void update(List<Tensor> inputs, @Nullable Tensor sampleWeight) {
    Tensor t = cast(inputs.get(0));
    Tensor p = cast(inputs.get(1));
    add(Reducing.align(p, t).sub(Reducing.align(t, p)).square(), sampleWeight);
  }

  @Override
  public Tensor result() {
    return super.result().sqrt();
  }
}
