package org.cornu.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.cornu.optimizers.schedules.LearningRateSchedule;
import org.cornu.tracer.Scope;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/** Runs cases of kind {@code schedule}: the learning rates of some steps. */
public final class ScheduleRunner implements CaseRunner {
  /** For the service loader. */
  public ScheduleRunner() {}

  @Override
  public String kind() {
    return "schedule";
  }

  @Override
  public Outcome run(JsonNode recorded) {
    LearningRateSchedule schedule = RecordedObject.of(recorded, LearningRateSchedule.FAMILY);
    List<Tensor> steps = new ArrayList<>();
    recorded.get("steps").forEach(step -> steps.add(Tensor.of(step.asInt())));
    try (Scope scope = Scope.open()) {
      List<Tensor> got =
          Transforms.jit((List<Tensor> at) -> at.stream().map(schedule::apply).toList())
              .apply(steps);
      return RecordedObject.outcome(
          RecordedObject.compare("step", got, recorded.get("values"), Agreement.OUTPUT));
    }
  }
}
