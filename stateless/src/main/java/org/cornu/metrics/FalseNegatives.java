package org.cornu.metrics;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** The (weighted) number of negative predictions of positive labels. */
public final class FalseNegatives extends ConfusionMetric {
  static final Spec SPEC = spec("FalseNegatives").options(THRESHOLDS).create(FalseNegatives::new);

  /** With threshold 0.5. */
  public FalseNegatives() {
    super(SPEC, Count.FALSE_NEGATIVES);
  }

  /** Predictions above it are positive; several give one number each; none means 0.5. */
  @CanIgnoreReturnValue
  public FalseNegatives thresholds(double... values) {
    set(THRESHOLDS, option(values));
    return this;
  }

  @Override
  Confusion confusion() {
    return Confusion.of(getOrNull(THRESHOLDS), 0.5);
  }

  @Override
  String variableName(Count count) {
    return "accumulator";
  }

  @Override
  public Tensor result() {
    return single(get(Count.FALSE_NEGATIVES));
  }
}
