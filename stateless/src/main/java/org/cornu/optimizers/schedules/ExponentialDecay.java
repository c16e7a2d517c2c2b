package org.cornu.optimizers.schedules;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;

/** {@code initial * rate^(step / steps)}; in whole powers where staircase is set. */
public final class ExponentialDecay extends LearningRateSchedule {
  private static final Option<Double> INITIAL_LEARNING_RATE =
      Option.real("initial_learning_rate").required();
  private static final Option<Integer> DECAY_STEPS =
      Option.integer("decay_steps").required().positive();
  private static final Option<Double> DECAY_RATE = Option.real("decay_rate").required();
  private static final Option<Boolean> STAIRCASE = Option.bool("staircase").defaultTo(false);
  private static final Option<String> NAME = Option.string("name").defaultTo("ExponentialDecay");

  static final Spec SPEC =
      Spec.of("keras.optimizers.schedules", "ExponentialDecay")
          .options(INITIAL_LEARNING_RATE, DECAY_STEPS, DECAY_RATE, STAIRCASE, NAME)
          .create(ExponentialDecay::new);

  private ExponentialDecay() {
    super(SPEC);
  }

  /**
   * Makes a schedule.
   *
   * @param initialLearningRate the learning rate at the first step.
   * @param decaySteps steps per power of the rate.
   * @param decayRate factor per {@code decaySteps}.
   */
  public ExponentialDecay(double initialLearningRate, int decaySteps, double decayRate) {
    this();
    set(INITIAL_LEARNING_RATE, initialLearningRate);
    set(DECAY_STEPS, decaySteps);
    set(DECAY_RATE, decayRate);
  }

  /** Falls in steps, at whole powers. */
  @CanIgnoreReturnValue
  public ExponentialDecay staircase(boolean value) {
    set(STAIRCASE, value);
    return this;
  }

  /** Name of the schedule. */
  @CanIgnoreReturnValue
  public ExponentialDecay name(String value) {
    set(NAME, value);
    return this;
  }

  @Override
  public Tensor apply(Tensor step) {
    Tensor periods = step.astype(DType.F32).div((double) get(DECAY_STEPS));
    if (get(STAIRCASE)) {
      periods = Np.floor(periods);
    }
    return Np.power(get(DECAY_RATE), periods).mul(get(INITIAL_LEARNING_RATE));
  }
}
