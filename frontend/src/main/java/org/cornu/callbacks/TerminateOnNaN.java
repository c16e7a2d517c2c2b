package org.cornu.callbacks;

import java.util.Map;

/** Ends training when the loss is no longer a finite number. */
public final class TerminateOnNaN extends Callback {
  @Override
  public boolean needsBatchLogs() {
    return true;
  }

  @Override
  public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
    Double loss = logs.get("loss");
    if (loss != null && (loss.isNaN() || loss.isInfinite())) {
      stopTraining();
    }
  }
}
