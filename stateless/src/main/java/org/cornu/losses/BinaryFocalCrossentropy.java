package org.cornu.losses;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** Binary cross-entropy that counts hard samples more (Lin et al. 2017). */
public final class BinaryFocalCrossentropy extends Loss {
  private static final Option<Boolean> APPLY_CLASS_BALANCING =
      Option.bool("apply_class_balancing").defaultTo(false);
  private static final Option<Double> ALPHA = Option.real("alpha").defaultTo(0.25);
  private static final Option<Double> GAMMA = Option.real("gamma").defaultTo(2.0);
  private static final Option<Boolean> FROM_LOGITS = Option.bool("from_logits").defaultTo(false);
  private static final Option<Double> LABEL_SMOOTHING =
      Option.real("label_smoothing").defaultTo(0.0).within(0, 1);
  private static final Option<Integer> AXIS = Option.integer("axis").defaultTo(-1);

  static final Spec SPEC =
      spec("BinaryFocalCrossentropy", "binary_focal_crossentropy")
          .options(APPLY_CLASS_BALANCING, ALPHA, GAMMA, FROM_LOGITS, LABEL_SMOOTHING, AXIS)
          .aliases("binary_focal_crossentropy")
          .create(BinaryFocalCrossentropy::new);

  /** With the mean over the batch. */
  public BinaryFocalCrossentropy() {
    super(SPEC);
  }

  /** Whether {@code alpha} applies; default false. */
  @CanIgnoreReturnValue
  public BinaryFocalCrossentropy applyClassBalancing(boolean value) {
    set(APPLY_CLASS_BALANCING, value);
    return this;
  }

  /** Weight of positive samples; default 0.25. */
  @CanIgnoreReturnValue
  public BinaryFocalCrossentropy alpha(double value) {
    set(ALPHA, value);
    return this;
  }

  /** Power of {@code 1 - p}; default 2. */
  @CanIgnoreReturnValue
  public BinaryFocalCrossentropy gamma(double value) {
    set(GAMMA, value);
    return this;
  }

  /** Whether predictions are logits; default false: probabilities. */
  @CanIgnoreReturnValue
  public BinaryFocalCrossentropy fromLogits(boolean value) {
    set(FROM_LOGITS, value);
    return this;
  }

  /** Share of the labels moved to one half; default 0. */
  @CanIgnoreReturnValue
  public BinaryFocalCrossentropy labelSmoothing(double value) {
    set(LABEL_SMOOTHING, value);
    return this;
  }

  /** Axis that is averaged; default -1. */
  @CanIgnoreReturnValue
  public BinaryFocalCrossentropy axis(int value) {
    set(AXIS, value);
    return this;
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.binaryFocalCrossentropy(
        yTrue,
        yPred,
        get(APPLY_CLASS_BALANCING),
        get(ALPHA),
        get(GAMMA),
        get(FROM_LOGITS),
        get(LABEL_SMOOTHING),
        get(AXIS));
  }
}
