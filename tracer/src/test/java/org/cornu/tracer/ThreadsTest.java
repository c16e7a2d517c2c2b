package org.cornu.tracer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.cornu.tracer.Transforms.grad;
import static org.cornu.tracer.Transforms.jit;
import static org.cornu.tracer.Transforms.valueAndGrad;
import static org.cornu.tracer.Transforms.vmap;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.cornu.ops.Lax;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.runtime.ProgramCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Eight threads at once, and what is compiled how often. */
@Isolated("counts compiled programs")
class ThreadsTest {
  private static final int THREADS = 8;

  record Params(List<Tensor> weights, Tensor bias) {}

  /** Runs a task per thread, all starting together, and returns what they return. */
  private static <T> List<T> together(IntFunction<Callable<T>> task) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      CyclicBarrier start = new CyclicBarrier(THREADS);
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Callable<T> body = task.apply(i);
        futures.add(
            pool.submit(
                () -> {
                  start.await();
                  return body.call();
                }));
      }
      List<T> out = new ArrayList<>();
      for (Future<T> future : futures) {
        out.add(future.get(2, TimeUnit.MINUTES));
      }
      return out;
    } finally {
      pool.shutdownNow();
    }
  }

  private static Params params(int i) {
    return new Params(
        List.of(Tensor.of(new float[] {i, 1, 2}), Tensor.of(new float[] {0.5f, i, -1})),
        Tensor.of((float) i));
  }

  private static Tensor loss(Params p, Tensor x) {
    Tensor h = p.weights().get(0).mul(x).tanh().mul(p.weights().get(1));
    return h.sum().add(p.bias()).square();
  }

  @Test
  void oneFunctionCalledByAllIsCompiledOnce() throws Exception {
    Jit2<Params, Tensor, ValueAndGrad<Params>> step = jit(valueAndGrad(ThreadsTest::loss));
    Tensor x = Tensor.of(new float[] {0.25f, -0.5f, 1});
    List<Params> all = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      all.add(params(i));
    }
    long before = ProgramCache.compiledCount();
    List<float[]> got =
        together(
            i ->
                () -> {
                  ValueAndGrad<Params> last = step.apply(all.get(i), x);
                  for (int k = 0; k < 20; k++) {
                    last = step.apply(all.get(i), x);
                  }
                  return last.grad().weights().get(1).toFloatArray();
                });
    assertThat(ProgramCache.compiledCount() - before).isEqualTo(1);
    assertThat(step.cacheSize()).isEqualTo(1);
    for (int i = 0; i < THREADS; i++) {
      float[] alone = step.apply(all.get(i), x).grad().weights().get(1).toFloatArray();
      assertThat(got.get(i)).containsExactly(alone);
    }
  }

  @Test
  void tracingAtOnceMixesNothing() throws Exception {
    Tensor x = Tensor.of(new double[] {0.5, -1, 2});
    // Every thread builds functions of its own, of which two and two are the same program.
    IntFunction<double[]> work =
        i -> {
          double factor = 1 + i / 2;
          F1<Tensor, Tensor> f =
              v ->
                  Lax.scan(
                          (Tensor c, Tensor e) ->
                              new Lax.Step<>(c.mul(factor).add(e.tanh()), c.mul(e)),
                          v.sum(),
                          v)
                      .ys()
                      .sum();
          return jit(vmap(grad(f), Axes.all(0), 0))
              .apply(Lax.broadcastInDim(x, Shape.of(2, 3), 1))
              .toDoubleArray();
        };
    for (int round = 0; round < 3; round++) {
      ProgramCache.clear();
      long before = ProgramCache.compiledCount();
      Tensor warm = Lax.broadcastInDim(x, Shape.of(2, 3), 1);
      assertThat(warm.size(0)).isEqualTo(2);
      List<double[]> got = together(i -> () -> work.apply(i));
      assertThat(ProgramCache.compiledCount() - before).isEqualTo(1 + THREADS / 2);
      for (int i = 0; i < THREADS; i++) {
        assertThat(got.get(i)).containsExactly(work.apply(i), within(1e-12));
      }
    }
  }

  @Test
  void scopesAndDonationBelongToTheirThreads() throws Exception {
    Jit1<Tensor, Tensor> step = jit((Tensor v) -> v.add(1.0)).donate(0);
    List<Double> sums =
        together(
            i ->
                () -> {
                  Tensor state = Tensor.of(new float[] {i, i, i});
                  Tensor kept;
                  try (Scope scope = Scope.open()) {
                    for (int k = 0; k < 50; k++) {
                      state = step.apply(state);
                      Tensor unused = state.mul(2.0);
                      assertThat(unused.size(0)).isEqualTo(3);
                    }
                    kept = scope.keep(state.sum());
                  }
                  return kept.item();
                });
    for (int i = 0; i < THREADS; i++) {
      assertThat(sums.get(i)).isEqualTo(3.0 * (i + 50));
    }
  }

  @Test
  void aFailingTraceLeavesItsThreadAndTheOthersClean() throws Exception {
    Tensor x = Tensor.of(new float[] {1, 2, 3});
    Jit1<Tensor, Tensor> sometimes =
        jit(
            (Tensor v) -> {
              if (Thread.currentThread().getName().endsWith("1")) {
                throw new IllegalStateException("the user's");
              }
              return v.sum();
            });
    List<Boolean> failed =
        together(
            i ->
                () -> {
                  boolean threw = false;
                  try {
                    assertThat(sometimes.apply(x).item()).isEqualTo(6);
                  } catch (IllegalStateException e) {
                    threw = true;
                  }
                  assertThat(Trace.current()).isNull();
                  assertThat(x.add(1.0).sum().item()).isEqualTo(9);
                  return threw;
                });
    assertThat(failed).contains(false);
    assertThat(sometimes.apply(x).item()).isEqualTo(6);
  }

  @Test
  void aTracedTensorOfAnotherThreadIsRefused() {
    AtomicReference<Throwable> seen = new AtomicReference<>();
    jit((Tensor v) -> {
          Thread other =
              new Thread(
                  () -> {
                    try {
                      jit((Tensor w) -> w.add(v)).apply(Tensor.of(1f));
                    } catch (IllegalStateException e) {
                      seen.set(e);
                    }
                  });
          other.start();
          try {
            other.join();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return v;
        })
        .apply(Tensor.of(2f));
    assertThat(seen.get())
        .hasMessageContaining("belongs to one thread")
        .hasMessageContaining("ThreadsTest.java:");
  }

  @Test
  void tracingAgainCompilesNothing() {
    Tensor x = Tensor.of(new float[] {1, 2, 3});
    Runnable run =
        () ->
            jit((Tensor v) -> vmap(grad((Tensor e) -> e.mul(e).tanh())).apply(v)).apply(x).close();
    run.run();
    long before = ProgramCache.compiledCount();
    for (int i = 0; i < 5; i++) {
      run.run();
    }
    assertThat(ProgramCache.compiledCount()).isEqualTo(before);
  }

  @Test
  void eagerTransformsReuseTheirPrograms() {
    Tensor x = Tensor.of(new float[] {1, 2, 3});
    Tensor rows = Tensor.of(new float[][] {{1, 2, 3}, {4, 5, 6}});
    Runnable all =
        () -> {
          F1<Tensor, Tensor> f = v -> v.tanh().mul(v).sum();
          grad(f).apply(x);
          valueAndGrad(f).apply(x);
          Transforms.jvp(f, x, x);
          Transforms.vjp(f, x).pullback().apply(Tensor.of(1f));
          Transforms.linearize(f, x).linear().apply(x);
          vmap(grad(f)).apply(rows);
          Transforms.hessian(f).apply(x);
          Transforms.remat(f).apply(x);
          Lax.cond(Tensor.of(true), () -> x, () -> x.neg());
          Lax.foriLoop(0, 3, (i, c) -> c.mul(2.0), x);
        };
    all.run();
    long before = ProgramCache.compiledCount();
    for (int i = 0; i < 3; i++) {
      all.run();
    }
    assertThat(ProgramCache.compiledCount()).isEqualTo(before);
    assertThatThrownBy(() -> grad((Tensor v) -> v).apply(x)).hasMessageContaining("scalar");
  }
}
