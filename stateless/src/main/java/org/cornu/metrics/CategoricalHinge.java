package org.cornu.metrics;

import org.cornu.config.Spec;
import org.cornu.losses.Losses;
import org.cornu.tracer.Tensor;

/** Mean categorical hinge loss. */
public final class CategoricalHinge extends FunctionMetric {
  static final Spec SPEC =
      spec("CategoricalHinge", "categorical_hinge").create(CategoricalHinge::new);

  /** Under the name {@code categorical_hinge}. */
  public CategoricalHinge() {
    super(SPEC);
  }

  @Override
  public Direction direction() {
    return Direction.DOWN;
  }

  @Override
  Tensor values(Tensor yTrue, Tensor yPred) {
    return Losses.categoricalHinge(yTrue, yPred);
  }
}
