package org.cornu.metrics;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.losses.Losses;
import org.cornu.tracer.Tensor;

/** Mean cross-entropy of one-hot labels. */
public final class CategoricalCrossentropy extends FunctionMetric {
  private static final Option<Boolean> FROM_LOGITS = Option.bool("from_logits").defaultTo(false);
  private static final Option<Double> LABEL_SMOOTHING =
      Option.real("label_smoothing").defaultTo(0).within(0, 1);
  private static final Option<Integer> AXIS = Option.integer("axis").defaultTo(-1);

  static final Spec SPEC =
      spec("CategoricalCrossentropy", "categorical_crossentropy")
          .options(FROM_LOGITS, LABEL_SMOOTHING, AXIS)
          .create(CategoricalCrossentropy::new);

  /** Under the name {@code categorical_crossentropy}. */
  public CategoricalCrossentropy() {
    super(SPEC);
  }

  /** Whether predictions are logits; default false: probabilities. */
  @CanIgnoreReturnValue
  public CategoricalCrossentropy fromLogits(boolean value) {
    set(FROM_LOGITS, value);
    return this;
  }

  /** Share of the labels spread over all classes; default 0. */
  @CanIgnoreReturnValue
  public CategoricalCrossentropy labelSmoothing(double value) {
    set(LABEL_SMOOTHING, value);
    return this;
  }

  /** Axis of the classes; default -1. */
  @CanIgnoreReturnValue
  public CategoricalCrossentropy axis(int value) {
    set(AXIS, value);
    return this;
  }

  @Override
  public Direction direction() {
    return Direction.DOWN;
  }

  @Override
  Tensor values(Tensor yTrue, Tensor yPred) {
    return Losses.categoricalCrossentropy(
        yTrue, yPred, get(FROM_LOGITS), get(LABEL_SMOOTHING), get(AXIS));
  }
}
