package org.cornu.metrics;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.jspecify.annotations.Nullable;

/** Weighted harmonic mean of precision and recall over classes; labels {@code [batch, classes]}. */
public final class FBetaScore extends FScore {
  private static final Option<Double> BETA = Option.real("beta").defaultTo(1.0).positive();

  static final Spec SPEC =
      spec("FBetaScore", "fbeta_score").options(AVERAGE, BETA, THRESHOLD).create(FBetaScore::new);

  /** One score per class; the largest prediction of a sample is the positive one. */
  public FBetaScore() {
    super(SPEC);
  }

  /** {@code micro}, {@code macro}, {@code weighted} by support, or null for one per class. */
  @CanIgnoreReturnValue
  public FBetaScore average(@Nullable String value) {
    set(AVERAGE, value);
    return this;
  }

  /** Predictions above it are positive; null: the largest of each sample. */
  @CanIgnoreReturnValue
  public FBetaScore threshold(@Nullable Double value) {
    set(THRESHOLD, value);
    return this;
  }

  /** Weight of recall over precision; default 1. */
  @CanIgnoreReturnValue
  public FBetaScore beta(double value) {
    set(BETA, value);
    return this;
  }

  @Override
  double beta() {
    return get(BETA);
  }
}
