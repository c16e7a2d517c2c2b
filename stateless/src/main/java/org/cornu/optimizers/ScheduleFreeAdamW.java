package org.cornu.optimizers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.optim.ScheduleFreeAdamWRule;
import org.cornu.optim.UpdateRule;
import org.cornu.optimizers.schedules.LearningRateSchedule;

/** Adam that needs no schedule (Defazio et al. 2024): see {@link ScheduleFreeAdamWRule}. */
public final class ScheduleFreeAdamW extends Optimizer {
  private static final Option<Double> BETA_1 =
      Option.real("beta_1").defaultTo(0.9).where("must be in (0, 1]", v -> v > 0 && v <= 1);
  private static final Option<Double> BETA_2 = Option.real("beta_2").defaultTo(0.999).within(0, 1);
  private static final Option<Double> EPSILON = Option.real("epsilon").defaultTo(1e-8);
  private static final Option<Integer> WARMUP_STEPS =
      Option.integer("warmup_steps").defaultTo(0).nonNegative();

  static final Spec SPEC =
      Spec.of("keras.optimizers", "ScheduleFreeAdamW")
          .base(OPTIONS)
          .options(LEARNING_RATE.defaultTo(0.0025), BETA_1, BETA_2, EPSILON, WARMUP_STEPS)
          .aliases("schedulefreeadamw")
          .create(ScheduleFreeAdamW::new);

  /** With learning rate 0.0025. */
  public ScheduleFreeAdamW() {
    super(SPEC);
  }

  /** With this learning rate. */
  public ScheduleFreeAdamW(double learningRate) {
    this();
    learningRate(learningRate);
  }

  /** With a schedule of the learning rate. */
  public ScheduleFreeAdamW(LearningRateSchedule schedule) {
    this();
    learningRate(schedule);
  }

  /** Share of the mean of all iterates in the weight; default 0.9. */
  @CanIgnoreReturnValue
  public ScheduleFreeAdamW beta1(double value) {
    set(BETA_1, value);
    return this;
  }

  /** Share of the old mean square that stays at each step; default 0.999. */
  @CanIgnoreReturnValue
  public ScheduleFreeAdamW beta2(double value) {
    set(BETA_2, value);
    return this;
  }

  /** Added to the root of the mean square; default 1e-8. */
  @CanIgnoreReturnValue
  public ScheduleFreeAdamW epsilon(double value) {
    set(EPSILON, value);
    return this;
  }

  /** Steps over which the learning rate rises; default 0. */
  @CanIgnoreReturnValue
  public ScheduleFreeAdamW warmupSteps(int value) {
    set(WARMUP_STEPS, value);
    return this;
  }

  @Override
  public UpdateRule rule() {
    return new ScheduleFreeAdamWRule(get(BETA_1), get(BETA_2), get(EPSILON), get(WARMUP_STEPS));
  }
}
