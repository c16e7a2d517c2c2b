package org.cornu.losses;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** Cross-entropy of class indices that noisy labels disturb less (Zhang and Sabuncu 2018). */
public final class CategoricalGeneralizedCrossEntropy extends Loss {
  private static final Option<Double> Q =
      Option.real("q").defaultTo(0.5).where("must be in (0, 1)", v -> v > 0 && v < 1);

  static final Spec SPEC =
      spec("CategoricalGeneralizedCrossEntropy", "categorical_generalized_cross_entropy")
          .options(Q)
          .aliases("categorical_generalized_cross_entropy")
          .create(CategoricalGeneralizedCrossEntropy::new);

  /** With the mean over the batch. */
  public CategoricalGeneralizedCrossEntropy() {
    super(SPEC);
  }

  /** From cross-entropy (0) to absolute error (1), both excluded; default 0.5. */
  @CanIgnoreReturnValue
  public CategoricalGeneralizedCrossEntropy q(double value) {
    set(Q, value);
    return this;
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.categoricalGeneralizedCrossEntropy(yTrue, yPred, get(Q));
  }
}
