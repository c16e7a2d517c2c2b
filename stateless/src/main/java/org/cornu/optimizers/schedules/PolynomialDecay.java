package org.cornu.optimizers.schedules;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;

/**
 * {@code (initial - end) (1 - step / steps)^power + end}; after the last step the end, or with
 * cycle a longer fall from the next multiple of the steps.
 */
public final class PolynomialDecay extends LearningRateSchedule {
  private static final Option<Double> INITIAL_LEARNING_RATE =
      Option.real("initial_learning_rate").required();
  private static final Option<Integer> DECAY_STEPS =
      Option.integer("decay_steps").required().positive();
  private static final Option<Double> END_LEARNING_RATE =
      Option.real("end_learning_rate").defaultTo(1e-4);
  private static final Option<Double> POWER = Option.real("power").defaultTo(1.0);
  private static final Option<Boolean> CYCLE = Option.bool("cycle").defaultTo(false);
  private static final Option<String> NAME = Option.string("name").defaultTo("PolynomialDecay");

  static final Spec SPEC =
      Spec.of("keras.optimizers.schedules", "PolynomialDecay")
          .options(INITIAL_LEARNING_RATE, DECAY_STEPS, END_LEARNING_RATE, POWER, CYCLE, NAME)
          .create(PolynomialDecay::new);

  private PolynomialDecay() {
    super(SPEC);
  }

  /**
   * Makes a schedule.
   *
   * @param initialLearningRate the learning rate at the first step.
   * @param decaySteps steps of the fall.
   */
  public PolynomialDecay(double initialLearningRate, int decaySteps) {
    this();
    set(INITIAL_LEARNING_RATE, initialLearningRate);
    set(DECAY_STEPS, decaySteps);
  }

  /** The learning rate at the end; default 1e-4. */
  @CanIgnoreReturnValue
  public PolynomialDecay endLearningRate(double value) {
    set(END_LEARNING_RATE, value);
    return this;
  }

  /** Power; default 1. */
  @CanIgnoreReturnValue
  public PolynomialDecay power(double value) {
    set(POWER, value);
    return this;
  }

  /** Falls again after the end. */
  @CanIgnoreReturnValue
  public PolynomialDecay cycle(boolean value) {
    set(CYCLE, value);
    return this;
  }

  /** Name of the schedule. */
  @CanIgnoreReturnValue
  public PolynomialDecay name(String value) {
    set(NAME, value);
    return this;
  }

  @Override
  public Tensor apply(Tensor step) {
    Tensor at = step.astype(DType.F32);
    double steps = get(DECAY_STEPS);
    Tensor fraction;
    if (get(CYCLE)) {
      Tensor cycles = Np.where(at.eq(0L), 1.0, Np.ceil(at.div(steps)));
      fraction = at.div(cycles.mul(steps));
    } else {
      fraction = at.minimum(steps).div(steps);
    }
    double end = get(END_LEARNING_RATE);
    Tensor height = Np.subtract(1, fraction).pow(get(POWER));
    return height.mul(get(INITIAL_LEARNING_RATE) - end).add(end);
  }
}
