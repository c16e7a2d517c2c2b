package org.cornu.optimizers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.optim.AdafactorRule;
import org.cornu.optim.UpdateRule;
import org.cornu.optimizers.schedules.LearningRateSchedule;

/** Adafactor (Shazeer and Stern 2018), whose state is small: see {@link AdafactorRule}. */
public final class Adafactor extends Optimizer {
  private static final Option<Double> BETA_2_DECAY = Option.real("beta_2_decay").defaultTo(-0.8);
  private static final Option<Double> EPSILON_1 = Option.real("epsilon_1").defaultTo(1e-30);
  private static final Option<Double> EPSILON_2 = Option.real("epsilon_2").defaultTo(1e-3);
  private static final Option<Double> CLIP_THRESHOLD =
      Option.real("clip_threshold").defaultTo(1.0).positive();
  private static final Option<Boolean> RELATIVE_STEP = Option.bool("relative_step").defaultTo(true);

  static final Spec SPEC =
      Spec.of("keras.optimizers", "Adafactor")
          .base(OPTIONS)
          .options(BETA_2_DECAY, EPSILON_1, EPSILON_2, CLIP_THRESHOLD, RELATIVE_STEP)
          .aliases("adafactor")
          .create(Adafactor::new);

  /** With learning rate 0.001. */
  public Adafactor() {
    super(SPEC);
  }

  /** With this learning rate. */
  public Adafactor(double learningRate) {
    this();
    learningRate(learningRate);
  }

  /** With a schedule of the learning rate. */
  public Adafactor(LearningRateSchedule schedule) {
    this();
    learningRate(schedule);
  }

  /** Power of the step by which the share of new squares falls; default -0.8. */
  @CanIgnoreReturnValue
  public Adafactor beta2Decay(double value) {
    set(BETA_2_DECAY, value);
    return this;
  }

  /** Added to the squares; default 1e-30. */
  @CanIgnoreReturnValue
  public Adafactor epsilon1(double value) {
    set(EPSILON_1, value);
    return this;
  }

  /** Least size of the weight that scales the move; default 1e-3. */
  @CanIgnoreReturnValue
  public Adafactor epsilon2(double value) {
    set(EPSILON_2, value);
    return this;
  }

  /** Root mean square of the move from which on it is scaled down; default 1. */
  @CanIgnoreReturnValue
  public Adafactor clipThreshold(double value) {
    set(CLIP_THRESHOLD, value);
    return this;
  }

  /** Limits a fixed learning rate to {@code 1 / sqrt(step)}; default true. */
  @CanIgnoreReturnValue
  public Adafactor relativeStep(boolean value) {
    set(RELATIVE_STEP, value);
    return this;
  }

  @Override
  public UpdateRule rule() {
    return new AdafactorRule(
        get(BETA_2_DECAY),
        get(EPSILON_1),
        get(EPSILON_2),
        get(CLIP_THRESHOLD),
        get(RELATIVE_STEP) && get(LEARNING_RATE).schedule() == null);
  }
}
