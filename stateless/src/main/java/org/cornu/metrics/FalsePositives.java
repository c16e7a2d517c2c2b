package org.cornu.metrics;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** The (weighted) number of positive predictions of negative labels. */
public final class FalsePositives extends ConfusionMetric {
  static final Spec SPEC = spec("FalsePositives").options(THRESHOLDS).create(FalsePositives::new);

  /** With threshold 0.5. */
  public FalsePositives() {
    super(SPEC, Count.FALSE_POSITIVES);
  }

  /** Predictions above it are positive; several give one number each; none means 0.5. */
  @CanIgnoreReturnValue
  public FalsePositives thresholds(double... values) {
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
    return single(get(Count.FALSE_POSITIVES));
  }
}
