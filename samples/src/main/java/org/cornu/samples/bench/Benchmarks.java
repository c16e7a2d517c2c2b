package org.cornu.samples.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.cornu.cli.BenchmarkProvider;
import org.cornu.cli.Console;
import org.cornu.saving.Json;
import org.cornu.tracer.Jit1;
import org.cornu.tracer.Jit2;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/** The workloads of {@code cornu bench}. */
public final class Benchmarks implements BenchmarkProvider {
  private interface Workload {
    void run(Timing timing, int steps);
  }

  private static final Map<String, Workload> WORKLOADS = new TreeMap<>();

  static {
    WORKLOADS.put("dispatch_scalar", (t, n) -> scalar(t, n, false));
    WORKLOADS.put("dispatch_sync", (t, n) -> scalar(t, n, true));
    WORKLOADS.put("dispatch_200", Benchmarks::many);
    WORKLOADS.put("matmul_256", (t, n) -> matmul(t, n > 0 ? n : 300, 10, 256));
    WORKLOADS.put("matmul_1024", (t, n) -> matmul(t, n > 0 ? n : 60, 10, 1024));
    WORKLOADS.put("matmul_2048", (t, n) -> matmul(t, n > 0 ? n : 20, 5, 2048));
    WORKLOADS.put("mlp", MlpBench::run);
    WORKLOADS.put("startup", (t, n) -> startup(t));
    WORKLOADS.put("startup_train", (t, n) -> startupTrain(t));
  }

  @Override
  public Set<String> workloads() {
    return WORKLOADS.keySet();
  }

  @Override
  public int run(String workload, int steps, Console console) {
    Timing timing = new Timing(workload);
    java.util.Objects.requireNonNull(WORKLOADS.get(workload)).run(timing, steps);
    console.result("%s", Json.write(timing.finish()));
    return 0;
  }

  private static void scalar(Timing timing, int steps, boolean sync) {
    Jit1<Tensor, Tensor> f = Transforms.jit((Tensor x) -> x.add(1.0));
    Tensor[] x = {Tensor.of(0f)};
    Runnable block =
        () -> {
          Tensor value = x[0];
          for (int i = 0; i < 100; i++) {
            value = f.apply(value);
            if (sync) {
              value.await();
            }
          }
          value.await();
          x[0] = value;
        };
    for (int i = 0; i < 10; i++) {
      block.run();
    }
    timing.put("checksum", x[0].item());
    timing.measure(steps > 0 ? steps : 100, 100, block);
  }

  private static void many(Timing timing, int steps) {
    Jit1<List<Tensor>, List<Tensor>> f =
        Transforms.jit((List<Tensor> xs) -> xs.stream().map(x -> x.add(1.0)).toList()).donate(0);
    List<Tensor> start = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      float[] values = new float[16];
      java.util.Arrays.fill(values, i);
      start.add(Tensor.of(values));
    }
    List<List<Tensor>> state = new ArrayList<>(List.of(start));
    Runnable block =
        () -> {
          List<Tensor> value = state.get(0);
          for (int i = 0; i < 100; i++) {
            value = f.apply(value);
          }
          value.forEach(Tensor::await);
          state.set(0, value);
        };
    for (int i = 0; i < 10; i++) {
      block.run();
    }
    double sum = 0;
    for (Tensor t : state.get(0)) {
      for (float v : t.toFloatArray()) {
        sum += v;
      }
    }
    timing.put("checksum", sum);
    timing.measure(steps > 0 ? steps : 100, 100, block);
  }

  private static void matmul(Timing timing, int steps, int warmUp, int n) {
    Tensor a = Bench32.symmetric(10900, 1, n, n);
    Tensor b = Bench32.symmetric(10901, 1, n, n);
    Jit2<Tensor, Tensor, Tensor> f = Transforms.jit((Tensor x, Tensor y) -> x.matmul(y));
    Tensor[] c = new Tensor[1];
    for (int i = 0; i < warmUp; i++) {
      c[0] = f.apply(a, b).await();
    }
    double sum = 0;
    for (float v : c[0].toFloatArray()) {
      sum += (double) v * v;
    }
    timing.put("checksum", sum / ((double) n * n));
    timing.measure(
        steps,
        1,
        () -> {
          Tensor out = f.apply(a, b).await();
          out.close();
        });
    timing.put("gflops", 2.0 * n * n * n / (timing.median() * 1e6));
  }

  private static void startup(Timing timing) {
    Tensor x = Bench32.symmetric(10910, 1, 64, 64);
    Jit1<Tensor, Tensor> f = Transforms.jit((Tensor v) -> v.matmul(v.transpose(1, 0)).tanh().sum());
    timing.put("checksum", f.apply(x).item());
    timing.times(sinceSpawn());
  }

  private static void startupTrain(Timing timing) {
    MlpBench.Stepped out = MlpBench.jitted().apply(MlpBench.initial(), MlpBench.data().get(0));
    timing.put("checksum", out.loss().item());
    timing.times(sinceSpawn());
  }

  /**
   * Milliseconds since the process was started, as the caller noted it, or the Java machine did.
   */
  private static double sinceSpawn() {
    String spawned = System.getenv("BENCH_T0_NS");
    double now = System.currentTimeMillis();
    if (spawned != null) {
      java.time.Instant instant = java.time.Instant.now();
      return instant.getEpochSecond() * 1e3
          + instant.getNano() * 1e-6
          - Double.parseDouble(spawned) * 1e-6;
    }
    return now - java.lang.management.ManagementFactory.getRuntimeMXBean().getStartTime();
  }
}
