package org.cornu.optimizers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.optim.FtrlRule;
import org.cornu.optim.UpdateRule;
import org.cornu.optimizers.schedules.LearningRateSchedule;

/** Follow the regularized leader (McMahan et al. 2013): see {@link FtrlRule}. */
public final class Ftrl extends Optimizer {
  private static final Option<Double> LEARNING_RATE_POWER =
      Option.real("learning_rate_power").defaultTo(-0.5).where("must not be positive", v -> v <= 0);
  private static final Option<Double> INITIAL_ACCUMULATOR_VALUE =
      Option.real("initial_accumulator_value").defaultTo(0.1).nonNegative();
  private static final Option<Double> L1_REGULARIZATION_STRENGTH =
      Option.real("l1_regularization_strength").defaultTo(0.0).nonNegative();
  private static final Option<Double> L2_REGULARIZATION_STRENGTH =
      Option.real("l2_regularization_strength").defaultTo(0.0).nonNegative();
  private static final Option<Double> L2_SHRINKAGE_REGULARIZATION_STRENGTH =
      Option.real("l2_shrinkage_regularization_strength").defaultTo(0.0).nonNegative();
  private static final Option<Double> BETA = Option.real("beta").defaultTo(0.0);

  static final Spec SPEC =
      Spec.of("keras.optimizers", "Ftrl")
          .base(OPTIONS)
          .options(
              LEARNING_RATE_POWER,
              INITIAL_ACCUMULATOR_VALUE,
              L1_REGULARIZATION_STRENGTH,
              L2_REGULARIZATION_STRENGTH,
              L2_SHRINKAGE_REGULARIZATION_STRENGTH,
              BETA)
          .aliases("ftrl")
          .create(Ftrl::new);

  /** With learning rate 0.001. */
  public Ftrl() {
    super(SPEC);
  }

  /** With this learning rate. */
  public Ftrl(double learningRate) {
    this();
    learningRate(learningRate);
  }

  /** With a schedule of the learning rate. */
  public Ftrl(LearningRateSchedule schedule) {
    this();
    learningRate(schedule);
  }

  /** Power of the sum of squares in the step size; default -0.5. */
  @CanIgnoreReturnValue
  public Ftrl learningRatePower(double value) {
    set(LEARNING_RATE_POWER, value);
    return this;
  }

  /** What the sum of squares starts from; default 0.1. */
  @CanIgnoreReturnValue
  public Ftrl initialAccumulatorValue(double value) {
    set(INITIAL_ACCUMULATOR_VALUE, value);
    return this;
  }

  /** Strength of the L1 penalty; default 0. */
  @CanIgnoreReturnValue
  public Ftrl l1RegularizationStrength(double value) {
    set(L1_REGULARIZATION_STRENGTH, value);
    return this;
  }

  /** Strength of the L2 penalty; default 0. */
  @CanIgnoreReturnValue
  public Ftrl l2RegularizationStrength(double value) {
    set(L2_REGULARIZATION_STRENGTH, value);
    return this;
  }

  /** Strength of the penalty on the size of the weight, through the gradient; default 0. */
  @CanIgnoreReturnValue
  public Ftrl l2ShrinkageRegularizationStrength(double value) {
    set(L2_SHRINKAGE_REGULARIZATION_STRENGTH, value);
    return this;
  }

  /** Added to the L2 penalty, over twice the learning rate; default 0. */
  @CanIgnoreReturnValue
  public Ftrl beta(double value) {
    set(BETA, value);
    return this;
  }

  @Override
  public UpdateRule rule() {
    return new FtrlRule(
        get(LEARNING_RATE_POWER),
        get(INITIAL_ACCUMULATOR_VALUE),
        get(L1_REGULARIZATION_STRENGTH),
        get(L2_REGULARIZATION_STRENGTH),
        get(L2_SHRINKAGE_REGULARIZATION_STRENGTH),
        get(BETA));
  }
}
