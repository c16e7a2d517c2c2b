package org.cornu.cli;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.cornu.ops.Attention;
import org.cornu.ops.Lax;
import org.cornu.ops.Nn;
import org.cornu.optim.Optim;
import org.cornu.optim.Transformation;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.cornu.tracer.ValueAndGrad;

/**
 * A training step of a small model that has a bit of all: embedding, attention, convolution,
 * pooling, a scan. Tracing and printing it loads nearly all classes that a training program needs
 * before it is compiled.
 */
final class WarmUpStep {
  // Large enough for boundaries on the residual stream.
  private static final int TIME = 64;
  private static final int WIDTH = 32;

  private WarmUpStep() {}

  /** Parameters and the state of the optimizer. */
  record State<S>(Map<String, Tensor> parameters, S optimizer) {}

  /** What a step returns. */
  record Stepped<S>(State<S> state, Tensor loss) {}

  /** The StableHLO text of the step with AdamW. */
  static String text() {
    return text(Optim.adamW(1e-3, 0.1));
  }

  private static <S> String text(Transformation<S> optimizer) {
    Map<String, Tensor> p = new TreeMap<>();
    p.put("embedding", ones(16, WIDTH));
    p.put("scale", ones(WIDTH));
    p.put("bias", ones(WIDTH));
    p.put("qkv", ones(WIDTH, 3 * WIDTH));
    p.put("kernel", ones(2, 2, 1, 2));
    p.put("recurrent", ones(WIDTH, WIDTH));
    p.put("head", ones(WIDTH, 16));
    Tensor tokens = Lax.full(DType.I32, 1, 2, TIME);
    return Transforms.jit(
            (State<S> state, Tensor batch) -> {
              ValueAndGrad<Map<String, Tensor>> vg =
                  Transforms.valueAndGrad(WarmUpStep::loss).apply(state.parameters(), batch);
              Transformation.Step<Map<String, Tensor>, S> next =
                  optimizer.update(vg.grad(), state.optimizer(), state.parameters());
              return new Stepped<>(new State<>(next.params(), next.state()), vg.value());
            })
        .donate(0)
        .lower(new State<>(p, optimizer.init(p)), tokens)
        .text();
  }

  private static Tensor ones(long... shape) {
    return Lax.full(DType.F32, 1, shape);
  }

  private static Tensor at(Map<String, Tensor> p, String name) {
    return Objects.requireNonNull(p.get(name), name);
  }

  private static Tensor loss(Map<String, Tensor> p, Tensor tokens) {
    Tensor x = at(p, "embedding").take(tokens, 0);
    Tensor normal = Nn.layerNormalization(x, at(p, "scale"), at(p, "bias"), 1e-5);
    List<Tensor> heads =
        normal.matmul(at(p, "qkv")).split(3, -1).stream()
            .map(t -> t.reshape(2, TIME, 2, WIDTH / 2))
            .toList();
    Tensor mixed =
        Nn.dotProductAttention(
            heads.get(0), heads.get(1), heads.get(2), Attention.DEFAULT.causal(true));
    x = x.add(Nn.gelu(mixed.reshape(2, TIME, WIDTH), true));
    Tensor image = x.reshape(2, TIME, WIDTH, 1);
    Tensor pooled = Nn.maxPool(Nn.relu(Nn.conv(image, at(p, "kernel"))), 2);
    Tensor last =
        Lax.scan(
                (Tensor h, Tensor step) ->
                    new Lax.Step<Tensor, List<Tensor>>(
                        Nn.sigmoid(step.add(h.matmul(at(p, "recurrent")))).mul(h.tanh()),
                        List.of()),
                ones(2, WIDTH),
                x.swapaxes(0, 1))
            .carry();
    Tensor logits = last.matmul(at(p, "head")).add(pooled.mean());
    Tensor labels = Lax.full(DType.I32, 1, 2);
    return Nn.sparseCategoricalCrossentropy(labels, logits, true, -1).mean();
  }
}
