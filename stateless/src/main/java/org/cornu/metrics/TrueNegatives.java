package org.cornu.metrics;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** The (weighted) number of negative predictions of negative labels. */
public final class TrueNegatives extends ConfusionMetric {
  static final Spec SPEC = spec("TrueNegatives").options(THRESHOLDS).create(TrueNegatives::new);

  /** With threshold 0.5. */
  public TrueNegatives() {
    super(SPEC, Count.TRUE_NEGATIVES);
  }

  /** Predictions above it are positive; several give one number each; none means 0.5. */
  @CanIgnoreReturnValue
  public TrueNegatives thresholds(double... values) {
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
    return single(get(Count.TRUE_NEGATIVES));
  }
}
