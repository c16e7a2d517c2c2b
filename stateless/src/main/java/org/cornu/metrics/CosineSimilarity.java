package org.cornu.metrics;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.losses.Losses;
import org.cornu.tracer.Tensor;

/** Mean cosine of the angle between labels and predictions. */
public final class CosineSimilarity extends FunctionMetric {
  private static final Option<Integer> AXIS =
      Option.integer("axis").defaultTo(-1).omittedWhenDefault();

  static final Spec SPEC =
      spec("CosineSimilarity", "cosine_similarity").options(AXIS).create(CosineSimilarity::new);

  /** Under the name {@code cosine_similarity}. */
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
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  Tensor values(Tensor yTrue, Tensor yPred) {
    return Losses.cosineSimilarity(yTrue, yPred, get(AXIS)).neg();
  }
}
