package org.cornu.samples.digits;

import static org.cornu.tracer.Transforms.jit;
import static org.cornu.tracer.Transforms.valueAndGrad;

import java.util.Locale;
import java.util.SplittableRandom;
import org.cornu.cli.Console;
import org.cornu.cli.SampleOptions;
import org.cornu.cli.SampleProvider;
import org.cornu.ops.ConvOptions;
import org.cornu.ops.Lax;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.ops.Padding;
import org.cornu.ops.Random;
import org.cornu.optim.Optim;
import org.cornu.optim.RuleState;
import org.cornu.optim.Transformation;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Jit2;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.ValueAndGrad;

/**
 * {@code cornu train digits-functional}: the digits in functional style. Parameters are a record,
 * the gradient of the loss is that record again, and a step is one jitted function whose state is
 * donated.
 */
public final class FunctionalDigits implements SampleProvider {
  private static final int HELD = 360;
  private static final int EPOCHS = 20;
  private static final int BATCH = 64;

  /** Kernel and bias of a convolution or a matrix product. */
  record Linear(Tensor kernel, Tensor bias) {
    static Linear init(Tensor key, long... dims) {
      Shape shape = Shape.of(dims);
      double receptive = shape.slice(0, shape.rank() - 2).count();
      double limit = Math.sqrt(6 / (receptive * (shape.dim(-2) + shape.dim(-1))));
      return new Linear(
          Random.uniform(key, -limit, limit, DType.F32, dims),
          Lax.full(DType.F32, 0, shape.dim(-1)));
    }

    Tensor convolve(Tensor x) {
      return Nn.conv(x, kernel, ConvOptions.DEFAULT.padding(Padding.SAME)).add(bias);
    }

    Tensor apply(Tensor x) {
      return x.matmul(kernel).add(bias);
    }
  }

  /** All parameters. */
  record Params(Linear first, Linear second, Linear hidden, Linear out) {
    static Params init(long seed) {
      Tensor keys = Random.split(Random.key(seed), 4);
      return new Params(
          Linear.init(Random.keyAt(keys, 0), 3, 3, 1, 32),
          Linear.init(Random.keyAt(keys, 1), 3, 3, 32, 64),
          Linear.init(Random.keyAt(keys, 2), 1024, 128),
          Linear.init(Random.keyAt(keys, 3), 128, 10));
    }

    /** Logits of images {@code [batch, 8, 8, 1]}. */
    Tensor apply(Tensor images) {
      Tensor x = Nn.relu(first.convolve(images.mul(1.0 / 16)));
      x = Nn.maxPool(Nn.relu(second.convolve(x)), 2, 2);
      x = x.reshape(x.size(0), 1024);
      return out.apply(Nn.relu(hidden.apply(x)));
    }
  }

  /** Images and labels of one step. */
  record Batch(Tensor images, Tensor labels) {}

  /** What a step hands to the next. */
  record State(Params params, RuleState optimizer) {}

  /** A step's result. */
  record Stepped(State state, Tensor loss) {}

  /** Mean cross-entropy of the batch. */
  static Tensor loss(Params p, Batch batch) {
    Tensor logs = Nn.logSoftmax(p.apply(batch.images()), -1);
    Tensor picked = Np.equal(batch.labels().expandDims(-1), Lax.iota(DType.I32, 10));
    return Np.where(picked, logs, 0.0).sum(-1).neg().mean();
  }

  @Override
  public String name() {
    return "digits-functional";
  }

  @Override
  public String description() {
    return "the same digits with parameters in a record, jit, grad and a functional optimizer";
  }

  @Override
  public int run(SampleOptions options, Console console) {
    Digits.Split split = Digits.split(options.seed(), HELD);
    Transformation<RuleState> adam = Optim.adam(1e-3);
    Jit2<State, Batch, Stepped> step =
        jit((State state, Batch batch) -> {
              ValueAndGrad<Params> vg =
                  valueAndGrad(FunctionalDigits::loss).apply(state.params(), batch);
              Transformation.Step<Params, RuleState> next =
                  adam.update(vg.grad(), state.optimizer(), state.params());
              return new Stepped(new State(next.params(), next.state()), vg.value());
            })
            .donate(0);
    Params params = Params.init(options.seed());
    State state = new State(params, adam.init(params));
    int size = options.batchSize().orElse(BATCH);
    int samples = split.train().images().size(0) / size * size;
    SplittableRandom random = new SplittableRandom(options.seed());
    for (int epoch = 0; epoch < options.epochs().orElse(EPOCHS); epoch++) {
      int[] order = random.ints(samples, 0, samples).toArray();
      double total = 0;
      for (int i = 0; i < samples; i += size) {
        Tensor rows = Tensor.of(java.util.Arrays.copyOfRange(order, i, i + size));
        Batch batch =
            new Batch(split.train().images().take(rows, 0), split.train().labels().take(rows, 0));
        Stepped out = step.apply(state, batch);
        state = out.state();
        total += out.loss().item();
      }
      console.note("Epoch %d - loss: %.4f", epoch + 1, total / (samples / size));
    }
    Batch test = new Batch(split.test().images(), split.test().labels());
    Tensor logits = jit((Params p, Tensor x) -> p.apply(x)).apply(state.params(), test.images());
    double accuracy = Np.equal(logits.argmax(-1), test.labels()).astype(DType.F32).mean().item();
    double loss = jit(FunctionalDigits::loss).apply(state.params(), test).item();
    console.result(
        "%s", String.format(Locale.ROOT, "test_loss=%.6f test_accuracy=%.6f", loss, accuracy));
    return 0;
  }
}
