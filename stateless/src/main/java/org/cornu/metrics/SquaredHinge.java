package org.cornu.metrics;

import org.cornu.config.Spec;
import org.cornu.losses.Losses;
import org.cornu.tracer.Tensor;

/** Mean squared hinge loss. */
public final class SquaredHinge extends FunctionMetric {
  static final Spec SPEC = spec("SquaredHinge", "squared_hinge").create(SquaredHinge::new);

  /** Under the name {@code squared_hinge}. */
  public SquaredHinge() {
    super(SPEC);
  }

  @Override
  public Direction direction() {
    return Direction.DOWN;
  }

  @Override
  Tensor values(Tensor yTrue, Tensor yPred) {
    return Losses.squaredHinge(yTrue, yPred);
  }
}
