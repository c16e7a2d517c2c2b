package org.cornu.optimizers.schedules;

import org.cornu.config.Configured;
import org.cornu.config.Family;
import org.cornu.config.Spec;
import org.cornu.optim.Schedule;
import org.cornu.tracer.Tensor;

/** A learning rate as a function of the step. */
public abstract class LearningRateSchedule extends Configured<LearningRateSchedule>
    implements Schedule {
  /** All schedules, by name. */
  public static final Family<LearningRateSchedule> FAMILY =
      Family.of("learning rate schedule", LearningRateSchedule.class);

  /** Makes a schedule of this table. */
  protected LearningRateSchedule(Spec spec) {
    super(spec);
  }

  /** The learning rate (scalar f32) at a step (scalar integer, from 0). */
  @Override
  public abstract Tensor apply(Tensor step);
}
