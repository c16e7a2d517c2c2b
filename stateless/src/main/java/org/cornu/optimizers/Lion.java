package org.cornu.optimizers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.optim.LionRule;
import org.cornu.optim.UpdateRule;
import org.cornu.optimizers.schedules.LearningRateSchedule;

/** Lion (Chen et al. 2023): see {@link LionRule}. */
public final class Lion extends Optimizer {
  private static final Option<Double> BETA_1 =
      Option.real("beta_1").defaultTo(0.9).where("must be in (0, 1]", v -> v > 0 && v <= 1);
  private static final Option<Double> BETA_2 = Option.real("beta_2").defaultTo(0.99).within(0, 1);

  static final Spec SPEC =
      Spec.of("keras.optimizers", "Lion")
          .base(OPTIONS)
          .options(BETA_1, BETA_2)
          .aliases("lion")
          .create(Lion::new);

  /** With learning rate 0.001. */
  public Lion() {
    super(SPEC);
  }

  /** With this learning rate. */
  public Lion(double learningRate) {
    this();
    learningRate(learningRate);
  }

  /** With a schedule of the learning rate. */
  public Lion(LearningRateSchedule schedule) {
    this();
    learningRate(schedule);
  }

  /** Share of the momentum in the blend whose sign is taken; default 0.9. */
  @CanIgnoreReturnValue
  public Lion beta1(double value) {
    set(BETA_1, value);
    return this;
  }

  /** Share of the old momentum that stays at each step; default 0.99. */
  @CanIgnoreReturnValue
  public Lion beta2(double value) {
    set(BETA_2, value);
    return this;
  }

  @Override
  public UpdateRule rule() {
    return new LionRule(get(BETA_1), get(BETA_2));
  }
}
