package org.cornu.samples.digits;

import static org.cornu.tracer.Transforms.jit;
import static org.cornu.tracer.Transforms.valueAndGradAux;

import java.util.List;
import java.util.Locale;
import org.cornu.cli.Console;
import org.cornu.cli.SampleOptions;
import org.cornu.cli.SampleProvider;
import org.cornu.layers.Call;
import org.cornu.layers.Layer;
import org.cornu.losses.SparseCategoricalCrossentropy;
import org.cornu.metrics.Mean;
import org.cornu.metrics.SparseCategoricalAccuracy;
import org.cornu.models.Sequential;
import org.cornu.ops.Lax;
import org.cornu.optimizers.Adam;
import org.cornu.optimizers.Optimizer;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Jit2;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/**
 * {@code cornu train digits-stateless}: layers, loss, metrics and optimizer of Keras, trained
 * without {@code fit}. All state is in a record that goes through one compiled function; the
 * objects only say what to compute:
 *
 * <ol>
 *   <li>{@code model.statelessCall(trainable, nonTrainable, x)} gives outputs, new non-trainable
 *       values (statistics, seeds) and the losses that layers add;
 *   <li>{@code optimizer.statelessApply(optimizer, gradients, trainable)} gives new trainable
 *       values and new optimizer state, in this order;
 *   <li>{@code metric.statelessUpdateState(state, yTrue, yPred)} gives the metric's new state,
 *       {@code statelessResult} its number, {@code statelessResetState} a fresh state.
 * </ol>
 */
public final class StatelessDigits implements SampleProvider {
  private static final int HELD = 360;
  private static final int EPOCHS = 10;
  private static final int BATCH = 64;

  /** Images and labels of one step. */
  record Batch(Tensor images, Tensor labels) {}

  /** The values of all variables: what goes into a step and comes out of it. */
  record State(
      List<Tensor> trainable,
      List<Tensor> nonTrainable,
      List<Tensor> optimizer,
      List<Tensor> loss,
      List<Tensor> accuracy) {}

  /** What the forward pass leaves beside the loss. */
  record Aux(Tensor predictions, List<Tensor> nonTrainable) {}

  private final SparseCategoricalCrossentropy loss = new SparseCategoricalCrossentropy();
  private final SparseCategoricalAccuracy accuracy = new SparseCategoricalAccuracy();
  private final Mean meanLoss = new Mean();
  private final Optimizer optimizer = new Adam(1e-3);

  @Override
  public String name() {
    return "digits-stateless";
  }

  @Override
  public String description() {
    return "the same digits with layers and the stateless API alone";
  }

  /** The loss of a batch as a function of the trainable values. */
  private Transforms.WithAux<Aux> lossOf(
      Sequential model, List<Tensor> trainable, List<Tensor> nonTrainable, Batch batch) {
    Layer.StatelessResult result =
        model.statelessCall(trainable, nonTrainable, List.of(batch.images()), Call.training(true));
    Tensor total = loss.apply(batch.labels(), result.output());
    for (Tensor added : result.losses()) {
      total = total.add(added);
    }
    return new Transforms.WithAux<>(total, new Aux(result.output(), result.nonTrainable()));
  }

  /** One step of training. */
  private State step(Sequential model, State state, Batch batch) {
    Transforms.ValueGradAux<List<Tensor>, Aux> out =
        valueAndGradAux(
                (List<Tensor> trainable, State rest, Batch data) ->
                    lossOf(model, trainable, rest.nonTrainable(), data))
            .apply(state.trainable(), state, batch);
    Optimizer.Applied applied =
        optimizer.statelessApply(state.optimizer(), out.grad(), state.trainable());
    return new State(
        applied.trainable(),
        out.aux().nonTrainable(),
        applied.optimizer(),
        meanLoss.statelessUpdateState(state.loss(), List.of(out.value()), null),
        accuracy.statelessUpdateState(state.accuracy(), batch.labels(), out.aux().predictions()));
  }

  private static List<Tensor> values(List<Variable> variables) {
    return variables.stream().map(Variable::value).toList();
  }

  private static Tensor rows(Tensor x, int from, int count) {
    return Lax.sliceInDim(x, from, from + count, 1, 0);
  }

  @Override
  public int run(SampleOptions options, Console console) {
    Digits.Split split = Digits.split(options.seed(), HELD);
    Sequential model = DigitsModel.make(options.seed());
    optimizer.build(model.trainableVariables());
    State state =
        new State(
            values(model.trainableVariables()),
            values(model.nonTrainableVariables()),
            values(optimizer.variables()),
            meanLoss.statelessResetState(),
            accuracy.statelessResetState());
    Jit2<State, Batch, State> step = jit((State s, Batch batch) -> step(model, s, batch)).donate(0);
    int size = options.batchSize().orElse(BATCH);
    int batches = split.train().images().size(0) / size;
    for (int epoch = 0; epoch < options.epochs().orElse(EPOCHS); epoch++) {
      state =
          new State(
              state.trainable(),
              state.nonTrainable(),
              state.optimizer(),
              meanLoss.statelessResetState(),
              accuracy.statelessResetState());
      for (int i = 0; i < batches; i++) {
        Batch batch =
            new Batch(
                rows(split.train().images(), i * size, size),
                rows(split.train().labels(), i * size, size));
        state = step.apply(state, batch);
      }
      console.note(
          "Epoch %d - loss: %.4f - accuracy: %.4f",
          epoch + 1,
          meanLoss.statelessResult(state.loss()).item(),
          accuracy.statelessResult(state.accuracy()).item());
    }
    Tensor predictions =
        jit((State s, Tensor x) -> model.statelessCall(s.trainable(), s.nonTrainable(), x).output())
            .apply(state, split.test().images());
    List<Tensor> held =
        accuracy.statelessUpdateState(
            accuracy.statelessResetState(), split.test().labels(), predictions);
    console.result(
        "%s",
        String.format(Locale.ROOT, "test_accuracy=%.6f", accuracy.statelessResult(held).item()));
    return 0;
  }
}
