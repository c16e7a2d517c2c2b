package org.cornu.samples.bench;

import java.util.ArrayList;
import java.util.List;
import org.cornu.ops.Lax;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Jit2;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.cornu.tracer.ValueAndGrad;

/** 784-512-512-10 with relu, batch 128, Adam with the textbook's epsilon. */
final class MlpBench {
  private static final int[] SIZES = {784, 512, 512, 10};
  private static final int BATCHES = 8;

  /** Parameters, first and second moments, and the number of steps so far. */
  record State(List<Tensor> p, List<Tensor> m, List<Tensor> v, Tensor t) {}

  /** One batch. */
  record Batch(Tensor x, Tensor y) {}

  /** What a step returns. */
  record Stepped(State state, Tensor loss) {}

  private MlpBench() {}

  static State initial() {
    List<Tensor> p = new ArrayList<>();
    List<Tensor> m = new ArrayList<>();
    List<Tensor> v = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      float scale = (float) Math.sqrt(6.0 / (SIZES[i] + SIZES[i + 1]));
      p.add(Bench32.symmetric(100 + 2 * i, scale, SIZES[i], SIZES[i + 1]));
      p.add(Tensor.of(new float[SIZES[i + 1]]));
    }
    for (Tensor t : p) {
      m.add(Np.zerosLike(t));
      v.add(Np.zerosLike(t));
    }
    return new State(p, m, v, Tensor.of(0f));
  }

  static List<Batch> data() {
    List<Batch> out = new ArrayList<>();
    Tensor x = Bench32.symmetric(10100, 1, BATCHES, 128, 784);
    Tensor y = Bench32.integers(10101, 10, BATCHES, 128);
    for (int i = 0; i < BATCHES; i++) {
      out.add(
          new Batch(
              Lax.reshape(Lax.sliceInDim(x, i, i + 1, 1, 0), 128, 784),
              Lax.reshape(Lax.sliceInDim(y, i, i + 1, 1, 0), 128)));
    }
    return out;
  }

  static Tensor loss(List<Tensor> p, Batch batch) {
    Tensor h = Nn.relu(batch.x().matmul(p.get(0)).add(p.get(1)));
    h = Nn.relu(h.matmul(p.get(2)).add(p.get(3)));
    Tensor logits = h.matmul(p.get(4)).add(p.get(5));
    Tensor logs = Nn.logSoftmax(logits, -1);
    Tensor picked = Np.equal(Np.expandDims(batch.y(), -1), Lax.iota(DType.I32, 10));
    return Np.where(picked, logs, Lax.fullLike(logs, 0)).sum(-1).neg().mean();
  }

  static Stepped step(State s, Batch batch) {
    ValueAndGrad<List<Tensor>> vg = Transforms.valueAndGrad(MlpBench::loss).apply(s.p(), batch);
    Tensor t = s.t().add(1.0);
    Tensor c1 = Np.power(Lax.fullLike(t, 0.9), t).neg().add(1.0);
    Tensor c2 = Np.power(Lax.fullLike(t, 0.999), t).neg().add(1.0);
    List<Tensor> p = new ArrayList<>();
    List<Tensor> ms = new ArrayList<>();
    List<Tensor> vs = new ArrayList<>();
    for (int i = 0; i < s.p().size(); i++) {
      Tensor g = vg.grad().get(i);
      Tensor m = s.m().get(i).mul(0.9).add(g.mul(0.1));
      Tensor v = s.v().get(i).mul(0.999).add(g.mul(g).mul(0.001));
      Tensor move = m.div(c1).mul(1e-3).div(v.div(c2).sqrt().add(1e-8));
      p.add(s.p().get(i).sub(move));
      ms.add(m);
      vs.add(v);
    }
    return new Stepped(new State(p, ms, vs, t), vg.value());
  }

  static Jit2<State, Batch, Stepped> jitted() {
    return Transforms.jit(MlpBench::step).donate(0);
  }

  static void run(Timing timing, int steps) {
    List<Batch> data = data();
    Jit2<State, Batch, Stepped> step = jitted();
    State start = initial();
    State state = initial();
    Tensor loss = null;
    int done = 0;
    for (; done < 10; done++) {
      Stepped out = step.apply(state, data.get(done % BATCHES));
      state = out.state();
      loss = out.loss();
      if (done == 0) {
        timing.put("checksum_first", loss.item());
      }
    }
    timing.put("checksum", java.util.Objects.requireNonNull(loss).item());
    double update = 0;
    for (int i = 0; i < start.p().size(); i++) {
      float[] before = start.p().get(i).toFloatArray();
      float[] after = state.p().get(i).toFloatArray();
      for (int k = 0; k < before.length; k++) {
        double d = (double) after[k] - before[k];
        update += d * d;
      }
    }
    timing.put("checksum_update", update);
    State[] current = {state};
    int[] number = {done};
    timing.measure(
        steps > 0 ? steps : 200,
        1,
        () -> {
          Stepped out = step.apply(current[0], data.get(number[0]++ % BATCHES));
          current[0] = out.state();
          out.loss().await();
          out.state().p().forEach(Tensor::await);
          out.state().m().forEach(Tensor::await);
          out.state().v().forEach(Tensor::await);
        });
  }
}
