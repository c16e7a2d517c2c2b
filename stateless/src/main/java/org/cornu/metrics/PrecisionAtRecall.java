package org.cornu.metrics;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.jspecify.annotations.Nullable;

/**
 * Best precision over the thresholds with a recall of at least a minimum; 0 where there is none.
 */
public final class PrecisionAtRecall extends TradeOff {
  private static final Option<Double> MINIMUM = Option.real("recall").required().within(0, 1);

  static final Spec SPEC =
      spec("PrecisionAtRecall")
          .options(MINIMUM, NUM_THRESHOLDS, CLASS_ID)
          .create(PrecisionAtRecall::new);

  private PrecisionAtRecall() {
    super(SPEC, Rate.SENSITIVITY, MINIMUM, Rate.PRECISION);
  }

  /**
   * Makes a metric.
   *
   * @param recall the minimum, in [0, 1]
   */
  public PrecisionAtRecall(double recall) {
    this();
    set(MINIMUM, recall);
  }

  /** Number of thresholds between 0 and 1; default 200. */
  @CanIgnoreReturnValue
  public PrecisionAtRecall numThresholds(int value) {
    set(NUM_THRESHOLDS, value);
    return this;
  }

  /** The only class that counts; null: all. */
  @CanIgnoreReturnValue
  public PrecisionAtRecall classId(@Nullable Integer value) {
    set(CLASS_ID, value);
    return this;
  }
}
