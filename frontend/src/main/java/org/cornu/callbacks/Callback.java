package org.cornu.callbacks;

import java.util.Map;
import org.cornu.models.Model;
import org.jspecify.annotations.Nullable;

/**
 * Is told what happens while a model trains. Logs hold loss and metrics so far by name; at the end
 * of an epoch also those of the validation data, with {@code val_} in front.
 */
public abstract class Callback {
  private @Nullable Model model;
  private boolean stopRequested;

  /** The model that trains. */
  protected final Model model() {
    Model known = model;
    if (known == null) {
      throw new IllegalStateException("a callback has a model only while fit runs");
    }
    return known;
  }

  /** Ends training after the current batch. */
  protected final void stopTraining() {
    stopRequested = true;
  }

  /** Called by {@code fit}. */
  public final void begin(Model trained) {
    model = trained;
    stopRequested = false;
  }

  /** Whether this callback asked to stop. */
  public final boolean wantsToStop() {
    return stopRequested;
  }

  /** Whether {@link #onTrainBatchEnd} needs logs; reading them waits for the device. */
  public boolean needsBatchLogs() {
    return false;
  }

  /** Before the first epoch. */
  public void onTrainBegin(int epochs, int stepsPerEpoch) {}

  /** After the last epoch. */
  public void onTrainEnd(Map<String, Double> logs) {}

  /** Before an epoch, counted from 0. */
  public void onEpochBegin(int epoch) {}

  /** After an epoch. */
  public void onEpochEnd(int epoch, Map<String, Double> logs) {}

  /** After a batch, counted from 0 in each epoch. */
  public void onTrainBatchEnd(int batch, Map<String, Double> logs) {}
}
