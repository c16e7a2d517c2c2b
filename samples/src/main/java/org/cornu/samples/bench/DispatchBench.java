package org.cornu.samples.bench;

import java.util.ArrayList;
import java.util.List;
import org.cornu.tracer.Jit1;
import org.cornu.tracer.Jit2;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/** Calls of small programs, matrix products, and the way to the first result. */
final class DispatchBench {
  private DispatchBench() {}

  static void scalar(Timing timing, int steps, boolean sync) {
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

  static void many(Timing timing, int steps) {
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

  static void matmul(Timing timing, int steps, int warmUp, int n) {
    Tensor a = Bench32.symmetric(10900, n, n);
    Tensor b = Bench32.symmetric(10901, n, n);
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

  static void startup(Timing timing) {
    Tensor x = Bench32.symmetric(10910, 64, 64);
    Jit1<Tensor, Tensor> f = Transforms.jit((Tensor v) -> v.matmul(v.transpose(1, 0)).tanh().sum());
    timing.put("checksum", f.apply(x).item());
    timing.times(Timing.sinceSpawn());
  }
}
