package org.cornu.optimizers.schedules;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Half a cosine from the initial learning rate to {@code alpha} times it, after an optional linear
 * rise to {@code warmupTarget}, from which the cosine then starts.
 */
public final class CosineDecay extends LearningRateSchedule {
  private static final Option<Double> INITIAL_LEARNING_RATE =
      Option.real("initial_learning_rate").required();
  private static final Option<Integer> DECAY_STEPS =
      Option.integer("decay_steps").required().positive();
  private static final Option<Double> ALPHA = Option.real("alpha").defaultTo(0.0);
  private static final Option<String> NAME = Option.string("name").defaultTo("CosineDecay");
  private static final Option<Double> WARMUP_TARGET = Option.real("warmup_target").nullable();
  private static final Option<Integer> WARMUP_STEPS =
      Option.integer("warmup_steps").defaultTo(0).nonNegative();

  static final Spec SPEC =
      Spec.of("keras.optimizers.schedules", "CosineDecay")
          .options(INITIAL_LEARNING_RATE, DECAY_STEPS, ALPHA, NAME, WARMUP_TARGET, WARMUP_STEPS)
          .create(CosineDecay::new);

  private CosineDecay() {
    super(SPEC);
  }

  /**
   * Makes a schedule.
   *
   * @param initialLearningRate the learning rate at the first step.
   * @param decaySteps steps of the fall.
   */
  public CosineDecay(double initialLearningRate, int decaySteps) {
    this();
    set(INITIAL_LEARNING_RATE, initialLearningRate);
    set(DECAY_STEPS, decaySteps);
  }

  /** Share that remains at the end; default 0. */
  @CanIgnoreReturnValue
  public CosineDecay alpha(double value) {
    set(ALPHA, value);
    return this;
  }

  /** Name of the schedule. */
  @CanIgnoreReturnValue
  public CosineDecay name(String value) {
    set(NAME, value);
    return this;
  }

  /** The learning rate after the rise; null for no rise. */
  @CanIgnoreReturnValue
  public CosineDecay warmupTarget(@Nullable Double value) {
    set(WARMUP_TARGET, value);
    return this;
  }

  /** Steps of the rise; default 0. */
  @CanIgnoreReturnValue
  public CosineDecay warmupSteps(int value) {
    set(WARMUP_STEPS, value);
    return this;
  }

  @Override
  public Tensor apply(Tensor step) {
    Tensor at = step.astype(DType.F32);
    double steps = get(DECAY_STEPS);
    double initial = get(INITIAL_LEARNING_RATE);
    Double target = getOrNull(WARMUP_TARGET);
    if (target == null) {
      return fall(at.minimum(steps).div(steps), initial);
    }
    double warmup = get(WARMUP_STEPS);
    Tensor capped = at.minimum(steps + warmup);
    Tensor rise = capped.div(warmup).mul(target - initial).add(initial);
    return Np.where(capped.lt(warmup), rise, fall(capped.sub(warmup).div(steps), target));
  }

  private Tensor fall(Tensor fraction, double from) {
    double alpha = get(ALPHA);
    Tensor cosine = Np.cos(fraction.mul(Math.PI)).add(1L).mul(0.5);
    return cosine.mul(1 - alpha).add(alpha).mul(from);
  }
}
