package org.cornu.samples.bench;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.cornu.callbacks.Callback;
import org.cornu.layers.Conv2D;
import org.cornu.layers.Dense;
import org.cornu.layers.Flatten;
import org.cornu.layers.Input;
import org.cornu.layers.MaxPooling2D;
import org.cornu.losses.SparseCategoricalCrossentropy;
import org.cornu.models.Compile;
import org.cornu.models.Data;
import org.cornu.models.Fit;
import org.cornu.models.History;
import org.cornu.models.Sequential;
import org.cornu.optimizers.Adam;
import org.cornu.tracer.Tensor;

/**
 * Epochs of {@code fit} with accuracy and progress bar.
 *
 * @param model the layers
 * @param weights the initial weights
 * @param data inputs and labels
 * @param batch rows of a batch
 * @param rows rows of the data
 * @param defaultEpochs timed epochs unless asked otherwise
 */
record FitBench(
    Supplier<Sequential> model,
    Supplier<Map<String, Tensor>> weights,
    Supplier<Data> data,
    int batch,
    int rows,
    int defaultEpochs)
    implements Workload {

  static final FitBench MLP =
      new FitBench(
          () ->
              new Sequential(
                  Input.of(784),
                  new Dense(512).activation("relu"),
                  new Dense(512).activation("relu"),
                  new Dense(10)),
          SmallModels::mlp,
          () -> data(10600, 10601, 12800, 784),
          128,
          12800,
          6);

  static final FitBench CNN =
      new FitBench(
          () ->
              new Sequential(
                  Input.of(28, 28, 1),
                  new Conv2D(32, 3).activation("relu"),
                  new Conv2D(64, 3).activation("relu"),
                  new MaxPooling2D(2),
                  new Flatten(),
                  new Dense(128).activation("relu"),
                  new Dense(10)),
          SmallModels::cnn,
          () -> data(10700, 10701, 3200, 28, 28, 1),
          64,
          3200,
          4);

  private static Data data(int inputs, int labels, long rows, long... dims) {
    long[] all = new long[dims.length + 1];
    all[0] = rows;
    System.arraycopy(dims, 0, all, 1, dims.length);
    return Data.of(Bench32.symmetric(inputs, all), Bench32.integers(labels, 10, rows));
  }

  /** Notes the time at the end of each epoch. */
  private static final class Clock extends Callback {
    private final List<Long> ends = new ArrayList<>();

    @Override
    public void onEpochEnd(int epoch, Map<String, Double> logs) {
      ends.add(System.nanoTime());
    }
  }

  @Override
  public void run(Timing timing, int steps) {
    int epochs = steps > 0 ? steps : defaultEpochs;
    int perEpoch = rows / batch;
    Sequential network = model.get();
    network.compile(
        new Compile(new Adam(1e-3).epsilon(1e-8))
            .loss(new SparseCategoricalCrossentropy().fromLogits(true))
            .metrics("accuracy"));
    network.setWeights(weights.get().values());
    Data all = data.get();
    PrintStream console = System.err;
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    Clock clock = new Clock();
    try {
      Fit fit = Fit.epochs(1).batchSize(batch).verbose(true);
      History first = network.fit(all, fit.shuffle(false));
      timing.put("checksum", first.get("loss").get(0));
      timing.put("accuracy_epoch1", first.get("accuracy").get(0));
      network.fit(
          all,
          Fit.epochs(epochs + 1).batchSize(batch).shuffle(true).verbose(true).callbacks(clock));
    } finally {
      System.setErr(console);
    }
    double[] times = new double[epochs];
    for (int i = 0; i < epochs; i++) {
      times[i] = (clock.ends.get(i + 1) - clock.ends.get(i)) * 1e-6 / perEpoch;
    }
    timing.times(times);
    timing.put("steps_per_s", 1e3 / timing.median()).put("steps_per_epoch", perEpoch);
  }
}
