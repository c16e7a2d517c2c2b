package org.cornu.optimizers.schedules;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;

/** {@code initial / (1 + rate * step / steps)}; in whole steps where staircase is set. */
public final class InverseTimeDecay extends LearningRateSchedule {
  private static final Option<Double> INITIAL_LEARNING_RATE =
      Option.real("initial_learning_rate").required();
  private static final Option<Integer> DECAY_STEPS =
      Option.integer("decay_steps").required().positive();
  private static final Option<Double> DECAY_RATE = Option.real("decay_rate").required();
  private static final Option<Boolean> STAIRCASE = Option.bool("staircase").defaultTo(false);
  private static final Option<String> NAME = Option.string("name").defaultTo("InverseTimeDecay");

  static final Spec SPEC =
      Spec.of("keras.optimizers.schedules", "InverseTimeDecay")
          .options(INITIAL_LEARNING_RATE, DECAY_STEPS, DECAY_RATE, STAIRCASE, NAME)
          .create(InverseTimeDecay::new);

  private InverseTimeDecay() {
    super(SPEC);
  }

  /**
   * Makes a schedule.
   *
   * @param initialLearningRate the learning rate at the first step.
   * @param decaySteps steps per unit of the rate.
   * @param decayRate what the divisor grows by per {@code decaySteps}.
   */
  public InverseTimeDecay(double initialLearningRate, int decaySteps, double decayRate) {
    this();
    set(INITIAL_LEARNING_RATE, initialLearningRate);
    set(DECAY_STEPS, decaySteps);
    set(DECAY_RATE, decayRate);
  }

  /** Falls in steps. */
  @CanIgnoreReturnValue
  public InverseTimeDecay staircase(boolean value) {
    set(STAIRCASE, value);
    return this;
  }

  /** Name of the schedule. */
  @CanIgnoreReturnValue
  public InverseTimeDecay name(String value) {
    set(NAME, value);
    return this;
  }

  @Override
  public Tensor apply(Tensor step) {
    Tensor periods = step.astype(DType.F32).div((double) get(DECAY_STEPS));
    if (get(STAIRCASE)) {
      periods = Np.floor(periods);
    }
    return Np.divide(get(INITIAL_LEARNING_RATE), periods.mul(get(DECAY_RATE)).add(1L));
  }
}
