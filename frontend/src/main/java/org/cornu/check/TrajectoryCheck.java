package org.cornu.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cornu.config.Registry;
import org.cornu.models.Compile;
import org.cornu.models.Data;
import org.cornu.models.Fit;
import org.cornu.models.History;
import org.cornu.models.Model;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A recorded training: the model is made from its config, gets the recorded weights, is compiled
 * and fitted, and its history, evaluation, weights, optimizer state and predictions are compared.
 */
final class TrajectoryCheck {
  private static final double HISTORY = 1e-5;
  private static final double WEIGHTS = 1e-4;

  private final JsonNode recorded;
  private final List<String> differences = new ArrayList<>();

  private TrajectoryCheck(JsonNode recorded) {
    this.recorded = recorded;
  }

  /** Whether a file holds a training rather than a list of cases. */
  static boolean is(JsonNode root) {
    return root.has("model") && root.has("compile_config") && root.path("results").has("history");
  }

  /** Trains and compares. */
  static Outcome run(JsonNode root) {
    return new TrajectoryCheck(root).run();
  }

  private Outcome run() {
    Model model =
        (Model)
            Objects.requireNonNull(
                Registry.global().deserialize(RecordedObject.tree(recorded.get("model"))));
    model.setWeights(RecordedObject.tensors(recorded.get("weights")));
    model.compile(Compile.ofConfig(RecordedObject.tree(recorded.get("compile_config"))));
    JsonNode results = recorded.get("results");
    int batch = recorded.get("fit").get("batch_size").asInt();

    History history = model.fit(data("x", "y", "sample_weight"), options(batch));
    results
        .get("history")
        .properties()
        .forEach(log -> compareLogs(log.getKey(), history, log.getValue()));
    model
        .evaluate(data("x", "y", "none"), batch)
        .forEach((name, value) -> compareNumber("evaluate", name, value, results.get("evaluate")));
    compare("weight", values(model.weights()), results.get("final_weights"));
    compare(
        "optimizer variable",
        values(model.optimizer().variables()),
        results.get("optimizer_variables"));
    compare(
        "prediction", model.predict(data("x", "none", "none"), batch), results.get("predictions"));
    return differences.isEmpty() ? Outcome.PASSED : Outcome.failed(String.join("; ", differences));
  }

  private Fit options(int batch) {
    JsonNode fit = recorded.get("fit");
    Fit options =
        Fit.epochs(fit.get("epochs").asInt()).batchSize(batch).shuffle(false).verbose(false);
    if (recorded.has("val_x")) {
      options.validationData(data("val_x", "val_y", "none"));
    }
    if (fit.has("class_weight")) {
      Map<Integer, Double> weights = new HashMap<>();
      fit.get("class_weight")
          .properties()
          .forEach(e -> weights.put(Integer.valueOf(e.getKey()), e.getValue().asDouble()));
      options.classWeight(weights);
    }
    return options;
  }

  private Data data(String x, String y, String weight) {
    JsonNode weights = recorded.path(weight);
    JsonNode one = weights.isArray() ? weights.get(0) : weights;
    return Data.ofLiterals(
        literals(x), literals(y), one == null || !one.has("data") ? null : Recorded.literal(one));
  }

  private List<Literal> literals(String key) {
    return recorded.has(key) ? Recorded.literals(recorded.get(key)) : List.of();
  }

  private static List<Tensor> values(List<Variable> variables) {
    return variables.stream().map(Variable::value).toList();
  }

  private void compare(String what, List<Tensor> got, JsonNode want) {
    add(RecordedObject.compare(what, got, want, WEIGHTS));
  }

  private void compareLogs(String name, History history, JsonNode want) {
    List<Double> got = history.get(name);
    if (got.size() != want.size()) {
      add(name + ": got " + got.size() + " epochs, expected " + want.size());
      return;
    }
    for (int epoch = 0; epoch < want.size(); epoch++) {
      close("epoch " + epoch + ", " + name, got.get(epoch), want.get(epoch).asDouble());
    }
  }

  private void compareNumber(String what, String name, double got, JsonNode want) {
    if (want.has(name)) {
      close(what + ", " + name, got, want.get(name).asDouble());
    } else {
      add(what + ": Keras has no '" + name + "'");
    }
  }

  private void close(String what, double got, double want) {
    if (!(Math.abs(got - want) <= HISTORY * Math.max(1, Math.abs(want)))) {
      add(what + ": got " + got + ", expected " + want);
    }
  }

  private void add(@Nullable String difference) {
    if (difference != null) {
      differences.add(difference);
    }
  }
}
