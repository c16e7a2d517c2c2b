package org.cornu.callbacks;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import java.util.Map;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Ends training when a measured number no longer gets better. */
public final class EarlyStopping extends Callback {
  private final String monitor;
  private double minDelta;
  private int patience;
  private String mode = "auto";
  private @Nullable Double baseline;
  private boolean restoreBestWeights;
  private int startFromEpoch;

  private double best;
  private int wait;
  private int bestEpoch;
  private int stoppedEpoch = -1;
  private List<Tensor> bestWeights = List.of();

  /** Watches {@code val_loss}. */
  public EarlyStopping() {
    this("val_loss");
  }

  /** Watches the number of this name in the logs. */
  public EarlyStopping(String monitor) {
    this.monitor = monitor;
  }

  /** Change that does not count as better; default 0. */
  @CanIgnoreReturnValue
  public EarlyStopping minDelta(double value) {
    minDelta = Math.abs(value);
    return this;
  }

  /** Epochs without getting better before training ends; default 0. */
  @CanIgnoreReturnValue
  public EarlyStopping patience(int value) {
    patience = value;
    return this;
  }

  /** {@code min}, {@code max}, or {@code auto} (default): decided by the name. */
  @CanIgnoreReturnValue
  public EarlyStopping mode(String value) {
    if (!List.of("auto", "min", "max").contains(value)) {
      throw new IllegalArgumentException(
          "EarlyStopping: mode must be auto, min or max: got '" + value + "'");
    }
    mode = value;
    return this;
  }

  /** A number that must be reached at all. */
  @CanIgnoreReturnValue
  public EarlyStopping baseline(@Nullable Double value) {
    baseline = value;
    return this;
  }

  /** Whether the weights of the best epoch are put back at the end; default no. */
  @CanIgnoreReturnValue
  public EarlyStopping restoreBestWeights(boolean value) {
    restoreBestWeights = value;
    return this;
  }

  /** Epochs before watching begins; default 0. */
  @CanIgnoreReturnValue
  public EarlyStopping startFromEpoch(int value) {
    startFromEpoch = value;
    return this;
  }

  /** The epoch after which training ended, or -1. */
  public int stoppedEpoch() {
    return stoppedEpoch;
  }

  @Override
  public void onTrainBegin(int epochs, int stepsPerEpoch) {
    wait = 0;
    stoppedEpoch = -1;
    bestEpoch = 0;
    best = largerIsBetter() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    bestWeights = List.of();
  }

  private boolean largerIsBetter() {
    return mode.equals("max")
        || mode.equals("auto")
            && (monitor.endsWith("acc") || monitor.endsWith("accuracy") || monitor.endsWith("auc"));
  }

  private boolean isBetter(double value, double than) {
    return largerIsBetter() ? value - minDelta > than : value + minDelta < than;
  }

  @Override
  public void onEpochEnd(int epoch, Map<String, Double> logs) {
    Double value = logs.get(monitor);
    if (value == null) {
      throw new IllegalArgumentException(
          "EarlyStopping: there is no '" + monitor + "' in the logs " + logs.keySet());
    }
    if (epoch < startFromEpoch) {
      return;
    }
    if (restoreBestWeights && bestWeights.isEmpty()) {
      keep(epoch);
    }
    wait++;
    if (isBetter(value, best)) {
      best = value;
      keep(epoch);
      if (baseline == null || isBetter(value, baseline)) {
        wait = 0;
      }
      return;
    }
    if (wait >= patience && epoch > 0) {
      stoppedEpoch = epoch;
      stopTraining();
    }
  }

  private void keep(int epoch) {
    bestEpoch = epoch;
    if (restoreBestWeights) {
      // The values themselves are donated to the next step, so copies are kept.
      bestWeights = model().getWeights().stream().map(t -> Tensor.of(t.toLiteral())).toList();
    }
  }

  /** The epoch with the best number so far. */
  public int bestEpoch() {
    return bestEpoch;
  }

  @Override
  public void onTrainEnd(Map<String, Double> logs) {
    if (restoreBestWeights && !bestWeights.isEmpty()) {
      model().setWeights(bestWeights);
    }
  }
}
