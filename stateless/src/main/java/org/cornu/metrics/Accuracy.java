package org.cornu.metrics;

import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** How often predictions equal labels. */
public final class Accuracy extends FunctionMetric {
  static final Spec SPEC = spec("Accuracy", "accuracy").create(Accuracy::new);

  /** Under the name {@code accuracy}. */
  public Accuracy() {
    super(SPEC);
  }

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  Tensor values(Tensor yTrue, Tensor yPred) {
    return Metrics.accuracy(yTrue, yPred);
  }
}
