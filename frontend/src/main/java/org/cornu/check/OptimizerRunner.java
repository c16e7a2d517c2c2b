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

/** Runs cases of kind {@code optimizer}: all steps as one program over the stateless function. */
public final class OptimizerRunner implements CaseRunner {
  /** Everything that the steps start from. */
  private record Start(
      List<Tensor> variables, List<Tensor> state, List<List<@Nullable Tensor>> gradients) {}

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
      Run got =
          Transforms.jit((Start start) -> run(optimizer, start))
              .apply(new Start(values(variables), values(optimizer.variables()), gradients));
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

  private static Run run(Optimizer optimizer, Start start) {
    List<Tensor> variables = start.variables();
    List<Tensor> state = start.state();
    List<List<Tensor>> after = new ArrayList<>();
    for (List<@Nullable Tensor> gradients : start.gradients()) {
      Optimizer.Applied applied = optimizer.statelessApply(state, gradients, variables);
      variables = applied.trainable();
      state = applied.optimizer();
      after.add(variables);
    }
    return new Run(after, state);
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
