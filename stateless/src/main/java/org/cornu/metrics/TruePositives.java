package org.cornu.metrics;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** The (weighted) number of positive predictions of positive labels. */
public final class TruePositives extends ConfusionMetric {
  static final Spec SPEC = spec("TruePositives").options(THRESHOLDS).create(TruePositives::new);

  /** With threshold 0.5. */
  public TruePositives() {
    super(SPEC, Count.TRUE_POSITIVES);
  }

  /** Predictions above it are positive; several give one number each; none means 0.5. */
  @CanIgnoreReturnValue
  public TruePositives thresholds(double... values) {
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
    return single(get(Count.TRUE_POSITIVES));
  }
}
