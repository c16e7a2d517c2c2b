package org.cornu.samples.digits;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cornu.cli.Console;
import org.cornu.cli.SampleOptions;
import org.cornu.cli.SampleProvider;
import org.cornu.distribution.DataParallel;
import org.cornu.distribution.DeviceMesh;
import org.cornu.distribution.Distribution;
import org.cornu.distribution.LayoutMap;
import org.cornu.distribution.ModelParallel;
import org.cornu.models.Data;
import org.cornu.models.Fit;
import org.cornu.models.History;
import org.cornu.models.Sequential;
import org.jspecify.annotations.Nullable;

/** {@code cornu train digits}. */
public final class DigitsSample implements SampleProvider {
  private static final int HELD = 360;
  private static final int EPOCHS = 20;
  private static final int BATCH = 64;

  @Override
  public String name() {
    return "digits";
  }

  @Override
  public String description() {
    return "a convolutional network on 1,797 handwritten digits of 8 by 8 pixels";
  }

  @Override
  public int run(SampleOptions options, Console console) {
    Digits.Split split = Digits.split(options.seed(), HELD);
    @Nullable Distribution distribution = distribution(options);
    if (distribution == null) {
      return train(options, console, split);
    }
    try (Distribution.Scope scope = distribution.scope()) {
      return train(options, console, split);
    }
  }

  private static @Nullable Distribution distribution(SampleOptions options) {
    String mesh = options.mesh();
    if (mesh == null) {
      return options.devices() > 1 ? new DataParallel() : null;
    }
    List<String> names = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    for (String axis : mesh.split(",", -1)) {
      String[] parts = axis.split("=", -1);
      names.add(parts[0]);
      sizes.add(Integer.parseInt(parts[1]));
    }
    DeviceMesh devices =
        new DeviceMesh(
            sizes.stream().mapToInt(Integer::intValue).toArray(), names.toArray(new String[0]));
    String batch = names.get(0);
    String model = names.get(names.size() - 1);
    LayoutMap layouts = new LayoutMap(devices);
    if (names.size() > 1) {
      layouts
          .put(".*/dense/kernel", null, model)
          .put(".*/dense/bias", model)
          .put(".*/dense_1/kernel", model, null);
    }
    return new ModelParallel(layouts, batch);
  }

  private static int train(SampleOptions options, Console console, Digits.Split split) {
    Sequential model = DigitsModel.make(options.seed());
    int batch = options.batchSize().orElse(BATCH);
    // Every batch has the same size, so that it can be split over devices.
    int usable = split.train().images().size(0) / batch * batch;
    Data train = Data.of(split.train().images(), split.train().labels()).rows(0, usable);
    console.note("%s", model.summary());
    Fit fit = Fit.epochs(options.epochs().orElse(EPOCHS)).batchSize(batch).seed(options.seed());
    if (options.program()) {
      console.result("%s", model.trainProgram(train, batch));
    }
    History history = model.fit(train, fit);
    Map<String, Double> test =
        model.evaluate(Data.of(split.test().images(), split.test().labels()), HELD / 5);
    console.result("%-8s %12s %12s", "epoch", "loss", "accuracy");
    for (int epoch : history.epochs()) {
      console.result(
          "%-8d %12.6f %12.6f",
          epoch + 1, history.get("loss").get(epoch), history.get("accuracy").get(epoch));
    }
    Path out = options.out() == null ? Path.of("digits.keras") : options.out();
    model.save(out);
    console.result("saved %s", out);
    console.result(
        "%s",
        String.format(
            Locale.ROOT,
            "test_loss=%.6f test_accuracy=%.6f",
            test.get("loss"),
            test.get("accuracy")));
    return 0;
  }
}
