package org.cornu.models;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code fit} measured: one number per epoch for each name in the logs. */
public final class History {
  private final List<Integer> epochs = new ArrayList<>();
  private final Map<String, List<Double>> values = new LinkedHashMap<>();

  void add(int epoch, Map<String, Double> logs) {
    epochs.add(epoch);
    logs.forEach((name, value) -> values.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
  }

  /** Numbers of the epochs, from 0. */
  public List<Integer> epochs() {
    return Collections.unmodifiableList(epochs);
  }

  /** The values of a name, {@code loss}, {@code val_accuracy}, one per epoch. */
  public List<Double> get(String name) {
    List<Double> found = values.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "history: no '" + name + "'; there are " + values.keySet());
    }
    return Collections.unmodifiableList(found);
  }

  /** All values by name. */
  public Map<String, List<Double>> history() {
    return Collections.unmodifiableMap(values);
  }

  @Override
  public String toString() {
    return "History" + values;
  }
}
