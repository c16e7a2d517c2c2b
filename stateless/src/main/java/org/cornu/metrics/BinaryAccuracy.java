package org.cornu.metrics;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** How often predictions, rounded at a threshold, equal labels of 0 and 1. */
public final class BinaryAccuracy extends FunctionMetric {
  private static final Option<Double> THRESHOLD = Option.real("threshold").defaultTo(0.5);

  static final Spec SPEC =
      spec("BinaryAccuracy", "binary_accuracy").options(THRESHOLD).create(BinaryAccuracy::new);

  /** Under the name {@code binary_accuracy}. */
  public BinaryAccuracy() {
    super(SPEC);
  }

  /** Predictions above it count as one; default 0.5. */
  @CanIgnoreReturnValue
  public BinaryAccuracy threshold(double value) {
    set(THRESHOLD, value);
    return this;
  }

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  Tensor values(Tensor yTrue, Tensor yPred) {
    return Metrics.binaryAccuracy(yTrue, yPred, get(THRESHOLD));
  }
}
