package org.cornu.metrics;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.jspecify.annotations.Nullable;

/**
 * Best recall over the thresholds with a precision of at least a minimum; 0 where there is none.
 */
public final class RecallAtPrecision extends TradeOff {
  private static final Option<Double> MINIMUM = Option.real("precision").required().within(0, 1);

  static final Spec SPEC =
      spec("RecallAtPrecision")
          .options(MINIMUM, NUM_THRESHOLDS, CLASS_ID)
          .create(RecallAtPrecision::new);

  private RecallAtPrecision() {
    super(SPEC, Rate.PRECISION, MINIMUM, Rate.SENSITIVITY);
  }

  /**
   * Makes a metric.
   *
   * @param precision the minimum, in [0, 1]
   */
  public RecallAtPrecision(double precision) {
    this();
    set(MINIMUM, precision);
  }

  /** Number of thresholds between 0 and 1; default 200. */
  @CanIgnoreReturnValue
  public RecallAtPrecision numThresholds(int value) {
    set(NUM_THRESHOLDS, value);
    return this;
  }

  /** The only class that counts; null: all. */
  @CanIgnoreReturnValue
  public RecallAtPrecision classId(@Nullable Integer value) {
    set(CLASS_ID, value);
    return this;
  }
}
