package org.cornu.optimizers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.optim.LambRule;
import org.cornu.optim.UpdateRule;
import org.cornu.optimizers.schedules.LearningRateSchedule;

/** LAMB (You et al. 2019), for large batches: see {@link LambRule}. */
public final class Lamb extends Optimizer {
  private static final Option<Double> BETA_1 = Option.real("beta_1").defaultTo(0.9).within(0, 1);
  private static final Option<Double> BETA_2 = Option.real("beta_2").defaultTo(0.999).within(0, 1);
  private static final Option<Double> EPSILON = Option.real("epsilon").defaultTo(1e-7);

  static final Spec SPEC =
      Spec.of("keras.optimizers", "Lamb")
          .base(OPTIONS)
          .options(BETA_1, BETA_2, EPSILON)
          .aliases("lamb")
          .create(Lamb::new);

  /** With learning rate 0.001. */
  public Lamb() {
    super(SPEC);
  }

  /** With this learning rate. */
  public Lamb(double learningRate) {
    this();
    learningRate(learningRate);
  }

  /** With a schedule of the learning rate. */
  public Lamb(LearningRateSchedule schedule) {
    this();
    learningRate(schedule);
  }

  /** Share of the old mean that stays at each step; default 0.9. */
  @CanIgnoreReturnValue
  public Lamb beta1(double value) {
    set(BETA_1, value);
    return this;
  }

  /** Share of the old mean square that stays at each step; default 0.999. */
  @CanIgnoreReturnValue
  public Lamb beta2(double value) {
    set(BETA_2, value);
    return this;
  }

  /** Added to the root of the mean square; default 1e-7. */
  @CanIgnoreReturnValue
  public Lamb epsilon(double value) {
    set(EPSILON, value);
    return this;
  }

  @Override
  public UpdateRule rule() {
    return new LambRule(get(BETA_1), get(BETA_2), get(EPSILON));
  }
}
