package org.cornu.callbacks;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.file.Path;
import java.util.Map;

/**
 * Saves the model after each epoch, or only when a measured number got better. {@code {epoch}} in
 * the file name stands for the epoch, counted from 1.
 */
public final class ModelCheckpoint extends Callback {
  private final String file;
  private String monitor = "val_loss";
  private boolean saveBestOnly;
  private boolean saveWeightsOnly;
  private boolean largerIsBetter;
  private double best = Double.NaN;

  /** Into this file; {@code .keras}, or {@code .weights.h5} for weights alone. */
  public ModelCheckpoint(String file) {
    this.file = file;
  }

  /** The number that is watched; default {@code val_loss}, where smaller is better. */
  @CanIgnoreReturnValue
  public ModelCheckpoint monitor(String value) {
    monitor = value;
    largerIsBetter = value.endsWith("acc") || value.endsWith("accuracy") || value.endsWith("auc");
    return this;
  }

  /** Saves only when the watched number got better. */
  @CanIgnoreReturnValue
  public ModelCheckpoint saveBestOnly(boolean value) {
    saveBestOnly = value;
    return this;
  }

  /** Saves weights alone. */
  @CanIgnoreReturnValue
  public ModelCheckpoint saveWeightsOnly(boolean value) {
    saveWeightsOnly = value;
    return this;
  }

  @Override
  public void onEpochEnd(int epoch, Map<String, Double> logs) {
    if (saveBestOnly) {
      Double value = logs.get(monitor);
      if (value == null) {
        throw new IllegalArgumentException(
            "ModelCheckpoint: there is no '" + monitor + "' in the logs " + logs.keySet());
      }
      boolean better = Double.isNaN(best) || (largerIsBetter ? value > best : value < best);
      if (!better) {
        return;
      }
      best = value;
    }
    Path target = Path.of(file.replace("{epoch}", Integer.toString(epoch + 1)));
    if (saveWeightsOnly) {
      model().saveWeights(target);
    } else {
      model().save(target);
    }
  }
}
