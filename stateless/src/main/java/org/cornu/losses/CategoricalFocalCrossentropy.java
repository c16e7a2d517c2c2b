package org.cornu.losses;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** Cross-entropy of one-hot labels that counts hard samples more (Lin et al. 2017). */
public final class CategoricalFocalCrossentropy extends Loss {
  private static final Option<Double> ALPHA = Option.real("alpha").defaultTo(0.25);
  private static final Option<Double> GAMMA = Option.real("gamma").defaultTo(2.0);
  private static final Option<Boolean> FROM_LOGITS = Option.bool("from_logits").defaultTo(false);
  private static final Option<Double> LABEL_SMOOTHING =
      Option.real("label_smoothing").defaultTo(0.0).within(0, 1);
  private static final Option<Integer> AXIS = Option.integer("axis").defaultTo(-1);

  static final Spec SPEC =
      spec("CategoricalFocalCrossentropy", "categorical_focal_crossentropy")
          .options(ALPHA, GAMMA, FROM_LOGITS, LABEL_SMOOTHING, AXIS)
          .aliases("categorical_focal_crossentropy")
          .create(CategoricalFocalCrossentropy::new);

  /** With the mean over the batch. */
  public CategoricalFocalCrossentropy() {
    super(SPEC);
  }

  /** Factor of all classes; default 0.25. */
  @CanIgnoreReturnValue
  public CategoricalFocalCrossentropy alpha(double value) {
    set(ALPHA, value);
    return this;
  }

  /** Power of {@code 1 - p}; default 2. */
  @CanIgnoreReturnValue
  public CategoricalFocalCrossentropy gamma(double value) {
    set(GAMMA, value);
    return this;
  }

  /** Whether predictions are logits; default false: probabilities. */
  @CanIgnoreReturnValue
  public CategoricalFocalCrossentropy fromLogits(boolean value) {
    set(FROM_LOGITS, value);
    return this;
  }

  /** Share of the labels spread over all classes; default 0. */
  @CanIgnoreReturnValue
  public CategoricalFocalCrossentropy labelSmoothing(double value) {
    set(LABEL_SMOOTHING, value);
    return this;
  }

  /** Axis of the classes; default -1. */
  @CanIgnoreReturnValue
  public CategoricalFocalCrossentropy axis(int value) {
    set(AXIS, value);
    return this;
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.categoricalFocalCrossentropy(
        yTrue, yPred, get(ALPHA), get(GAMMA), get(FROM_LOGITS), get(LABEL_SMOOTHING), get(AXIS));
  }
}
