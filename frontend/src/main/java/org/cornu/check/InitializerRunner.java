package org.cornu.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.cornu.initializers.Initializer;
import org.cornu.ops.Promotion;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Scope;

/**
 * Runs cases of kind {@code initializer}: a value of a shape, type and seed. Those that say {@code
 * exact} must agree to the bit.
 */
public final class InitializerRunner implements CaseRunner {
  /** For the service loader. */
  public InitializerRunner() {}

  @Override
  public String kind() {
    return "initializer";
  }

  @Override
  public Outcome run(JsonNode recorded) {
    Initializer initializer = RecordedObject.of(recorded, Initializer.FAMILY);
    JsonNode sizes = recorded.get("shape");
    long[] dims = new long[sizes.size()];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = sizes.get(i).asLong();
    }
    try (Scope scope = Scope.open()) {
      return RecordedObject.outcome(
          RecordedObject.compare(
              "value",
              List.of(
                  initializer.apply(
                      Shape.of(dims), Promotion.byName(recorded.get("dtype").asText()))),
              recorded.get("outputs"),
              recorded.path("exact").asBoolean() ? 0 : Agreement.OUTPUT));
    }
  }
}
