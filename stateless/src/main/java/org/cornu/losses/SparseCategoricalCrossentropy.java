package org.cornu.losses;

import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** Cross-entropy of integer labels: {@code -log p[label]}. */
public final class SparseCategoricalCrossentropy extends Loss {
  private static final Option<Boolean> FROM_LOGITS = Option.bool("from_logits").defaultTo(false);

  static final Spec SPEC =
      Spec.of("keras.losses", "SparseCategoricalCrossentropy")
          .base(OPTIONS)
          .options(FROM_LOGITS)
          .aliases("sparse_categorical_crossentropy")
          .create(SparseCategoricalCrossentropy::new);

  /** Of probabilities. */
  public SparseCategoricalCrossentropy() {
    super(SPEC);
  }

  /** Of logits (before softmax) when {@code value}; default false. */
  public SparseCategoricalCrossentropy fromLogits(boolean value) {
    set(FROM_LOGITS, value);
    return this;
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Crossentropies.sparse(yTrue, yPred, get(FROM_LOGITS));
  }
}
