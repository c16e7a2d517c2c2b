package org.cornu.metrics;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.losses.Losses;
import org.cornu.losses.Reducing;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Mean cross-entropy of integer labels. As in Keras, samples of an ignored class are left out of
 * the mean only where weights are given; without weights they count as zeros.
 */
public final class SparseCategoricalCrossentropy extends FunctionMetric {
  private static final Option<Boolean> FROM_LOGITS = Option.bool("from_logits").defaultTo(false);
  private static final Option<Integer> IGNORE_CLASS = Option.integer("ignore_class").nullable();
  private static final Option<Integer> AXIS = Option.integer("axis").defaultTo(-1);

  static final Spec SPEC =
      spec("SparseCategoricalCrossentropy", "sparse_categorical_crossentropy")
          .options(FROM_LOGITS, IGNORE_CLASS, AXIS)
          .create(SparseCategoricalCrossentropy::new);

  /** Of probabilities. */
  public SparseCategoricalCrossentropy() {
    super(SPEC);
  }

  /** Whether predictions are logits; default false: probabilities. */
  @CanIgnoreReturnValue
  public SparseCategoricalCrossentropy fromLogits(boolean value) {
    set(FROM_LOGITS, value);
    return this;
  }

  /** Label whose samples count zero; default null: none. */
  @CanIgnoreReturnValue
  public SparseCategoricalCrossentropy ignoreClass(@Nullable Integer value) {
    set(IGNORE_CLASS, value);
    return this;
  }

  /** Axis of the classes; default -1. */
  @CanIgnoreReturnValue
  public SparseCategoricalCrossentropy axis(int value) {
    set(AXIS, value);
    return this;
  }

  @Override
  public Direction direction() {
    return Direction.DOWN;
  }

  @Override
  Tensor values(Tensor yTrue, Tensor yPred) {
    return Losses.sparseCategoricalCrossentropy(
        yTrue, yPred, get(FROM_LOGITS), getOrNull(IGNORE_CLASS), get(AXIS));
  }

  @Override
  protected void update(List<Tensor> inputs, @Nullable Tensor sampleWeight) {
    Integer ignored = getOrNull(IGNORE_CLASS);
    Tensor weight = sampleWeight;
    if (weight != null && ignored != null) {
      Tensor labels = Losses.labels(inputs.get(0), inputs.get(1), get(AXIS));
      weight = Reducing.joinMask(weight, labels.ne((long) ignored), dtype(), false);
    }
    super.update(inputs, weight);
  }
}
