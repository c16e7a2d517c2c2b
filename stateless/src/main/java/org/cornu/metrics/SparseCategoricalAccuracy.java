package org.cornu.metrics;

import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** How often the largest prediction is at the integer label. */
public final class SparseCategoricalAccuracy extends FunctionMetric {
  static final Spec SPEC =
      spec("SparseCategoricalAccuracy", "sparse_categorical_accuracy")
          .create(SparseCategoricalAccuracy::new);

  /** Under the name {@code sparse_categorical_accuracy}. */
  public SparseCategoricalAccuracy() {
    super(SPEC);
  }

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  Tensor values(Tensor yTrue, Tensor yPred) {
    return Metrics.sparseCategoricalAccuracy(yTrue, yPred);
  }
}
