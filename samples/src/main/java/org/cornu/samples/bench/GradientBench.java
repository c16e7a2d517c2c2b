package org.cornu.samples.bench;

import java.util.Collection;
import java.util.Map;
import org.cornu.ops.Np;
import org.cornu.tracer.Axes;
import org.cornu.tracer.F2;
import org.cornu.tracer.Jit2;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.cornu.tracer.Trees;

/** Per-example gradients and gradients of gradients of the multi-layer perceptron. */
final class GradientBench {
  private static final int BATCH = 64;
  private static final int WARM_UP = 5;

  /** The mean of the clipped gradients, and the norm of each example's gradient. */
  record Clipped(Map<String, Tensor> mean, Tensor norms) {}

  private GradientBench() {}

  private static TrainBench.Batch data() {
    return new TrainBench.Batch(
        Bench32.symmetric(10110, BATCH, 784), Bench32.integers(10111, 10, BATCH));
  }

  private static Clipped clipped(Map<String, Tensor> p, TrainBench.Batch batch) {
    F2<Map<String, Tensor>, TrainBench.Batch, Map<String, Tensor>> one =
        Transforms.grad(
            (Map<String, Tensor> q, TrainBench.Batch example) ->
                SmallModels.mlpLoss(
                    q, new TrainBench.Batch(example.x().expandDims(0), example.y().expandDims(0))));
    Map<String, Tensor> all = Transforms.vmap(one, Axes.of(Axes.NONE, 0), 0).apply(p, batch);
    Tensor square = null;
    for (Tensor g : all.values()) {
      Tensor sum = g.reshape(BATCH, -1).square().sum(-1);
      square = square == null ? sum : square.add(sum);
    }
    Tensor norms = java.util.Objects.requireNonNull(square).sqrt();
    Tensor factor = Np.minimum(Np.divide(1.0, norms), 1.0);
    Map<String, Tensor> mean = Trees.map(all, g -> Np.tensordot(factor, g, 1).div(BATCH));
    return new Clipped(mean, norms);
  }

  static void perExample(Timing timing, int steps) {
    Jit2<Map<String, Tensor>, TrainBench.Batch, Clipped> f = Transforms.jit(GradientBench::clipped);
    Clipped out = run(timing, steps > 0 ? steps : 20, f);
    double sum = 0;
    for (float n : out.norms().toFloatArray()) {
      sum += n;
    }
    timing.put("checksum", sum);
    timing.put("checksum_mean_grad_norm", norm(out.mean().values()));
  }

  private static Tensor halfSquare(Map<String, Tensor> p, TrainBench.Batch batch) {
    Map<String, Tensor> g =
        Transforms.grad(
                (Map<String, Tensor> q, TrainBench.Batch b) ->
                    Losses.crossEntropy(SmallModels.mlp(q, b.x(), Tensor::tanh), b.y()))
            .apply(p, batch);
    return g.values().stream()
        .map(t -> t.square().sum())
        .reduce(Tensor::add)
        .orElseThrow()
        .mul(0.5);
  }

  static void gradientOfGradient(Timing timing, int steps) {
    Jit2<Map<String, Tensor>, TrainBench.Batch, Map<String, Tensor>> f =
        Transforms.jit(Transforms.grad(GradientBench::halfSquare));
    timing.put("checksum", norm(run(timing, steps > 0 ? steps : 60, f).values()));
  }

  /** Warms up, measures, and returns one result. */
  private static <R> R run(
      Timing timing, int steps, Jit2<Map<String, Tensor>, TrainBench.Batch, R> f) {
    Map<String, Tensor> p = SmallModels.mlp();
    TrainBench.Batch batch = data();
    for (int i = 0; i < WARM_UP; i++) {
      await(f.apply(p, batch));
    }
    timing.measure(steps, 1, () -> await(f.apply(p, batch)));
    return f.apply(p, batch);
  }

  private static void await(Object tree) {
    Trees.leaves(tree)
        .forEach(
            t -> {
              t.await();
              t.close();
            });
  }

  private static double norm(Collection<Tensor> tensors) {
    double sum = 0;
    for (Tensor t : tensors) {
      for (float v : t.toFloatArray()) {
        sum += (double) v * v;
      }
    }
    return Math.sqrt(sum);
  }
}
