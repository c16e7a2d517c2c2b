package org.cornu.metrics;

import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** How often the largest prediction is at the one-hot label. */
public final class CategoricalAccuracy extends FunctionMetric {
  static final Spec SPEC =
      spec("CategoricalAccuracy", "categorical_accuracy").create(CategoricalAccuracy::new);

  /** Under the name {@code categorical_accuracy}. */
  public CategoricalAccuracy() {
    super(SPEC);
  }

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  Tensor values(Tensor yTrue, Tensor yPred) {
    return Metrics.categoricalAccuracy(yTrue, yPred);
  }
}
