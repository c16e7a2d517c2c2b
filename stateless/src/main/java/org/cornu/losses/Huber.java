package org.cornu.losses;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** Squared for small errors, absolute for large ones. */
public final class Huber extends Loss {
  private static final Option<Double> DELTA =
      Option.real("delta").defaultTo(1.0).omittedWhenDefault();

  static final Spec SPEC =
      spec("Huber", "huber_loss").options(DELTA).aliases("huber").create(Huber::new);

  /** With the mean over the batch. */
  public Huber() {
    super(SPEC);
  }

  /** Where the straight line begins; default 1. */
  @CanIgnoreReturnValue
  public Huber delta(double value) {
    set(DELTA, value);
    return this;
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.huber(yTrue, yPred, get(DELTA));
  }
}
