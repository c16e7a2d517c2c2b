package org.cornu.losses;

import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** The square of {@link Hinge}, before the mean. */
public final class SquaredHinge extends Loss {
  static final Spec SPEC =
      spec("SquaredHinge", "squared_hinge").aliases("squared_hinge").create(SquaredHinge::new);

  /** With the mean over the batch. */
  public SquaredHinge() {
    super(SPEC);
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.squaredHinge(yTrue, yPred);
  }
}
