package org.cornu.optimizers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.optim.SgdRule;
import org.cornu.optim.UpdateRule;
import org.cornu.optimizers.schedules.LearningRateSchedule;

/** Gradient descent, with momentum where asked for: see {@link SgdRule}. */
public final class SGD extends Optimizer {
  private static final Option<Double> MOMENTUM =
      Option.real("momentum").defaultTo(0.0).within(0, 1);
  private static final Option<Boolean> NESTEROV = Option.bool("nesterov").defaultTo(false);

  static final Spec SPEC =
      Spec.of("keras.optimizers", "SGD")
          .base(OPTIONS)
          .options(LEARNING_RATE.defaultTo(0.01), MOMENTUM, NESTEROV)
          .aliases("sgd")
          .create(SGD::new);

  /** With learning rate 0.01. */
  public SGD() {
    super(SPEC);
  }

  /** With this learning rate. */
  public SGD(double learningRate) {
    this();
    learningRate(learningRate);
  }

  /** With a schedule of the learning rate. */
  public SGD(LearningRateSchedule schedule) {
    this();
    learningRate(schedule);
  }

  /** Share of the last step that is repeated; default 0. */
  @CanIgnoreReturnValue
  public SGD momentum(double value) {
    set(MOMENTUM, value);
    return this;
  }

  /** Looks ahead along the momentum; default false. */
  @CanIgnoreReturnValue
  public SGD nesterov(boolean value) {
    set(NESTEROV, value);
    return this;
  }

  @Override
  public UpdateRule rule() {
    return new SgdRule(get(MOMENTUM), get(NESTEROV));
  }
}
