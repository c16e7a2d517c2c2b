package org.cornu.metrics;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** How often the one-hot label is among the k largest predictions. */
public final class TopKCategoricalAccuracy extends FunctionMetric {
  private static final Option<Integer> K = Option.integer("k").defaultTo(5).positive();

  static final Spec SPEC =
      spec("TopKCategoricalAccuracy", "top_k_categorical_accuracy")
          .options(K)
          .create(TopKCategoricalAccuracy::new);

  /** Under the name {@code top_k_categorical_accuracy}. */
  public TopKCategoricalAccuracy() {
    super(SPEC);
  }

  /** Number of predictions that count; default 5. */
  @CanIgnoreReturnValue
  public TopKCategoricalAccuracy k(int value) {
    set(K, value);
    return this;
  }

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  Tensor values(Tensor yTrue, Tensor yPred) {
    return Metrics.topKCategoricalAccuracy(yTrue, yPred, get(K));
  }
}
