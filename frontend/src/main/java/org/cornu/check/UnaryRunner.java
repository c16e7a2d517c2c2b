package org.cornu.check;

import com.fasterxml.jackson.databind.JsonNode;
import org.cornu.constraints.Constraint;
import org.cornu.regularizers.Regularizer;

/** Runs cases of kind {@code unary}: a regularizer or a constraint of one weight. */
public final class UnaryRunner implements CaseRunner {
  /** For the service loader. */
  public UnaryRunner() {}

  @Override
  public String kind() {
    return "unary";
  }

  @Override
  public Outcome run(JsonNode recorded) {
    if (recorded.path("object").path("module").asText().endsWith("constraints")) {
      Constraint constraint = RecordedObject.of(recorded, Constraint.FAMILY);
      return FunctionCase.run(recorded, in -> constraint.apply(in.get(0)), 0);
    }
    Regularizer regularizer = RecordedObject.of(recorded, Regularizer.FAMILY);
    return FunctionCase.run(recorded, in -> regularizer.apply(in.get(0)), 0);
  }
}
