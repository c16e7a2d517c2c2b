package org.cornu.metrics;

import org.cornu.config.Spec;
import org.cornu.losses.Losses;
import org.cornu.tracer.Tensor;

/** Mean hinge loss. */
public final class Hinge extends FunctionMetric {
  static final Spec SPEC = spec("Hinge", "hinge").create(Hinge::new);

  /** Under the name {@code hinge}. */
  public Hinge() {
    super(SPEC);
  }

  @Override
  public Direction direction() {
    return Direction.DOWN;
  }

  @Override
  Tensor values(Tensor yTrue, Tensor yPred) {
    return Losses.hinge(yTrue, yPred);
  }
}
