package org.cornu.metrics;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** How often the integer label is among the k largest predictions. */
public final class SparseTopKCategoricalAccuracy extends FunctionMetric {
  private static final Option<Integer> K = Option.integer("k").defaultTo(5).positive();
  private static final Option<Boolean> FROM_SORTED_IDS =
      Option.bool("from_sorted_ids").defaultTo(false).omittedWhenDefault();

  static final Spec SPEC =
      spec("SparseTopKCategoricalAccuracy", "sparse_top_k_categorical_accuracy")
          .options(K, FROM_SORTED_IDS)
          .create(SparseTopKCategoricalAccuracy::new);

  /** Under the name {@code sparse_top_k_categorical_accuracy}. */
  public SparseTopKCategoricalAccuracy() {
    super(SPEC);
  }

  /** Number of predictions that count; default 5. */
  @CanIgnoreReturnValue
  public SparseTopKCategoricalAccuracy k(int value) {
    set(K, value);
    return this;
  }

  /** Whether predictions are class indices, best first; default false: scores. */
  @CanIgnoreReturnValue
  public SparseTopKCategoricalAccuracy fromSortedIds(boolean value) {
    set(FROM_SORTED_IDS, value);
    return this;
  }

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  Tensor values(Tensor yTrue, Tensor yPred) {
    return Metrics.sparseTopKCategoricalAccuracy(yTrue, yPred, get(K), get(FROM_SORTED_IDS));
  }
}
