package org.cornu.metrics;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** Mean linear correlation of labels and predictions. */
public final class PearsonCorrelation extends FunctionMetric {
  private static final Option<Integer> AXIS = Option.integer("axis").defaultTo(-1);

  static final Spec SPEC =
      spec("PearsonCorrelation", "pearson_correlation")
          .options(AXIS)
          .create(PearsonCorrelation::new);

  /** Under the name {@code pearson_correlation}. */
  public PearsonCorrelation() {
    super(SPEC);
  }

  /** Axis along which values are correlated; default -1. */
  @CanIgnoreReturnValue
  public PearsonCorrelation axis(int value) {
    set(AXIS, value);
    return this;
  }

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  Tensor values(Tensor yTrue, Tensor yPred) {
    return Metrics.pearsonCorrelation(yTrue, yPred, get(AXIS));
  }
}
