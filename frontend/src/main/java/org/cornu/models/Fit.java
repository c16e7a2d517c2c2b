package org.cornu.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornu.callbacks.Callback;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of {@code fit} beside the data.
 *
 * <pre>{@code
 * model.fit(x, y, Fit.epochs(5).batchSize(64).validationSplit(0.1));
 * }</pre>
 */
public final class Fit {
  private final int epochs;
  private int batchSize = 32;
  private boolean shuffle = true;
  private long seed = new java.util.Random().nextLong();
  private double validationSplit;
  private @Nullable Data validationData;
  private int validationBatchSize;
  private int validationFrequency = 1;
  private int initialEpoch;
  private boolean verbose = true;
  private List<Callback> callbacks = List.of();
  private Map<Integer, Double> classWeight = Map.of();
  private int stepsPerEpoch;

  private Fit(int epochs) {
    this.epochs = epochs;
  }

  /** Passes over the data. */
  public static Fit epochs(int epochs) {
    if (epochs < 0) {
      throw new IllegalArgumentException("fit: epochs must not be negative: got " + epochs);
    }
    return new Fit(epochs);
  }

  /** Samples per update; default 32. The last batch of an epoch may be smaller. */
  public Fit batchSize(int value) {
    if (value < 1) {
      throw new IllegalArgumentException("fit: batchSize must be at least 1: got " + value);
    }
    batchSize = value;
    return this;
  }

  /** Whether samples are put in a new order at each epoch; default true. */
  public Fit shuffle(boolean value) {
    shuffle = value;
    return this;
  }

  /** Seed of the order of samples, for runs that can be repeated. */
  public Fit seed(long value) {
    seed = value;
    return this;
  }

  /**
   * Share of the samples, taken from the end before shuffling, that are held back and evaluated.
   */
  public Fit validationSplit(double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException("fit: validationSplit must be in [0, 1): got " + value);
    }
    validationSplit = value;
    return this;
  }

  /** Data evaluated after each epoch. */
  public Fit validationData(Tensor x, Tensor y) {
    return validationData(Data.of(x, y));
  }

  /** Data evaluated after each epoch. */
  public Fit validationData(Data value) {
    validationData = value;
    return this;
  }

  /** Samples per batch of the evaluation; default the batch size. */
  public Fit validationBatchSize(int value) {
    validationBatchSize = value;
    return this;
  }

  /** Epochs between evaluations; default 1. */
  public Fit validationFrequency(int value) {
    validationFrequency = value;
    return this;
  }

  /** Number of the first epoch, to go on with an earlier run. */
  public Fit initialEpoch(int value) {
    initialEpoch = value;
    return this;
  }

  /** Whether a progress bar is shown; default true. */
  public Fit verbose(boolean value) {
    verbose = value;
    return this;
  }

  /** Callbacks. */
  public Fit callbacks(Callback... values) {
    callbacks = List.of(values);
    return this;
  }

  /** Weights of samples by their (integer) class; classes not named weigh 1. */
  public Fit classWeight(Map<Integer, Double> value) {
    classWeight = new LinkedHashMap<>(value);
    return this;
  }

  /** Batches per epoch; default all. */
  public Fit stepsPerEpoch(int value) {
    stepsPerEpoch = value;
    return this;
  }

  int epochCount() {
    return epochs;
  }

  int batch() {
    return batchSize;
  }

  boolean shuffles() {
    return shuffle;
  }

  long seedValue() {
    return seed;
  }

  double split() {
    return validationSplit;
  }

  @Nullable Data validation() {
    return validationData;
  }

  int validationBatch() {
    return validationBatchSize > 0 ? validationBatchSize : batchSize;
  }

  boolean validatesAt(int epoch) {
    return (epoch + 1) % validationFrequency == 0;
  }

  int firstEpoch() {
    return initialEpoch;
  }

  boolean isVerbose() {
    return verbose;
  }

  List<Callback> callbackList() {
    return new ArrayList<>(callbacks);
  }

  Map<Integer, Double> classWeights() {
    return classWeight;
  }

  int steps(int all) {
    return stepsPerEpoch > 0 ? Math.min(stepsPerEpoch, all) : all;
  }

  @Override
  public String toString() {
    return "Fit" + Arrays.asList("epochs=" + epochs, "batchSize=" + batchSize);
  }
}
