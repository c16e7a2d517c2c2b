package org.cornu.losses;

import java.util.Locale;
import org.cornu.config.ConfigException;

/** How a loss turns the values of a batch into one number, under Keras' names. */
public enum Reduction {
  /** Sum divided by the number of values; weights do not change the divisor. */
  SUM_OVER_BATCH_SIZE,
  /** Sum. */
  SUM,
  /** The same as {@link #SUM_OVER_BATCH_SIZE}. */
  MEAN,
  /** Weighted sum divided by the sum of the weights. */
  MEAN_WITH_SAMPLE_WEIGHT,
  /** No reduction: one value per sample. */
  NONE;

  /** The reduction of this name, {@code sum_over_batch_size}. */
  public static Reduction of(String name) {
    for (Reduction reduction : values()) {
      if (reduction.text().equals(name)) {
        return reduction;
      }
    }
    throw new ConfigException("no loss reduction '" + name + "'");
  }

  /** Keras' name. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
