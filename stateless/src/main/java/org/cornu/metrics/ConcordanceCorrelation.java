package org.cornu.metrics;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** Mean agreement of labels and predictions, as correlation and location (Lin 1989). */
public final class ConcordanceCorrelation extends FunctionMetric {
  private static final Option<Integer> AXIS = Option.integer("axis").defaultTo(-1);

  static final Spec SPEC =
      spec("ConcordanceCorrelation", "concordance_correlation")
          .options(AXIS)
          .create(ConcordanceCorrelation::new);

  /** Under the name {@code concordance_correlation}. */
  public ConcordanceCorrelation() {
    super(SPEC);
  }

  /** Axis along which values are correlated; default -1. */
  @CanIgnoreReturnValue
  public ConcordanceCorrelation axis(int value) {
    set(AXIS, value);
    return this;
  }

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  Tensor values(Tensor yTrue, Tensor yPred) {
    return Metrics.concordanceCorrelation(yTrue, yPred, get(AXIS));
  }
}
