package org.cornu.losses;

import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** {@code mean(max(1 - yTrue yPred, 0))}; labels -1 or 1 (or 0 and 1). */
public final class Hinge extends Loss {
  static final Spec SPEC = spec("Hinge", "hinge").aliases("hinge").create(Hinge::new);

  /** With the mean over the batch. */
  public Hinge() {
    super(SPEC);
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.hinge(yTrue, yPred);
  }
}
