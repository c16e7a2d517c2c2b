package org.cornu.tests.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.cornu.layers.Dense;
import org.cornu.layers.Input;
import org.cornu.models.Sequential;
import org.cornu.ops.Np;
import org.cornu.ops.Random;
import org.cornu.optimizers.Adam;
import org.cornu.pjrt.Device;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Jit3;
import org.cornu.tracer.Scope;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.cornu.tracer.Trees;
import org.cornu.tracer.runtime.Backend;
import org.cornu.tracer.runtime.ProgramCache;
import org.junit.jupiter.api.Test;

/**
 * Trains for many steps and watches what lives on the device. {@code -Psoak} takes 20,000 steps in
 * place of 1,500.
 */
@SuppressWarnings({"NullAway", "ModifiedButNotUsed"}) // a missing number fails the test
class LeakTest {
  private static final int STEPS = Integer.getInteger("cornu.test.soakSteps", 1500);

  private static Device device() {
    return Backend.current().defaultDevice();
  }

  /** Frees what garbage still holds, so that the counters tell of live objects alone. */
  private static void settle() {
    long before = -1;
    // The cleaner's thread needs a moment, on a busy machine several: equal three times in a row.
    for (int i = 0, equal = 0; i < 100 && equal < 3; i++) {
      System.gc();
      LockSupport.parkNanos(20_000_000);
      long now = device().liveBuffers();
      equal = now == before ? equal + 1 : 0;
      before = now;
    }
  }

  record Params(Tensor w1, Tensor b1, Tensor w2, Tensor b2) {
    Tensor at(Tensor x) {
      return Np.add(Np.matmul(Np.tanh(Np.add(Np.matmul(x, w1), b1)), w2), b2);
    }
  }

  private static Params step(Params p, Tensor x, Tensor y) {
    Params gradient =
        Transforms.grad((Params q) -> Np.mean(Np.square(Np.subtract(q.at(x), y)))).apply(p);
    return Trees.map(p, gradient, (w, g) -> Np.subtract(w, Np.multiply(g, 0.05)));
  }

  @Test
  void donatedStepsLeaveNothingBehind() {
    Tensor key = Random.key(1);
    Tensor x = Random.normal(key, DType.F32, 32, 8);
    Tensor y = Np.sin(Np.sum(x, true, 1));
    Params params =
        new Params(
            Np.multiply(Random.normal(Random.foldIn(key, 1), DType.F32, 8, 16), 0.3),
            Np.zeros(DType.F32, 16),
            Np.multiply(Random.normal(Random.foldIn(key, 2), DType.F32, 16, 1), 0.3),
            Np.zeros(DType.F32, 1));
    Jit3<Params, Tensor, Tensor, Params> step = Transforms.jit(LeakTest::step).donate(0);
    params = step.apply(params, x, y);
    params.w1().await();
    settle();
    long buffers = device().liveBuffers();
    long bytes = device().bytesInUse();
    long programs = ProgramCache.compiledCount();
    long most = 0;
    for (int i = 0; i < STEPS; i++) {
      params = step.apply(params, x, y);
      most = Math.max(most, device().liveBuffers());
    }
    params.w1().await();
    // Donation hands the memory over within the call: flat without any collection.
    assertThat(most).as("most live buffers after a step").isLessThanOrEqualTo(buffers);
    assertThat(device().liveBuffers()).isLessThanOrEqualTo(buffers);
    assertThat(device().bytesInUse()).isLessThanOrEqualTo(bytes);
    assertThat(ProgramCache.compiledCount()).as("programs compiled").isEqualTo(programs);
    assertThat(params.w1().toFloatArray()).doesNotContain(Float.NaN);
  }

  @Test
  void trainingAModelLeavesNothingBehind() {
    Sequential model = new Sequential(Input.of(8), new Dense(16).activation("relu"), new Dense(1));
    model.compile(new Adam(1e-3), "mean_squared_error");
    Tensor x = Random.normal(Random.key(2), DType.F32, 32, 8);
    Tensor y = Np.sum(x, true, 1);
    model.trainOnBatch(x, y);
    settle();
    long buffers = device().liveBuffers();
    long bytes = device().bytesInUse();
    int steps = STEPS / 3;
    double first = model.trainOnBatch(x, y).get("loss");
    double last = first;
    for (int i = 0; i < steps; i++) {
      last = model.trainOnBatch(x, y).get("loss");
    }
    settle();
    assertThat(device().liveBuffers()).isLessThanOrEqualTo(buffers);
    assertThat(device().bytesInUse()).isLessThanOrEqualTo(bytes);
    assertThat(last).isLessThan(first);
  }

  @Test
  void aScopeFreesEagerResultsAtItsEnd() {
    Tensor x = Random.normal(Random.key(3), DType.F32, 16, 16);
    Np.tanh(Np.matmul(x, x)).close();
    settle();
    long buffers = device().liveBuffers();
    for (int i = 0; i < 100; i++) {
      try (Scope scope = Scope.open()) {
        Np.tanh(Np.matmul(x, x));
      }
      assertThat(device().liveBuffers()).isLessThanOrEqualTo(buffers);
    }
  }

  @Test
  void whatNobodyHoldsIsCollected() {
    settle();
    long buffers = device().liveBuffers();
    List<Tensor> held = new java.util.ArrayList<>();
    for (int i = 0; i < 50; i++) {
      held.add(Tensor.of(new float[1000]));
    }
    assertThat(device().liveBuffers()).isGreaterThanOrEqualTo(buffers + 50);
    held.clear();
    settle();
    assertThat(device().liveBuffers()).isLessThanOrEqualTo(buffers);
  }
}
