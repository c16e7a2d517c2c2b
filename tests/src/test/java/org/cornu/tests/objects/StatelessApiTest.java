package org.cornu.tests.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.cornu.layers.BatchNormalization;
import org.cornu.layers.Call;
import org.cornu.layers.Dense;
import org.cornu.layers.Dropout;
import org.cornu.layers.Input;
import org.cornu.layers.Layer;
import org.cornu.losses.MeanSquaredError;
import org.cornu.metrics.AUC;
import org.cornu.metrics.MeanAbsoluteError;
import org.cornu.models.Compile;
import org.cornu.models.Data;
import org.cornu.models.Fit;
import org.cornu.models.Model;
import org.cornu.models.Sequential;
import org.cornu.ops.Np;
import org.cornu.optimizers.Adam;
import org.cornu.optimizers.Optimizer;
import org.cornu.optimizers.SGD;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.junit.jupiter.api.Test;

/** Objects as pure functions of their variables, in Keras' orders, inside jit, grad and vmap. */
final class StatelessApiTest {
  private static final Tensor X = Tensor.of(new float[][] {{1, 2}, {3, 4}, {-1, 0.5f}, {0, 1}});

  private static Sequential model() {
    return new Sequential(
        Input.of(2),
        new Dense(3).activation("tanh").kernelRegularizer(new org.cornu.regularizers.L2(0.01)),
        new BatchNormalization(),
        new Dropout(0.5).seed(1),
        new Dense(1));
  }

  private static List<Tensor> values(List<Variable> variables) {
    return variables.stream().map(Variable::value).toList();
  }

  private static List<float[]> floats(List<Tensor> tensors) {
    return tensors.stream()
        .map(t -> t.astype(org.cornu.stablehlo.ir.DType.F32).toFloatArray())
        .toList();
  }

  @Test
  void aModelReturnsOutputsThenStateThenLosses() {
    Sequential model = model();
    List<Tensor> trainable = values(model.trainableVariables());
    List<Tensor> other = values(model.nonTrainableVariables());
    Layer.StatelessResult result =
        model.statelessCall(trainable, other, List.of(X), Call.training(true));
    assertThat(result.outputs()).hasSize(1);
    assertThat(result.nonTrainable()).hasSameSizeAs(other);
    assertThat(result.losses()).hasSize(1);
    // Nothing is written to the variables, and the same values give the same result.
    assertThat(floats(values(model.nonTrainableVariables())))
        .usingRecursiveComparison()
        .isEqualTo(floats(other));
    Layer.StatelessResult again =
        Transforms.jit(
                (List<Tensor> t, List<Tensor> n, Tensor x) ->
                    model.statelessCall(t, n, List.of(x), Call.training(true)))
            .apply(trainable, other, X);
    for (int i = 0; i < other.size(); i++) {
      assertThat(floats(again.nonTrainable()).get(i))
          .containsExactly(floats(result.nonTrainable()).get(i), within(1e-6f));
    }
    assertThat(again.output().toFloatArray())
        .containsExactly(result.output().toFloatArray(), within(1e-5f));
  }

  @Test
  void aModelMapsOverSamplesAndOverWeights() {
    Dense layer = new Dense(3);
    Tensor whole = layer.apply(X);
    List<Tensor> weights = values(layer.trainableVariables());
    Tensor rows =
        Transforms.vmap(
                (Tensor row) ->
                    layer.statelessCall(weights, List.of(), row.expandDims(0)).output().squeeze(0))
            .apply(X);
    assertThat(rows.toFloatArray()).containsExactly(whole.toFloatArray(), within(1e-5f));
    // Two sets of weights at once.
    List<Tensor> doubled = weights.stream().map(w -> Np.stack(List.of(w, w.mul(2.0)), 0)).toList();
    Tensor both =
        Transforms.vmap((List<Tensor> w) -> layer.statelessCall(w, List.of(), X).output())
            .apply(doubled);
    assertThat(both.get(1).toFloatArray())
        .containsExactly(whole.mul(2.0).toFloatArray(), within(1e-5f));
  }

  @Test
  void gradientsByTheWeightsComeInTheirOrder() {
    Dense layer = new Dense(1);
    layer.apply(X);
    List<Tensor> weights = values(layer.trainableVariables());
    List<Tensor> gradient =
        Transforms.grad((List<Tensor> w) -> Np.sum(layer.statelessCall(w, List.of(), X).output()))
            .apply(weights);
    assertThat(gradient.get(0).toFloatArray())
        .containsExactly(new float[] {3, 7.5f}, within(1e-5f));
    assertThat(gradient.get(1).toFloatArray()).containsExactly(new float[] {4}, within(1e-5f));
  }

  @Test
  void anOptimizerReturnsTrainableThenItsOwn() {
    Variable w = Variable.named("w").shape(2);
    Optimizer adam = new Adam(0.1);
    adam.build(List.of(w));
    List<Tensor> own = values(adam.variables());
    Optimizer.Applied applied =
        Transforms.jit(
                (List<Tensor> state, List<Tensor> g, List<Tensor> t) ->
                    adam.statelessApply(state, new ArrayList<>(g), t))
            .apply(
                own,
                List.of(Tensor.of(new float[] {1f, -1f})),
                List.of(Tensor.of(new float[] {0f, 0f})));
    assertThat(applied.trainable().get(0).toFloatArray())
        .containsExactly(new float[] {-0.1f, 0.1f}, within(1e-5f));
    assertThat(applied.optimizer().get(0).item()).isEqualTo(1);
    assertThat(w.value().toFloatArray()).containsExactly(0, 0);
    // Three learning rates at once.
    int rate = 1;
    Tensor moved =
        Transforms.vmap(
                (Tensor r) -> {
                  List<Tensor> state = new ArrayList<>(own);
                  state.set(rate, r);
                  return adam.statelessApply(
                          state,
                          List.of(Tensor.of(new float[] {1f, 1f})),
                          List.of(Tensor.of(new float[] {0f, 0f})))
                      .trainable()
                      .get(0);
                })
            .apply(Tensor.of(new float[] {0.1f, 0.2f, 0.3f}));
    assertThat(moved.get(2).toFloatArray())
        .containsExactly(new float[] {-0.3f, -0.3f}, within(1e-5f));
  }

  @Test
  void aLossAndAMetricAreFunctions() {
    Tensor yTrue = Tensor.of(new float[] {1f, 0f, 1f, 1f});
    Tensor yPred = Tensor.of(new float[] {0.8f, 0.3f, 0.4f, 0.9f});
    Tensor slope =
        Transforms.grad((Tensor p) -> new MeanSquaredError().apply(yTrue, p)).apply(yPred);
    assertThat(slope.toFloatArray())
        .containsExactly(new float[] {-0.1f, 0.15f, -0.3f, -0.05f}, within(1e-6f));
    for (org.cornu.metrics.Metric metric : List.of(new MeanAbsoluteError(), new AUC())) {
      metric.build(yTrue.shape(), yPred.shape());
      List<Tensor> fresh = metric.statelessResetState();
      List<Tensor> after =
          Transforms.jit(
                  (List<Tensor> s, Tensor t, Tensor p) -> metric.statelessUpdateState(s, t, p))
              .apply(fresh, yTrue, yPred);
      metric.updateState(yTrue, yPred, null);
      assertThat(metric.statelessResult(after).item())
          .isEqualTo(metric.result().item(), within(1e-6));
      // Metrics of several runs at once.
      Tensor many =
          Transforms.vmap(
                  (Tensor p) ->
                      metric.statelessResult(metric.statelessUpdateState(fresh, yTrue, p)))
              .apply(Np.stack(List.of(yPred, yTrue), 0));
      assertThat(many.get(0).item()).isEqualTo(metric.result().item(), within(1e-6));
    }
  }

  @Test
  void aModelComputesItsLossStatelessly() {
    Sequential model = model();
    model.compile(new Compile(new SGD(0.1)).loss("mse").metrics("mae"));
    Tensor y = Tensor.of(new float[][] {{1}, {0}, {1}, {2}});
    model.fit(Data.of(X, y), Fit.epochs(1).verbose(false));
    List<Tensor> trainable = values(model.trainableVariables());
    List<Tensor> other = values(model.nonTrainableVariables());
    List<Tensor> metrics = values(model.metricsVariables());
    Tensor predictions = model.statelessCall(trainable, other, X).output();
    Model.StatelessLoss result =
        Transforms.jit(
                (List<Tensor> t) ->
                    model.statelessComputeLoss(t, other, metrics, X, y, predictions, null))
            .apply(trainable);
    double expected =
        new MeanSquaredError().apply(y, predictions).item()
            + 0.01 * Np.sum(trainable.get(0).square()).item();
    assertThat(result.loss().item()).isEqualTo(expected, within(1e-5));
    assertThat(result.trainable()).hasSameSizeAs(trainable);
    assertThat(result.nonTrainable()).hasSameSizeAs(other);
    assertThat(result.metrics()).hasSameSizeAs(metrics);
  }

  @Test
  void wrongListsAreRefusedByName() {
    Dense layer = new Dense(3);
    assertThatThrownBy(() -> layer.statelessCall(List.of(), List.of(), X))
        .hasMessageContaining("not built");
    layer.apply(X);
    assertThatThrownBy(() -> layer.statelessCall(List.of(), List.of(), X))
        .hasMessageContaining("statelessCall: trainable: 2 variables take as many values: got 0")
        .hasMessageContaining("kernel");
  }

  @Test
  void assigningCopies() {
    Variable a = Variable.named("a").shape(3);
    Variable b = Variable.named("b").shape(3);
    b.assign(a.value());
    Tensor kept = Tensor.of(new float[] {1f, 2f, 3f});
    a.assign(kept);
    Transforms.jit((Tensor x) -> x.add(1.0)).donate(0).apply(a.value()).close();
    assertThat(b.value().toFloatArray()).containsExactly(0, 0, 0);
    assertThat(kept.toFloatArray()).containsExactly(1, 2, 3);
  }
}
