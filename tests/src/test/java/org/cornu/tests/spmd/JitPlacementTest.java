package org.cornu.tests.spmd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cornu.tracer.Transforms.jit;

import java.util.Arrays;
import java.util.List;
import org.cornu.distribution.DeviceMesh;
import org.cornu.distribution.TensorLayout;
import org.cornu.ops.Np;
import org.cornu.tracer.Jit1;
import org.cornu.tracer.Jit2;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.runtime.Placement;
import org.junit.jupiter.api.Test;

/** Where arguments and results of a jitted function lie. */
class JitPlacementTest {
  private final DeviceMesh mesh = new DeviceMesh(new int[] {8}, "batch");
  private final Placement rows = TensorLayout.of("batch", null).on(mesh).toPlacement();

  @Test
  void argumentsAreMovedAndResultsPlaced() {
    Jit2<Tensor, Tensor, Tensor> f =
        jit((Tensor x, Tensor w) -> Np.matmul(x, w))
            .placeArguments(args -> Arrays.asList(rows, null))
            .placeResults(y -> List.of(rows));
    Tensor x = Np.ones(16, 3);
    Tensor w = Np.ones(3, 2);
    Tensor y = f.apply(x, w);
    assertThat(y.device().placement()).isEqualTo(rows);
    assertThat(y.device().shardCount()).isEqualTo(8);
    assertThat(y.toFloatArray()).hasSize(32).containsOnly(3);
    assertThat(x.device().placement()).isNull();
    // One that lies there already is the same program.
    f.apply(y.mul(1.0).matmul(Np.ones(2, 3)), w);
    assertThat(f.cacheSize()).isEqualTo(1);

    Jit1<Tensor, Tensor> outer =
        jit((Tensor v) -> f.apply(v, w).sum()).placeArguments(args -> List.of(rows));
    assertThat(outer.apply(x).item()).isEqualTo(96);
  }

  @Test
  void everyTensorNeedsAnEntry() {
    Jit1<List<Tensor>, Tensor> f =
        jit((List<Tensor> x) -> x.get(0)).placeArguments(args -> List.of(rows));
    assertThatThrownBy(() -> f.apply(List.of(Np.ones(8, 2), Np.ones(2))))
        .hasMessageContaining("1 for 2 tensors")
        .hasMessageContaining("JitPlacementTest.java:");
  }
}
