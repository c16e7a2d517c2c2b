package org.cornu.metrics;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.losses.Losses;
import org.cornu.tracer.Tensor;

/** Mean cross-entropy of yes-or-no labels. */
public final class BinaryCrossentropy extends FunctionMetric {
  private static final Option<Boolean> FROM_LOGITS = Option.bool("from_logits").defaultTo(false);
  private static final Option<Double> LABEL_SMOOTHING =
      Option.real("label_smoothing").defaultTo(0).within(0, 1);

  static final Spec SPEC =
      spec("BinaryCrossentropy", "binary_crossentropy")
          .options(FROM_LOGITS, LABEL_SMOOTHING)
          .aliases("bce", "BCE")
          .create(BinaryCrossentropy::new);

  /** Under the name {@code binary_crossentropy}. */
  public BinaryCrossentropy() {
    super(SPEC);
  }

  /** Whether predictions are logits; default false: probabilities. */
  @CanIgnoreReturnValue
  public BinaryCrossentropy fromLogits(boolean value) {
    set(FROM_LOGITS, value);
    return this;
  }

  /** Share of the labels moved to one half; default 0. */
  @CanIgnoreReturnValue
  public BinaryCrossentropy labelSmoothing(double value) {
    set(LABEL_SMOOTHING, value);
    return this;
  }

  @Override
  public Direction direction() {
    return Direction.DOWN;
  }

  @Override
  Tensor values(Tensor yTrue, Tensor yPred) {
    return Losses.binaryCrossentropy(yTrue, yPred, get(FROM_LOGITS), get(LABEL_SMOOTHING), -1);
  }
}
