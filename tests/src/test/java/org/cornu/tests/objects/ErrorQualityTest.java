package org.cornu.tests.objects;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.cornu.config.ConfigException;
import org.cornu.layers.Attention;
import org.cornu.layers.BatchNormalization;
import org.cornu.layers.Call;
import org.cornu.layers.Concatenate;
import org.cornu.layers.Conv2D;
import org.cornu.layers.Dense;
import org.cornu.layers.Dropout;
import org.cornu.layers.EinsumDense;
import org.cornu.layers.Embedding;
import org.cornu.layers.Input;
import org.cornu.layers.LSTM;
import org.cornu.layers.MaxPooling2D;
import org.cornu.losses.BinaryCrossentropy;
import org.cornu.losses.MeanSquaredError;
import org.cornu.metrics.AUC;
import org.cornu.models.Compile;
import org.cornu.models.Model;
import org.cornu.models.Sequential;
import org.cornu.ops.Np;
import org.cornu.optimizers.Adam;
import org.cornu.stateless.Variable;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the objects say when they are misused: which rule, what was got, what to do. */
final class ErrorQualityTest {
  private static void says(ThrowingCallable call, Class<?> type, String... parts) {
    var error = assertThatThrownBy(call).isInstanceOf(type);
    for (String part : parts) {
      error.hasMessageContaining(part);
    }
  }

  @Test
  void wrongRank() {
    says(() -> new Dense(2).name("d").apply(Np.ones(3)), OpException.class, "d:", "[3]");
    says(
        () -> new Conv2D(2, 3).name("c").apply(Np.ones(3, 8, 8)),
        OpException.class,
        "c:",
        "[3,8,8]",
        "4");
    says(
        () -> new MaxPooling2D(2).name("p").apply(Np.ones(3, 8)), OpException.class, "p:", "[3,8]");
    says(() -> new LSTM(2).name("r").apply(Np.ones(3, 4)), OpException.class, "r:", "[3,4]");
    says(
        () -> new EinsumDense("abc,cd->abd", 4, 5).name("e").apply(Np.ones(3, 4)),
        OpException.class,
        "e:",
        "[3,4]",
        "abc,cd->abd");
  }

  @Test
  void wrongChannels() {
    Dense dense = new Dense(2).name("d2");
    dense.apply(Np.ones(3, 4));
    says(() -> dense.apply(Np.ones(3, 5)), OpException.class, "d2:", "4", "[3,5]");
    Conv2D conv = new Conv2D(2, 3).name("c2");
    conv.apply(Np.ones(1, 8, 8, 3));
    says(() -> conv.apply(Np.ones(1, 8, 8, 4)), OpException.class, "c2:", "3", "[1,8,8,4]");
    says(
        () -> new Conv2D(4, 3).groups(2).name("c3").apply(Np.ones(1, 8, 8, 3)),
        OpException.class,
        "c3:",
        "groups",
        "3");
    LSTM lstm = new LSTM(2).name("r2");
    lstm.apply(Np.ones(3, 4, 5));
    says(() -> lstm.apply(Np.ones(3, 4, 6)), OpException.class, "r2:", "5", "6");
    says(() -> new Attention().name("a2").apply(Np.ones(2, 3, 4)), OpException.class, "a2:");
  }

  @Test
  void optionsOutOfTheirDomain() {
    says(() -> new Dense(-3), ConfigException.class, "Dense", "units", "positive", "-3");
    says(() -> new Dense(0), ConfigException.class, "units", "0");
    says(() -> new Embedding(5, -1), ConfigException.class, "output_dim", "-1");
    says(() -> new Dropout(1.5), ConfigException.class, "rate", "1.5", "[0.0, 1.0]");
    says(() -> new LSTM(-1), ConfigException.class, "LSTM", "units");
    says(
        () -> new Conv2D(2, 3).padding("sane"),
        ConfigException.class,
        "padding",
        "valid",
        "same",
        "sane");
    says(() -> new MeanSquaredError().reduction("max"), ConfigException.class, "reduction", "sum");
    says(() -> new AUC().numThresholds(1), ConfigException.class, "num_thresholds", "1");
  }

  @Test
  void unknownStringsNameTheNearest() {
    says(() -> new Dense(2).activation("rellu"), ConfigException.class, "rellu", "'relu'");
    says(
        () -> new Dense(2).kernelInitializer("glorot_unifrom"),
        ConfigException.class,
        "glorot_uniform");
    says(() -> new Compile("adan"), ConfigException.class, "optimizer 'adan'", "adam");
    Sequential model = new Sequential(Input.of(2), new Dense(1));
    says(
        () -> {
          model.compile(new Adam(), "mean_sqared_error");
          model.trainOnBatch(Np.ones(2, 2), Np.ones(2, 1));
        },
        ConfigException.class,
        "mean_squared_error");
    says(() -> new Dense(2).dtype("mixed_float15"), ConfigException.class, "mixed_float16");
  }

  @Test
  void optionsSetAfterBuild() {
    Dense dense = new Dense(2).name("late");
    dense.apply(Np.ones(3, 4));
    says(
        () -> dense.useBias(false),
        IllegalStateException.class,
        "late",
        "already built",
        "useBias");
    Adam adam = new Adam();
    adam.build(java.util.List.of(Variable.named("w").shape(2)));
    says(() -> adam.clipnorm(1.0), IllegalStateException.class, "already built", "clipnorm");
  }

  @Test
  void lossesNameTheShapes() {
    says(
        () -> new MeanSquaredError().apply(Np.ones(3, 2), Np.ones(3, 4)),
        OpException.class,
        "[3,2]",
        "[3,4]");
    says(
        () ->
            new BinaryCrossentropy().weighted(Np.ones(3, 4, 2), Np.ones(3, 4, 2), Np.ones(3), null),
        OpException.class,
        "sample weight",
        "[3]",
        "[3,4]",
        "[batch, 1]");
    says(
        () ->
            new org.cornu.metrics.Precision()
                .updateState(Np.ones(3, 2), Np.ones(3, 2), Tensor.of(new float[] {1f, 2f})),
        OpException.class,
        "sample weight",
        "[2");
  }

  @Test
  void optionsThatDoNotGoTogether() {
    says(
        () -> new Conv2D(2, 3).strides(2).dilationRate(2).name("sd").apply(Np.ones(1, 9, 9, 3)),
        OpException.class,
        "sd:",
        "strides [2, 2]",
        "dilation_rate [2, 2]",
        "leave one of them at 1");
    says(() -> new Conv2D(2, 3, 3, 3), ConfigException.class, "2 spatial", "[3, 3, 3]");
    says(
        () -> new BatchNormalization().axis(5).name("bn").apply(Np.ones(3, 4)),
        OpException.class,
        "bn:",
        "[-2, 2)",
        "axis 5",
        "[3,4]");
    Tensor x = Input.of(3);
    says(
        () -> new Concatenate().axis(4).name("cat").applyAll(List.of(x, x), Call.DEFAULT),
        OpException.class,
        "cat:",
        "[-2, 2)",
        "axis 4");
  }

  @Test
  void layersOfAModelHaveNamesOfTheirOwn() {
    Tensor x = Input.of(4);
    Tensor y = new Dense(2).name("twin").apply(new Dense(2).name("twin").apply(x));
    says(
        () -> new Model(List.of(x), List.of(y)),
        OpException.class,
        "two layers named 'twin'",
        "set another name");
  }

  @Test
  void filesSayWhatIsWrong(@TempDir Path folder) throws IOException {
    Path weights = folder.resolve("w.weights.h5");
    says(
        () -> new Sequential(new Dense(3)).saveWeights(weights),
        IllegalStateException.class,
        "before it is built",
        "give it an Input");
    Sequential model = new Sequential(Input.of(4), new Dense(3));
    model.saveWeights(weights);
    says(
        () -> new Sequential(Input.of(4), new Dense(5)).loadWeights(weights),
        IllegalArgumentException.class,
        "w.weights.h5",
        "f32[4,3]",
        "kernel",
        "[4,5]");
    says(
        () -> model.loadWeights(folder.resolve("none.weights.h5")),
        UncheckedIOException.class,
        "none.weights.h5",
        "no such file");
    says(
        () -> Model.load(folder.resolve("none.keras")),
        UncheckedIOException.class,
        "none.keras",
        "no such file");
  }
}
