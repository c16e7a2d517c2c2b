package org.cornu.optimizers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.optim.AdagradRule;
import org.cornu.optim.UpdateRule;
import org.cornu.optimizers.schedules.LearningRateSchedule;

/** Adagrad (Duchi et al. 2011): see {@link AdagradRule}. */
public final class Adagrad extends Optimizer {
  private static final Option<Double> INITIAL_ACCUMULATOR_VALUE =
      Option.real("initial_accumulator_value").defaultTo(0.1).nonNegative();
  private static final Option<Double> EPSILON = Option.real("epsilon").defaultTo(1e-7);

  static final Spec SPEC =
      Spec.of("keras.optimizers", "Adagrad")
          .base(OPTIONS)
          .options(INITIAL_ACCUMULATOR_VALUE, EPSILON)
          .aliases("adagrad")
          .create(Adagrad::new);

  /** With learning rate 0.001. */
  public Adagrad() {
    super(SPEC);
  }

  /** With this learning rate. */
  public Adagrad(double learningRate) {
    this();
    learningRate(learningRate);
  }

  /** With a schedule of the learning rate. */
  public Adagrad(LearningRateSchedule schedule) {
    this();
    learningRate(schedule);
  }

  /** What the sum of squares starts from; default 0.1. */
  @CanIgnoreReturnValue
  public Adagrad initialAccumulatorValue(double value) {
    set(INITIAL_ACCUMULATOR_VALUE, value);
    return this;
  }

  /** Added to the sum, inside the root; default 1e-7. */
  @CanIgnoreReturnValue
  public Adagrad epsilon(double value) {
    set(EPSILON, value);
    return this;
  }

  @Override
  public UpdateRule rule() {
    return new AdagradRule(get(INITIAL_ACCUMULATOR_VALUE), get(EPSILON));
  }
}
