package org.cornu.losses;

import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** Margin between the score of the one-hot label and the best other one. */
public final class CategoricalHinge extends Loss {
  static final Spec SPEC =
      spec("CategoricalHinge", "categorical_hinge")
          .aliases("categorical_hinge")
          .create(CategoricalHinge::new);

  /** With the mean over the batch. */
  public CategoricalHinge() {
    super(SPEC);
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.categoricalHinge(yTrue, yPred);
  }
}
