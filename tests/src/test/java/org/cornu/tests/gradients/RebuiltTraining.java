package org.cornu.tests.gradients;

import java.util.ArrayList;
import java.util.List;
import org.cornu.ops.ConvOptions;
import org.cornu.ops.Lax;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.ops.Padding;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.cornu.tracer.Trees;
import org.cornu.tracer.ValueAndGrad;

/** Steps of training, and a recurrent network, that JAX recorded. */
final class RebuiltTraining {
  private RebuiltTraining() {}

  // ---- a convolutional classifier under gradient descent with momentum

  private record ConvNet(Tensor kernel, Tensor bias, Tensor weights, Tensor offsets) {
    Tensor logits(Tensor images) {
      Tensor maps = Nn.conv(images, kernel, ConvOptions.DEFAULT.padding(Padding.SAME));
      Tensor pooled = Nn.maxPool(Nn.relu(Np.add(maps, bias)), 2, 2);
      Tensor flat = Np.reshape(pooled, images.shape().dim(0), -1);
      return Np.add(Np.matmul(flat, weights), offsets);
    }
  }

  /** Loss, new parameters, new velocities, and the classes found before the step. */
  static List<Tensor> convNetStep(List<Tensor> x) {
    ConvNet p = new ConvNet(x.get(0), x.get(1), x.get(2), x.get(3));
    ConvNet velocity = new ConvNet(x.get(4), x.get(5), x.get(6), x.get(7));
    Tensor images = x.get(8);
    Tensor labels = x.get(9);
    ValueAndGrad<ConvNet> vg =
        Transforms.valueAndGrad(
                (ConvNet q) -> {
                  Tensor logits = q.logits(images);
                  Tensor chosen = Np.takeAlongAxis(logits, Np.expandDims(labels, 1), 1);
                  Tensor losses = Np.subtract(Np.logsumexp(logits, 1), Np.squeeze(chosen, 1));
                  return Np.mean(losses);
                })
            .apply(p);
    ConvNet next = Trees.map(velocity, vg.grad(), (v, g) -> Np.add(Np.multiply(v, 0.9), g));
    ConvNet updated = Trees.map(p, next, (w, v) -> Np.subtract(w, Np.multiply(v, 0.1)));
    List<Tensor> out = new ArrayList<>(List.of(vg.value()));
    out.addAll(Trees.leaves(updated));
    out.addAll(Trees.leaves(next));
    out.add(Np.argmax(p.logits(images), 1));
    return out;
  }

  // ---- a block of a transformer under Adam

  /** In the order of the recording, that of the names. */
  private record Block(
      Tensor b1,
      Tensor b2,
      Tensor c1,
      Tensor c2,
      Tensor emb,
      Tensor g1,
      Tensor g2,
      Tensor o,
      Tensor pos,
      Tensor qkv,
      Tensor w1,
      Tensor w2) {
    static Block of(List<Tensor> x) {
      return new Block(
          x.get(0), x.get(1), x.get(2), x.get(3), x.get(4), x.get(5), x.get(6), x.get(7), x.get(8),
          x.get(9), x.get(10), x.get(11));
    }

    Tensor logits(Tensor tokens) {
      Tensor h = Np.add(Np.take(emb, tokens, 0), pos);
      h = Np.add(h, attention(norm(h, g1, b1)));
      Tensor inner = Nn.gelu(Np.add(Np.matmul(norm(h, g2, b2), w1), c1), true);
      h = Np.add(Np.add(h, Np.matmul(inner, w2)), c2);
      return Np.matmul(h, Np.transpose(emb));
    }

    private static Tensor norm(Tensor x, Tensor gamma, Tensor beta) {
      Tensor centred = Np.subtract(x, Np.mean(x, true, -1));
      Tensor unit = Np.multiply(centred, Lax.rsqrt(Np.add(Np.var(x, true, -1), 1e-5)));
      return Np.add(Np.multiply(unit, gamma), beta);
    }

    /** Two heads, causal. */
    private Tensor attention(Tensor x) {
      long batch = x.shape().dim(0);
      long time = x.shape().dim(1);
      List<Tensor> parts = Np.split(Np.matmul(x, qkv), 3, -1);
      List<Tensor> heads = parts.stream().map(t -> Np.reshape(t, batch, time, 2, 4)).toList();
      Tensor scores = Np.divide(Np.einsum("bqhd,bkhd->bhqk", heads.get(0), heads.get(1)), 2.0);
      Tensor mask = Np.tril(Np.ones(DType.BOOL, time, time));
      Tensor weights = Nn.softmax(Np.where(mask, scores, -1e9), -1);
      Tensor mixed = Np.einsum("bhqk,bkhd->bqhd", weights, heads.get(2));
      return Np.matmul(Np.reshape(mixed, batch, time, 8), o);
    }
  }

  /** Loss, new parameters, both moments, and the number of steps. */
  static List<Tensor> transformerStep(List<Tensor> x) {
    Block p = Block.of(x.subList(0, 12));
    Block first = Block.of(x.subList(12, 24));
    Block second = Block.of(x.subList(24, 36));
    Tensor step = Np.add(x.get(36), 1L);
    Tensor tokens = x.get(37);
    Tensor seen = Lax.sliceInDim(tokens, 0, 6, 1, 1);
    Tensor next = Lax.sliceInDim(tokens, 1, 7, 1, 1);
    ValueAndGrad<Block> vg =
        Transforms.valueAndGrad(
                (Block q) -> {
                  Tensor logs = Nn.logSoftmax(q.logits(seen), -1);
                  return Np.negative(Np.mean(Np.takeAlongAxis(logs, Np.expandDims(next, -1), -1)));
                })
            .apply(p);
    Block m =
        Trees.map(first, vg.grad(), (a, g) -> Np.add(Np.multiply(a, 0.9), Np.multiply(g, 0.1)));
    Block v =
        Trees.map(
            second,
            vg.grad(),
            (a, g) -> Np.add(Np.multiply(a, 0.999), Np.multiply(Np.multiply(g, 0.001), g)));
    Tensor t = Lax.convertElementType(step, DType.F32);
    Tensor one = Lax.full(DType.F32, 1);
    Tensor slow = Np.sqrt(Np.subtract(one, Np.power(Lax.full(DType.F32, 0.999), t)));
    Tensor fast = Np.subtract(one, Np.power(Lax.full(DType.F32, 0.9), t));
    Tensor rate = Np.multiply(Np.divide(slow, fast), 0.01);
    Block moves =
        Trees.map(m, v, (a, b) -> Np.divide(Np.multiply(rate, a), Np.add(Np.sqrt(b), 1e-8)));
    List<Tensor> out = new ArrayList<>(List.of(vg.value()));
    out.addAll(Trees.leaves(Trees.map(p, moves, Np::subtract)));
    out.addAll(Trees.leaves(m));
    out.addAll(Trees.leaves(v));
    out.add(step);
    return out;
  }

  // ---- a recurrent network

  private record State(Tensor h, Tensor c) {}

  /** Outputs of all steps, last output, last cell; gates in the order i, f, o, g. */
  static List<Tensor> lstm(List<Tensor> x) {
    Lax.Scanned<State, Tensor> run =
        Lax.scan(
            (State s, Tensor input) -> {
              Tensor gates =
                  Np.add(Np.add(Np.matmul(input, x.get(3)), Np.matmul(s.h(), x.get(4))), x.get(5));
              List<Tensor> g = Np.split(gates, 4, -1);
              Tensor kept = Np.multiply(Nn.sigmoid(g.get(1)), s.c());
              Tensor c = Np.add(kept, Np.multiply(Nn.sigmoid(g.get(0)), Np.tanh(g.get(3))));
              Tensor h = Np.multiply(Nn.sigmoid(g.get(2)), Np.tanh(c));
              return new Lax.Step<>(new State(h, c), h);
            },
            new State(x.get(1), x.get(2)),
            x.get(0));
    return List.of(run.ys(), run.carry().h(), run.carry().c());
  }
}
