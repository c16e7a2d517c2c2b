package org.cornu.tests.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.cornu.config.Registry;
import org.cornu.initializers.GlorotUniform;
import org.cornu.initializers.Initializers;
import org.cornu.losses.Losses;
import org.cornu.metrics.Metrics;
import org.cornu.ops.Np;
import org.cornu.optim.AverageState;
import org.cornu.optim.Optim;
import org.cornu.optim.Schedule;
import org.cornu.optim.Transformation;
import org.cornu.optimizers.Optimizer;
import org.cornu.optimizers.schedules.CosineDecay;
import org.cornu.saving.FormatException;
import org.cornu.saving.TreeFile;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.cornu.tracer.Trees;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters in records: initial values, updates that chain, losses as functions, files. */
final class RecordsTest {
  record Linear(Tensor kernel, Tensor bias) {}

  record Mlp(Linear hidden, List<Linear> rest) {
    Tensor apply(Tensor x) {
      Tensor y = Np.tanh(x.matmul(hidden.kernel()).add(hidden.bias()));
      for (Linear layer : rest) {
        y = y.matmul(layer.kernel()).add(layer.bias());
      }
      return y;
    }
  }

  private static Linear linear(int in, int out) {
    return new Linear(Np.zeros(in, out), Np.zeros(out));
  }

  private static final Mlp SHAPES = new Mlp(linear(2, 4), List.of(linear(4, 3), linear(3, 1)));
  private static final Tensor X = Tensor.of(new float[][] {{1, 2}, {3, 4}, {-1, 0.5f}, {0, 1}});
  private static final Tensor Y = Tensor.of(new float[][] {{1}, {0}, {1}, {2}});

  @TempDir @Nullable Path folder;

  @Test
  void initializersFillRecords() {
    Mlp params = Initializers.glorot(SHAPES, 7);
    int leaf = Trees.paths(SHAPES).indexOf("hidden.kernel");
    Tensor kernel = SHAPES.hidden().kernel();
    assertThat(params.hidden().kernel().toFloatArray())
        .isEqualTo(
            new GlorotUniform(7L + leaf).apply(kernel.shape(), kernel.dtype()).toFloatArray());
    assertThat(params.hidden().bias().toFloatArray()).containsOnly(0);
    Mlp again = Initializers.glorot(SHAPES, 7);
    assertThat(again.rest().get(0).kernel().toFloatArray())
        .isEqualTo(params.rest().get(0).kernel().toFloatArray());
    Mlp ones =
        Initializers.fill(SHAPES, 1, (path, shape) -> path.endsWith("bias") ? "ones" : "zeros");
    assertThat(ones.rest().get(1).bias().toFloatArray()).containsOnly(1);
  }

  private static Tensor loss(Mlp params) {
    return Np.mean(Losses.meanSquaredError(Y, params.apply(X)));
  }

  /** Trains and returns the loss after it. */
  private static <S> double train(Transformation<S> optimizer, Mlp start) {
    Mlp params = start;
    S state = optimizer.init(params);
    var step =
        Transforms.jit(
            (Mlp p, S s) -> optimizer.update(Transforms.grad(RecordsTest::loss).apply(p), s, p));
    for (int i = 0; i < 60; i++) {
      Transformation.Step<Mlp, S> next = step.apply(params, state);
      params = next.params();
      state = next.state();
    }
    return loss(params).item();
  }

  @Test
  void stagesChain() {
    Mlp start = Initializers.glorot(SHAPES, 7);
    double before = loss(start).item();
    Schedule rate = new CosineDecay(0.05, 100);
    Transformation<List<Object>> chain =
        Optim.chain(
            Optim.clipByGlobalNorm(1),
            Optim.accumulate(
                2,
                Optim.chain(
                    Optim.decay(0.01, rate, path -> path.endsWith("kernel")), Optim.adam(rate))),
            Optim.average(0.9));
    assertThat(train(chain, start)).isLessThan(before * 0.7);
  }

  @Test
  void masksFreezeByPath() {
    Mlp start = Initializers.glorot(SHAPES, 7);
    var optimizer = Optim.masked(path -> path.startsWith("rest[1]"), Optim.sgd(0.1));
    var grads = Transforms.grad(RecordsTest::loss).apply(start);
    Mlp moved = optimizer.update(grads, optimizer.init(start), start).params();
    assertThat(moved.hidden().kernel().toFloatArray())
        .isEqualTo(start.hidden().kernel().toFloatArray());
    assertThat(moved.rest().get(1).bias().toFloatArray())
        .isNotEqualTo(start.rest().get(1).bias().toFloatArray());
  }

  @Test
  void averagesStandInForTheParameters() {
    Mlp start = Initializers.glorot(SHAPES, 7);
    Transformation<AverageState> average = Optim.average(0.5);
    AverageState state = average.init(start);
    state = average.update(start, state, start).state();
    Mlp doubled = Trees.map(start, w -> w.mul(3.0));
    state = average.update(doubled, state, doubled).state();
    assertThat(state.over(start).hidden().kernel().toFloatArray())
        .containsExactly(start.hidden().kernel().mul(2.0).toFloatArray(), within(1e-6f));
  }

  /** Every optimizer class as a pure function moves a record as it moves variables. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sgd",
        "rmsprop",
        "adam",
        "adamw",
        "adagrad",
        "adadelta",
        "adamax",
        "nadam",
        "ftrl",
        "lion",
        "lamb",
        "adafactor",
        "muon",
        "schedulefreeadamw"
      })
  void sharesTheArithmeticOfTheClasses(String name) {
    Linear start = Initializers.fill(linear(3, 2), 3, (path, shape) -> "random_normal");
    Linear gradient = Initializers.fill(linear(3, 2), 9, (path, shape) -> "random_normal");
    Optimizer asClass = Registry.global().get(Optimizer.FAMILY, name);
    Variable kernel = Variable.named("kernel").shape(3, 2);
    Variable bias = Variable.named("bias").shape(2);
    kernel.assign(start.kernel());
    bias.assign(start.bias());
    asClass.build(List.of(kernel, bias));
    for (int i = 0; i < 3; i++) {
      asClass.apply(List.of(gradient.kernel(), gradient.bias()));
    }
    Optimizer other = Registry.global().get(Optimizer.FAMILY, name);
    Linear got = three(other.functional(), start, gradient);
    assertThat(got.kernel().toFloatArray())
        .containsExactly(kernel.value().toFloatArray(), within(1e-6f));
    assertThat(got.bias().toFloatArray())
        .containsExactly(bias.value().toFloatArray(), within(1e-6f));
  }

  private static <S> Linear three(Transformation<S> stage, Linear start, Linear gradient) {
    Linear params = start;
    S state = stage.init(params);
    for (int i = 0; i < 3; i++) {
      Transformation.Step<Linear, S> next = stage.update(gradient, state, params);
      params = next.params();
      state = next.state();
    }
    return params;
  }

  @Test
  void metricsAreFunctionsToo() {
    Tensor shares =
        Metrics.binaryAccuracy(
            Tensor.of(new float[] {1f, 0f}), Tensor.of(new float[] {0.7f, 0.6f}), 0.5);
    assertThat(Np.mean(shares).item()).isEqualTo(0.5);
  }

  @Test
  void filesHoldRecordsByPath() throws IOException {
    Path file = Objects.requireNonNull(folder).resolve("mlp.safetensors");
    Mlp params = Initializers.glorot(SHAPES, 3);
    TreeFile.write(file, params);
    Mlp read = TreeFile.read(file, SHAPES);
    assertThat(Trees.leaves(read).stream().map(Tensor::toFloatArray).toList())
        .usingRecursiveComparison()
        .isEqualTo(Trees.leaves(params).stream().map(Tensor::toFloatArray).toList());

    Mlp other = new Mlp(linear(2, 5), List.of(linear(4, 3), linear(3, 1), linear(1, 1)));
    assertThatThrownBy(() -> TreeFile.read(file, other))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("hidden.kernel is f32[2,4], must be f32[2,5]")
        .hasMessageContaining("missing rest[2].kernel f32[1,1]");
    assertThatThrownBy(() -> TreeFile.read(file, new Mlp(linear(2, 4), List.of())))
        .hasMessageContaining("extra rest[0].kernel");
  }
}
