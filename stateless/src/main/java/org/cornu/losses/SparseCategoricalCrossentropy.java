package org.cornu.losses;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Cross-entropy of integer labels: {@code -log p[label]}. */
public final class SparseCategoricalCrossentropy extends Loss {
  private static final Option<Boolean> FROM_LOGITS = Option.bool("from_logits").defaultTo(false);
  private static final Option<Integer> IGNORE_CLASS = Option.integer("ignore_class").nullable();
  private static final Option<Integer> AXIS =
      Option.integer("axis").defaultTo(-1).omittedWhenDefault();

  static final Spec SPEC =
      spec("SparseCategoricalCrossentropy", "sparse_categorical_crossentropy")
          .options(FROM_LOGITS, IGNORE_CLASS, AXIS)
          .create(SparseCategoricalCrossentropy::new);

  /** Of probabilities. */
  public SparseCategoricalCrossentropy() {
    super(SPEC);
  }

  /** Of logits (before softmax) when {@code value}; default false. */
  @CanIgnoreReturnValue
  public SparseCategoricalCrossentropy fromLogits(boolean value) {
    set(FROM_LOGITS, value);
    return this;
  }

  /** Label whose samples do not count, not even in the mean; default null: none. */
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
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.sparseCategoricalCrossentropy(
        yTrue, yPred, get(FROM_LOGITS), getOrNull(IGNORE_CLASS), get(AXIS));
  }

  @Override
  protected @Nullable Tensor mask(Tensor yTrue, Tensor yPred, Tensor values) {
    Integer ignored = getOrNull(IGNORE_CLASS);
    return ignored == null ? null : Losses.labels(yTrue, yPred, get(AXIS)).ne((long) ignored);
  }
}
