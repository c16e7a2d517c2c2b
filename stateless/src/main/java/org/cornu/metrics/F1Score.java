package org.cornu.metrics;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Spec;
import org.jspecify.annotations.Nullable;

/** Harmonic mean of precision and recall over classes; labels {@code [batch, classes]}. */
public final class F1Score extends FScore {
  static final Spec SPEC =
      spec("F1Score", "f1_score").options(AVERAGE, THRESHOLD).create(F1Score::new);

  /** One score per class; the largest prediction of a sample is the positive one. */
  public F1Score() {
    super(SPEC);
  }

  /** {@code micro}, {@code macro}, {@code weighted} by support, or null for one per class. */
  @CanIgnoreReturnValue
  public F1Score average(@Nullable String value) {
    set(AVERAGE, value);
    return this;
  }

  /** Predictions above it are positive; null: the largest of each sample. */
  @CanIgnoreReturnValue
  public F1Score threshold(@Nullable Double value) {
    set(THRESHOLD, value);
    return this;
  }

  @Override
  double beta() {
    return 1;
  }
}
