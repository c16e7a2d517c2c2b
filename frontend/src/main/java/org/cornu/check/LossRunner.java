package org.cornu.check;

import com.fasterxml.jackson.databind.JsonNode;
import org.cornu.losses.Loss;

/**
 * Runs cases of kind {@code loss}: labels, predictions, perhaps weights; gradient by predictions.
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
    return FunctionCase.run(
        recorded,
        in -> loss.weighted(in.get(0), in.get(1), in.size() > 2 ? in.get(2) : null, null),
        1);
  }
}
