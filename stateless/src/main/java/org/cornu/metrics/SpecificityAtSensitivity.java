package org.cornu.metrics;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.jspecify.annotations.Nullable;

/**
 * Best specificity over the thresholds with a sensitivity of at least a minimum; 0 where there is
 * none.
 */
public final class SpecificityAtSensitivity extends TradeOff {
  private static final Option<Double> MINIMUM = Option.real("sensitivity").required().within(0, 1);

  static final Spec SPEC =
      spec("SpecificityAtSensitivity")
          .options(MINIMUM, NUM_THRESHOLDS, CLASS_ID)
          .create(SpecificityAtSensitivity::new);

  private SpecificityAtSensitivity() {
    super(SPEC, Rate.SENSITIVITY, MINIMUM, Rate.SPECIFICITY);
  }

  /**
   * Makes a metric.
   *
   * @param sensitivity the minimum, in [0, 1]
   */
  public SpecificityAtSensitivity(double sensitivity) {
    this();
    set(MINIMUM, sensitivity);
  }

  /** Number of thresholds between 0 and 1; default 200. */
  @CanIgnoreReturnValue
  public SpecificityAtSensitivity numThresholds(int value) {
    set(NUM_THRESHOLDS, value);
    return this;
  }

  /** The only class that counts; null: all. */
  @CanIgnoreReturnValue
  public SpecificityAtSensitivity classId(@Nullable Integer value) {
    set(CLASS_ID, value);
    return this;
  }
}
