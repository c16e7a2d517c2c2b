package org.cornu.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.cornu.optimizers.Optimizer;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Scope;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.jspecify.annotations.Nullable;

/**
 * Runs cases of kind {@code optimizer}: each step is one compiled call of the stateless function.
 */
public final class OptimizerRunner implements CaseRunner {
  /** What a step starts from. */
  private record Start(
      List<Tensor> variables, List<Tensor> state, List<@Nullable Tensor> gradients) {}

  /** The variables after each step, and the state after the last. */
  private record Run(List<List<Tensor>> variables, List<Tensor> state) {}

  /** For the service loader. */
  public OptimizerRunner() {}

  @Override
  public String kind() {
    return "optimizer";
  }

  @Override
  public Outcome run(JsonNode recorded) {
    Optimizer optimizer = RecordedObject.of(recorded, Optimizer.FAMILY);
    List<String> undecayed = new ArrayList<>();
    for (JsonNode name : recorded.path("no_weight_decay")) {
      undecayed.add(name.asText());
    }
    if (!undecayed.isEmpty()) {
      optimizer.excludeFromWeightDecay(undecayed.toArray(new String[0]));
    }
    try (Scope scope = Scope.open()) {
      List<Variable> variables = variables(recorded);
      optimizer.build(variables);
      String difference =
          RecordedObject.compare(
              "initial state", values(optimizer.variables()), recorded.get("state_initial"), 1e-6);
      if (difference != null) {
        return Outcome.failed(difference);
      }
      List<List<@Nullable Tensor>> gradients = new ArrayList<>();
      for (JsonNode step : recorded.get("gradients")) {
        List<@Nullable Tensor> of = new ArrayList<>();
        step.forEach(g -> of.add(g.isNull() ? null : Tensor.of(Recorded.literal(g))));
        gradients.add(of);
      }
      Run got = run(optimizer, values(variables), gradients);
      return RecordedObject.outcome(compare(recorded, optimizer, variables, got));
    }
  }

  private static List<Variable> variables(JsonNode recorded) {
    List<Variable> out = new ArrayList<>();
    List<Tensor> initial = RecordedObject.tensors(recorded.get("initial"));
    for (int i = 0; i < initial.size(); i++) {
      Tensor value = initial.get(i);
      out.add(
          Variable.named(recorded.get("variable_names").get(i).asText())
              .dtype(value.dtype())
              .initializer((shape, dtype) -> value)
              .shape(value.shape()));
    }
    return out;
  }

  private static List<Tensor> values(List<Variable> variables) {
    return variables.stream().map(Variable::value).toList();
  }

  private static Run run(
      Optimizer optimizer, List<Tensor> initial, List<List<@Nullable Tensor>> gradients) {
    var step =
        Transforms.jit(
            (Start start) ->
                optimizer.statelessApply(start.state(), start.gradients(), start.variables()));
    Optimizer.Applied now = new Optimizer.Applied(initial, values(optimizer.variables()));
    List<List<Tensor>> after = new ArrayList<>();
    for (List<@Nullable Tensor> of : gradients) {
      now = step.apply(new Start(now.trainable(), now.optimizer(), of));
      after.add(now.trainable());
    }
    return new Run(after, now.optimizer());
  }

  private static @Nullable String compare(
      JsonNode recorded, Optimizer optimizer, List<Variable> variables, Run got) {
    JsonNode steps = recorded.get("variables");
    for (int i = 0; i < steps.size(); i++) {
      String difference =
          RecordedObject.compare(
              "after step " + i + ", variable",
              got.variables().get(i),
              steps.get(i),
              Agreement.OUTPUT);
      if (difference != null) {
        return difference;
      }
    }
    String difference =
        RecordedObject.compare(
            "final state", got.state(), recorded.get("state_final"), Agreement.OUTPUT);
    if (difference != null) {
      return difference;
    }
    List<Tensor> last = got.variables().get(got.variables().size() - 1);
    for (int i = 0; i < last.size(); i++) {
      variables.get(i).assign(last.get(i));
    }
    for (int i = 0; i < got.state().size(); i++) {
      optimizer.variables().get(i).assign(got.state().get(i));
    }
    optimizer.finalizeVariables();
    return RecordedObject.compare(
        "finalized variable",
        values(variables),
        recorded.get("variables_finalized"),
        Agreement.OUTPUT);
  }
}
