package org.cornu.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.cornu.losses.Loss;
import org.cornu.tracer.Tensor;

/**
 * Runs cases of kind {@code loss}: labels, predictions, perhaps weights, and where the case says
 * {@code masked} a mask of the predictions; gradient by predictions.
 */
public final class LossRunner implements CaseRunner {
  /** For the service loader. */
  public LossRunner() {}

  @Override
  public String kind() {
    return "loss";
  }

  @Override
  public Outcome run(JsonNode recorded) {
    Loss loss = RecordedObject.of(recorded, Loss.FAMILY);
    boolean masked = recorded.path("masked").asBoolean();
    return FunctionCase.run(recorded, in -> apply(loss, in, masked), 1);
  }

  private static Tensor apply(Loss loss, List<Tensor> in, boolean masked) {
    int given = masked ? in.size() - 1 : in.size();
    return loss.weighted(
        in.get(0), in.get(1), given > 2 ? in.get(2) : null, masked ? in.get(given) : null);
  }
}
