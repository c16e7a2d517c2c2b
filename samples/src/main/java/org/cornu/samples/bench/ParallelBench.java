package org.cornu.samples.bench;

import java.util.ArrayList;
import java.util.List;
import org.cornu.distribution.DeviceMesh;
import org.cornu.distribution.TensorLayout;
import org.cornu.tracer.Sharded;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Trees;
import org.cornu.tracer.runtime.Backend;
import org.cornu.tracer.runtime.Placement;

/**
 * Training of the multi-layer perceptron with a global batch of 1024 split over virtual devices,
 * the parameters on each.
 *
 * @param devices number of devices
 */
record ParallelBench(int devices) implements Workload {
  private static final int STEPS = 60;
  private static final String AXIS = "data";

  @Override
  public void run(Timing timing, int steps) {
    Backend.configure("cpu", devices);
    run(
        timing.put("devices", devices),
        steps,
        new TrainBench<>(
            SmallModels::mlp,
            () -> SmallModels.mlpData(2, 1024),
            SmallModels::mlpLoss,
            TrainBench.adam(),
            STEPS));
  }

  private <S> void run(Timing timing, int steps, TrainBench<S> bench) {
    DeviceMesh mesh = new DeviceMesh(new int[] {devices}, AXIS);
    List<TrainBench.Batch> data = new ArrayList<>();
    for (TrainBench.Batch batch : bench.batches().get()) {
      data.add(
          new TrainBench.Batch(
              Sharded.put(batch.x(), TensorLayout.of(AXIS, null).on(mesh).toPlacement()),
              Sharded.put(batch.y(), TensorLayout.of(AXIS).on(mesh).toPlacement())));
    }
    TrainBench.State<S> initial =
        Trees.map(
            bench.initial(),
            (Tensor t) -> Sharded.put(t, Placement.replicated(mesh.toMesh(), t.rank())));
    bench.run(timing, steps, bench.jitted(), initial, data);
  }
}
