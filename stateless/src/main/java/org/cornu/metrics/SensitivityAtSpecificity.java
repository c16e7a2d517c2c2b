package org.cornu.metrics;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.jspecify.annotations.Nullable;

/**
 * Best sensitivity over the thresholds with a specificity of at least a minimum; 0 where there is
 * none.
 */
public final class SensitivityAtSpecificity extends TradeOff {
  private static final Option<Double> MINIMUM = Option.real("specificity").required().within(0, 1);

  static final Spec SPEC =
      spec("SensitivityAtSpecificity")
          .options(MINIMUM, NUM_THRESHOLDS, CLASS_ID)
          .create(SensitivityAtSpecificity::new);

  private SensitivityAtSpecificity() {
    super(SPEC, Rate.SPECIFICITY, MINIMUM, Rate.SENSITIVITY);
  }

  /**
   * Makes a metric.
   *
   * @param specificity the minimum, in [0, 1]
   */
  public SensitivityAtSpecificity(double specificity) {
    this();
    set(MINIMUM, specificity);
  }

  /** Number of thresholds between 0 and 1; default 200. */
  @CanIgnoreReturnValue
  public SensitivityAtSpecificity numThresholds(int value) {
    set(NUM_THRESHOLDS, value);
    return this;
  }

  /** The only class that counts; null: all. */
  @CanIgnoreReturnValue
  public SensitivityAtSpecificity classId(@Nullable Integer value) {
    set(CLASS_ID, value);
    return this;
  }
}
