package org.cornu.optimizers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.optim.AdadeltaRule;
import org.cornu.optim.UpdateRule;
import org.cornu.optimizers.schedules.LearningRateSchedule;

/** Adadelta (Zeiler 2012): see {@link AdadeltaRule}. */
public final class Adadelta extends Optimizer {
  private static final Option<Double> RHO = Option.real("rho").defaultTo(0.95).within(0, 1);
  private static final Option<Double> EPSILON = Option.real("epsilon").defaultTo(1e-7);

  static final Spec SPEC =
      Spec.of("keras.optimizers", "Adadelta")
          .base(OPTIONS)
          .options(RHO, EPSILON)
          .aliases("adadelta")
          .create(Adadelta::new);

  /** With learning rate 0.001. */
  public Adadelta() {
    super(SPEC);
  }

  /** With this learning rate. */
  public Adadelta(double learningRate) {
    this();
    learningRate(learningRate);
  }

  /** With a schedule of the learning rate. */
  public Adadelta(LearningRateSchedule schedule) {
    this();
    learningRate(schedule);
  }

  /** Share of the old mean squares that stays at each step; default 0.95. */
  @CanIgnoreReturnValue
  public Adadelta rho(double value) {
    set(RHO, value);
    return this;
  }

  /** Added to both mean squares; default 1e-7. */
  @CanIgnoreReturnValue
  public Adadelta epsilon(double value) {
    set(EPSILON, value);
    return this;
  }

  @Override
  public UpdateRule rule() {
    return new AdadeltaRule(get(RHO), get(EPSILON));
  }
}
