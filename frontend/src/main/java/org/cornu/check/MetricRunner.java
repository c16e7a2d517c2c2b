package org.cornu.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.cornu.metrics.Metric;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Scope;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.jspecify.annotations.Nullable;

/** Runs cases of kind {@code metric}: all updates as one program over the stateless functions. */
public final class MetricRunner implements CaseRunner {
  /** The result after each update, and the state after the last. */
  private record Run(List<Tensor> results, List<Tensor> state) {}

  /** For the service loader. */
  public MetricRunner() {}

  @Override
  public String kind() {
    return "metric";
  }

  @Override
  public Outcome run(JsonNode recorded) {
    Metric metric = RecordedObject.of(recorded, Metric.FAMILY);
    JsonNode updates = recorded.get("updates");
    try (Scope scope = Scope.open()) {
      List<Tensor> inputs = RecordedObject.tensors(recorded.get("inputs"));
      metric.build(
          arguments(updates.get(0), inputs).stream().map(Tensor::shape).toArray(Shape[]::new));
      Run got = Transforms.jit((List<Tensor> xs) -> run(metric, updates, xs)).apply(inputs);
      return RecordedObject.outcome(compare(recorded, metric, got));
    }
  }

  private static Run run(Metric metric, JsonNode updates, List<Tensor> inputs) {
    List<Tensor> state = metric.statelessResetState();
    List<Tensor> results = new ArrayList<>();
    for (JsonNode update : updates) {
      Tensor weight = metric.weightUnder(named(update, inputs, "mask"), weight(update, inputs));
      state = metric.statelessUpdateState(state, arguments(update, inputs), weight);
      results.add(metric.statelessResult(state));
    }
    return new Run(results, state);
  }

  private static List<Tensor> arguments(JsonNode update, List<Tensor> inputs) {
    List<Tensor> out = new ArrayList<>();
    CallTree.list(update.get("args"), inputs).forEach(value -> out.add((Tensor) value));
    return out;
  }

  private static @Nullable Tensor weight(JsonNode update, List<Tensor> inputs) {
    return named(update, inputs, "sample_weight");
  }

  private static @Nullable Tensor named(JsonNode update, List<Tensor> inputs, String name) {
    return (Tensor) CallTree.map(update.get("kwargs"), inputs).get(name);
  }

  private static @Nullable String compare(JsonNode recorded, Metric metric, Run got) {
    JsonNode results = recorded.get("results");
    for (int i = 0; i < results.size(); i++) {
      String difference =
          RecordedObject.compare(
              "result after update " + i,
              List.of(got.results().get(i)),
              results.get(i),
              Agreement.OUTPUT);
      if (difference != null) {
        return difference;
      }
    }
    String difference =
        RecordedObject.compare(
            "variable", got.state(), recorded.get("variables"), Agreement.OUTPUT);
    return difference != null
        ? difference
        : RecordedObject.compare(
            "variable after reset",
            metric.statelessResetState(),
            recorded.get("variables_after_reset"),
            0);
  }
}
