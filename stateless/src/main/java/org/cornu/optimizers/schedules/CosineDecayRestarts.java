package org.cornu.optimizers.schedules;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;

/**
 * Half cosines one after the other (Loshchilov and Hutter 2016), each longer and lower than the
 * last.
 */
public final class CosineDecayRestarts extends LearningRateSchedule {
  private static final Option<Double> INITIAL_LEARNING_RATE =
      Option.real("initial_learning_rate").required();
  private static final Option<Integer> FIRST_DECAY_STEPS =
      Option.integer("first_decay_steps").required().positive();
  private static final Option<Double> T_MUL = Option.real("t_mul").defaultTo(2.0).positive();
  private static final Option<Double> M_MUL = Option.real("m_mul").defaultTo(1.0);
  private static final Option<Double> ALPHA = Option.real("alpha").defaultTo(0.0);
  private static final Option<String> NAME = Option.string("name").defaultTo("SGDRDecay");

  static final Spec SPEC =
      Spec.of("keras.optimizers.schedules", "CosineDecayRestarts")
          .options(INITIAL_LEARNING_RATE, FIRST_DECAY_STEPS, T_MUL, M_MUL, ALPHA, NAME)
          .create(CosineDecayRestarts::new);

  private CosineDecayRestarts() {
    super(SPEC);
  }

  /**
   * Makes a schedule.
   *
   * @param initialLearningRate the learning rate at the first step.
   * @param firstDecaySteps steps of the first fall.
   */
  public CosineDecayRestarts(double initialLearningRate, int firstDecaySteps) {
    this();
    set(INITIAL_LEARNING_RATE, initialLearningRate);
    set(FIRST_DECAY_STEPS, firstDecaySteps);
  }

  /** Length of each fall over that of the last; default 2. */
  @CanIgnoreReturnValue
  public CosineDecayRestarts tMul(double value) {
    set(T_MUL, value);
    return this;
  }

  /** Height of each fall over that of the last; default 1. */
  @CanIgnoreReturnValue
  public CosineDecayRestarts mMul(double value) {
    set(M_MUL, value);
    return this;
  }

  /** Share that remains at the end of each fall; default 0. */
  @CanIgnoreReturnValue
  public CosineDecayRestarts alpha(double value) {
    set(ALPHA, value);
    return this;
  }

  /** Name of the schedule. */
  @CanIgnoreReturnValue
  public CosineDecayRestarts name(String value) {
    set(NAME, value);
    return this;
  }

  @Override
  public Tensor apply(Tensor step) {
    Tensor completed = step.astype(DType.F32).div((double) get(FIRST_DECAY_STEPS));
    double longer = get(T_MUL);
    Tensor restarts;
    Tensor fraction;
    if (longer == 1) {
      restarts = Np.floor(completed);
      fraction = completed.sub(restarts);
    } else {
      Tensor log = Np.log(Np.subtract(1, completed.mul(1 - longer)));
      restarts = Np.floor(log.div(Math.log(longer)));
      Tensor length = Np.power(longer, restarts);
      Tensor before = Np.subtract(1, length).div(1 - longer);
      fraction = completed.sub(before).div(length);
    }
    double alpha = get(ALPHA);
    Tensor height = Np.power(get(M_MUL), restarts).mul(0.5);
    Tensor cosine = height.mul(Np.cos(fraction.mul(Math.PI)).add(1L));
    return cosine.mul(1 - alpha).add(alpha).mul(get(INITIAL_LEARNING_RATE));
  }
}
