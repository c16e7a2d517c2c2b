package org.cornu.models;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornu.callbacks.Callback;
import org.cornu.callbacks.ProgressBar;
import org.cornu.layers.Call;
import org.cornu.layers.Layer;
import org.cornu.optimizers.Optimizer;
import org.cornu.stateless.StatelessScope;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Jit2;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.cornu.tracer.runtime.Placement;
import org.jspecify.annotations.Nullable;

/**
 * Trains one compiled model. A step is a pure function of the values of all variables and a batch,
 * compiled once per batch shape, whose state arguments are donated; after each step the variables
 * hold its results, so that a failing step (or callback) leaves the model as the last good one left
 * it.
 */
final class Trainer {
  /** The values of all variables: what goes into a step and comes out of it. */
  record State(
      List<Tensor> trainable,
      List<Tensor> nonTrainable,
      List<Tensor> optimizer,
      List<Tensor> metrics) {}

  /** What the forward pass leaves for the metrics. */
  record Aux(
      Objective.Losses losses,
      List<Tensor> outputs,
      List<@Nullable Tensor> masks,
      List<Tensor> nonTrainable) {}

  private final Model model;
  private final Compile options;
  private final Optimizer optimizer;
  private final Objective objective;
  private final Jit2<State, Data.Batch, State> trainStep;
  private final Jit2<State, Data.Batch, State> testStep;
  private boolean prepared;

  Trainer(Model model, Compile options) {
    this.model = model;
    this.options = options;
    this.optimizer = options.optimizerFor(model.policy());
    this.objective = new Objective(options);
    this.trainStep =
        Transforms.jit((State state, Data.Batch batch) -> train(state, batch))
            .donate(0)
            .placeResults(state -> placements());
    this.testStep =
        Transforms.jit((State state, Data.Batch batch) -> test(state, batch))
            .placeResults(state -> placements());
  }

  Compile options() {
    return options;
  }

  /** What updates the weights: the given optimizer, perhaps with the loss scaled. */
  Optimizer optimizer() {
    return optimizer;
  }

  // ---- the steps, traced

  private State train(State state, Data.Batch batch) {
    Transforms.ValueGradAux<List<Tensor>, Aux> step =
        Transforms.valueAndGradAux(
                (List<Tensor> trainable, State rest, Data.Batch data) -> {
                  Aux aux = forward(trainable, rest.nonTrainable(), data, true);
                  try (StatelessScope scope = StatelessScope.open()) {
                    scope.setAll("fit", optimizer.variables(), rest.optimizer());
                    return new Transforms.WithAux<>(optimizer.scaleLoss(aux.losses().total()), aux);
                  }
                })
            .apply(state.trainable(), state, batch);
    Optimizer.Applied applied =
        optimizer.statelessApply(state.optimizer(), step.grad(), state.trainable());
    return new State(
        applied.trainable(),
        step.aux().nonTrainable(),
        applied.optimizer(),
        measure(state.metrics(), step.aux(), batch));
  }

  private State test(State state, Data.Batch batch) {
    Aux aux = forward(state.trainable(), state.nonTrainable(), batch, false);
    return new State(
        state.trainable(),
        state.nonTrainable(),
        state.optimizer(),
        measure(state.metrics(), aux, batch));
  }

  private Aux forward(
      List<Tensor> trainable, List<Tensor> nonTrainable, Data.Batch batch, boolean training) {
    Layer.StatelessResult result =
        model.statelessCall(trainable, nonTrainable, batch.x(), Call.training(training));
    List<@Nullable Tensor> masks = Objective.masks(result.outputs());
    Objective.Losses losses = objective.losses(batch, result.outputs(), masks, result.losses());
    return new Aux(losses, result.outputs(), masks, result.nonTrainable());
  }

  private List<Tensor> measure(List<Tensor> metrics, Aux aux, Data.Batch batch) {
    try (StatelessScope scope = StatelessScope.open()) {
      List<Variable> variables = objective.variables();
      scope.setAll("fit: metrics", variables, metrics);
      objective.update(aux.losses(), batch, aux.outputs(), aux.masks());
      return scope.values(variables);
    }
  }

  // ---- state

  private void prepare(Data.Batch first) {
    if (prepared) {
      return;
    }
    if (!model.isBuilt()) {
      model.buildFor(first.x().stream().map(Tensor::shape).toList());
    }
    optimizer.constraints(model::constraintOf);
    optimizer.build(model.trainableVariables());
    List<Tensor> outputs =
        Transforms.evalShape(
            (List<Tensor> x) -> {
              try (StatelessScope scope = StatelessScope.open()) {
                return model.applyAll(x, Call.DEFAULT);
              }
            },
            first.x());
    objective.build(OutputNames.of(model, outputs.size()), first.y(), outputs);
    prepared = true;
  }

  private List<Variable> allVariables() {
    List<Variable> all = new ArrayList<>(model.trainableVariables());
    all.addAll(model.nonTrainableVariables());
    all.addAll(optimizer.variables());
    all.addAll(objective.variables());
    return all;
  }

  private List<@Nullable Placement> placements() {
    List<@Nullable Placement> out = new ArrayList<>();
    allVariables().forEach(v -> out.add(v.placement()));
    return out;
  }

  private static List<Tensor> values(List<Variable> variables) {
    List<Tensor> out = new ArrayList<>(variables.size());
    for (Variable variable : variables) {
      out.add(variable.value());
    }
    return out;
  }

  /** The variables of the state, listed once per run. */
  private final class Live {
    private final List<Variable> trainable = model.trainableVariables();
    private final List<Variable> nonTrainable = model.nonTrainableVariables();
    private final List<Variable> state = optimizer.variables();
    private final List<Variable> metrics = objective.variables();

    State read() {
      return new State(values(trainable), values(nonTrainable), values(state), values(metrics));
    }

    void write(State state) {
      assign(trainable, state.trainable());
      assign(nonTrainable, state.nonTrainable());
      assign(this.state, state.optimizer());
      assign(metrics, state.metrics());
    }

    void writeMetrics(State state) {
      assign(metrics, state.metrics());
    }

    private void assign(List<Variable> variables, List<Tensor> values) {
      for (int i = 0; i < values.size(); i++) {
        variables.get(i).take(values.get(i));
      }
    }
  }

  // ---- the loops

  History fit(Data data, Fit fit) {
    Data training = Weighting.byClass(data, fit.classWeights());
    Data validation = fit.validation();
    if (fit.split() > 0 && validation == null) {
      int kept = (int) Math.floor(data.size() * (1 - fit.split()));
      if (kept == 0 || kept == data.size()) {
        throw new IllegalArgumentException(
            "fit: validationSplit "
                + fit.split()
                + " of "
                + data.size()
                + " samples leaves "
                + kept
                + " to train on");
      }
      validation = data.rows(kept, data.size());
      training = training.rows(0, kept);
    }
    if (training.size() == 0) {
      throw new IllegalArgumentException("fit: there are no samples");
    }
    BatchOrder order =
        new BatchOrder(training.size(), fit.batch(), fit.shuffles(), fit.seedValue());
    int steps = fit.steps(order.batches());
    prepare(training.batch(order.peek()));
    Live live = new Live();
    History history = new History();
    List<Callback> callbacks = fit.callbackList();
    if (fit.isVerbose()) {
      callbacks.add(0, new ProgressBar());
    }
    callbacks.forEach(c -> c.begin(model));
    callbacks.forEach(c -> c.onTrainBegin(fit.epochCount(), steps));
    boolean wantLogs = callbacks.stream().anyMatch(Callback::needsBatchLogs);
    Map<String, Double> logs = Map.of();
    boolean stop = false;
    for (int epoch = fit.firstEpoch(); epoch < fit.epochCount() && !stop; epoch++) {
      int number = epoch;
      callbacks.forEach(c -> c.onEpochBegin(number));
      objective.reset();
      order.next();
      for (int step = 0; step < steps && !stop; step++) {
        Data.Batch batch = training.batch(order.rows(step));
        live.write(trainStep.apply(live.read(), batch));
        boolean report = (step + 1) % options.stepsPerExecution() == 0 || step == steps - 1;
        if (report) {
          Map<String, Double> batchLogs = wantLogs ? objective.logs() : Map.of();
          int done = step;
          callbacks.forEach(c -> c.onTrainBatchEnd(done, batchLogs));
          stop = callbacks.stream().anyMatch(Callback::wantsToStop);
        }
      }
      logs = new LinkedHashMap<>(objective.logs());
      if (validation != null && fit.validatesAt(epoch)) {
        Map<String, Double> held = evaluate(validation, fit.validationBatch(), List.of());
        for (Map.Entry<String, Double> entry : held.entrySet()) {
          logs.put("val_" + entry.getKey(), entry.getValue());
        }
      }
      Map<String, Double> epochLogs = logs;
      for (Callback callback : callbacks) {
        callback.onEpochEnd(number, epochLogs);
      }
      history.add(epoch, epochLogs);
      stop |= callbacks.stream().anyMatch(Callback::wantsToStop);
    }
    optimizer.finalizeVariables();
    Map<String, Double> last = logs;
    callbacks.forEach(c -> c.onTrainEnd(last));
    return history;
  }

  String program(Data data, int batchSize) {
    Data.Batch batch = data.batch(new BatchOrder(data.size(), batchSize, false, 0).peek());
    prepare(batch);
    return trainStep.lower(new Live().read(), batch).text();
  }

  /** The variables of the metrics; the model must have seen a batch. */
  List<Variable> metricsVariables() {
    if (!prepared) {
      throw new IllegalStateException(
          model.name() + ": the metrics are made from the first batch; train or evaluate first");
    }
    return objective.variables();
  }

  /** Loss of predictions, with the values of all variables given. */
  Model.StatelessLoss loss(
      List<Tensor> trainable,
      List<Tensor> nonTrainable,
      List<Tensor> metrics,
      Data.Batch batch,
      List<Tensor> predictions) {
    List<Variable> own = metricsVariables();
    try (StatelessScope scope = StatelessScope.open()) {
      String what = model.name() + ".statelessComputeLoss: ";
      scope.setAll(what + "trainable", model.trainableVariables(), trainable);
      scope.setAll(what + "nonTrainable", model.nonTrainableVariables(), nonTrainable);
      scope.setAll(what + "metrics", own, metrics);
      Tensor total =
          objective
              .losses(
                  batch, predictions, Objective.masks(predictions), model.regularizationLosses())
              .total();
      return new Model.StatelessLoss(
          total,
          scope.values(model.trainableVariables()),
          scope.values(model.nonTrainableVariables()),
          scope.values(own));
    }
  }

  Map<String, Double> evaluate(Data data, int batchSize, List<Callback> callbacks) {
    BatchOrder order = new BatchOrder(data.size(), batchSize, false, 0);
    order.next();
    prepare(data.batch(order.peek()));
    Live live = new Live();
    objective.reset();
    for (int step = 0; step < order.batches(); step++) {
      live.writeMetrics(testStep.apply(live.read(), data.batch(order.rows(step))));
    }
    return objective.logs();
  }

  Map<String, Double> trainOnBatch(Data data) {
    int[] rows = new int[data.size()];
    java.util.Arrays.setAll(rows, i -> i);
    Data.Batch batch = data.batch(rows);
    prepare(batch);
    objective.reset();
    Live live = new Live();
    live.write(trainStep.apply(live.read(), batch));
    return objective.logs();
  }
}
