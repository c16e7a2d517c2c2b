package org.cornu.losses;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** Minus the cosine of the angle between labels and predictions. */
public final class CosineSimilarity extends Loss {
  private static final Option<Integer> AXIS =
      Option.integer("axis").defaultTo(-1).omittedWhenDefault();

  static final Spec SPEC =
      spec("CosineSimilarity", "cosine_similarity")
          .options(AXIS)
          .aliases("cosine_similarity")
          .create(CosineSimilarity::new);

  /** With the mean over the batch. */
  public CosineSimilarity() {
    super(SPEC);
  }

  /** Axis along which vectors lie; default -1. */
  @CanIgnoreReturnValue
  public CosineSimilarity axis(int value) {
    set(AXIS, value);
    return this;
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.cosineSimilarity(yTrue, yPred, get(AXIS));
  }
}
