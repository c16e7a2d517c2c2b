package org.cornu.losses;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** Cross-entropy of independent yes-or-no labels. */
public final class BinaryCrossentropy extends Loss {
  private static final Option<Boolean> FROM_LOGITS = Option.bool("from_logits").defaultTo(false);
  private static final Option<Double> LABEL_SMOOTHING =
      Option.real("label_smoothing").defaultTo(0.0).within(0, 1);
  private static final Option<Integer> AXIS = Option.integer("axis").defaultTo(-1);

  static final Spec SPEC =
      spec("BinaryCrossentropy", "binary_crossentropy")
          .options(FROM_LOGITS, LABEL_SMOOTHING, AXIS)
          .aliases("binary_crossentropy", "bce", "BCE")
          .create(BinaryCrossentropy::new);

  /** With the mean over the batch. */
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

  /** Axis that is averaged; default -1. */
  @CanIgnoreReturnValue
  public BinaryCrossentropy axis(int value) {
    set(AXIS, value);
    return this;
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.binaryCrossentropy(
        yTrue, yPred, get(FROM_LOGITS), get(LABEL_SMOOTHING), get(AXIS));
  }
}
