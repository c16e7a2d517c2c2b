package org.cornu.optimizers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.optim.RmspropRule;
import org.cornu.optim.UpdateRule;
import org.cornu.optimizers.schedules.LearningRateSchedule;

/** RMSprop (Tieleman and Hinton 2012): see {@link RmspropRule}. */
public final class RMSprop extends Optimizer {
  private static final Option<Double> RHO = Option.real("rho").defaultTo(0.9).within(0, 1);
  private static final Option<Double> MOMENTUM =
      Option.real("momentum").defaultTo(0.0).within(0, 1);
  private static final Option<Double> EPSILON = Option.real("epsilon").defaultTo(1e-7);
  private static final Option<Boolean> CENTERED = Option.bool("centered").defaultTo(false);

  static final Spec SPEC =
      Spec.of("keras.optimizers", "RMSprop")
          .base(OPTIONS)
          .options(RHO, MOMENTUM, EPSILON, CENTERED)
          .aliases("rmsprop")
          .create(RMSprop::new);

  /** With learning rate 0.001. */
  public RMSprop() {
    super(SPEC);
  }

  /** With this learning rate. */
  public RMSprop(double learningRate) {
    this();
    learningRate(learningRate);
  }

  /** With a schedule of the learning rate. */
  public RMSprop(LearningRateSchedule schedule) {
    this();
    learningRate(schedule);
  }

  /** Share of the old mean square that stays at each step; default 0.9. */
  @CanIgnoreReturnValue
  public RMSprop rho(double value) {
    set(RHO, value);
    return this;
  }

  /** Share of the last move that is repeated; default 0. */
  @CanIgnoreReturnValue
  public RMSprop momentum(double value) {
    set(MOMENTUM, value);
    return this;
  }

  /** Added to the mean square, inside the root; default 1e-7. */
  @CanIgnoreReturnValue
  public RMSprop epsilon(double value) {
    set(EPSILON, value);
    return this;
  }

  /** Divides by the deviation from the mean gradient; default false. */
  @CanIgnoreReturnValue
  public RMSprop centered(boolean value) {
    set(CENTERED, value);
    return this;
  }

  @Override
  public UpdateRule rule() {
    return new RmspropRule(get(RHO), get(MOMENTUM), get(EPSILON), get(CENTERED));
  }
}
