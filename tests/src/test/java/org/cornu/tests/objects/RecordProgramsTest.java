package org.cornu.tests.objects;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.cornu.initializers.Initializers;
import org.cornu.losses.Losses;
import org.cornu.ops.Lax;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.optim.AverageState;
import org.cornu.optim.Optim;
import org.cornu.optim.Transformation;
import org.cornu.optimizers.Lion;
import org.cornu.optimizers.schedules.PiecewiseConstantDecay;
import org.cornu.saving.TreeFile;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.cornu.tracer.Trees;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small whole programs of people who keep parameters in records. */
final class RecordProgramsTest {
  record Linear(Tensor kernel, Tensor bias) {
    Tensor apply(Tensor x) {
      return x.matmul(kernel).add(bias);
    }
  }

  record Net(Map<String, Linear> parts) {
    Tensor apply(Tensor x) {
      return part("head").apply(Nn.relu(part("body").apply(x)));
    }

    private Linear part(String name) {
      return Objects.requireNonNull(parts.get(name));
    }
  }

  record Batch(Tensor x, Tensor y) {}

  private static final Net SHAPES =
      new Net(
          Map.of(
              "body", new Linear(Np.zeros(2, 8), Np.zeros(8)),
              "head", new Linear(Np.zeros(8, 2), Np.zeros(2))));

  @TempDir @Nullable Path folder;

  /** Points inside and outside of a circle: {@code [batches, size, 2]} and their classes. */
  private static Batch circles(int batches, int size) {
    Tensor angle = Lax.iota(DType.F32, (long) batches * size).mul(0.7);
    Tensor radius = Np.cast(Np.sin(angle.mul(3.1)).gt(0.0), DType.F32).add(0.5);
    Tensor x = Np.stack(List.of(Np.cos(angle).mul(radius), Np.sin(angle).mul(radius)), -1);
    Tensor y = radius.lt(1.0).astype(DType.I32);
    return new Batch(Np.reshape(x, batches, size, 2), Np.reshape(y, batches, size));
  }

  private static Tensor loss(Net net, Batch batch) {
    return Np.mean(
        Losses.sparseCategoricalCrossentropy(batch.y(), net.apply(batch.x()), true, null, -1));
  }

  /** An epoch is one scan over batches; body and head learn at different rates. */
  @Test
  void anEpochIsOneScan() {
    var optimizer =
        Optim.chain(
            Optim.clipByGlobalNorm(5),
            Optim.masked(path -> path.contains("body"), Optim.adam(0.05)),
            Optim.masked(
                path -> path.contains("head"),
                Optim.sgd(new PiecewiseConstantDecay(List.of(40.0), List.of(0.3, 0.1)), 0.9)));
    assertThat(lastLoss(optimizer)).isLessThan(0.1);
    assertThat(lastLoss(new Lion(0.01).functional())).isLessThan(0.4);
  }

  private static <S> double lastLoss(Transformation<S> optimizer) {
    record Carry<S>(Net net, S state) {}
    var epoch =
        Transforms.jit(
            (Carry<S> start, Batch batches) ->
                Lax.scan(
                    (Carry<S> c, Batch batch) -> {
                      var vg = Transforms.valueAndGrad(RecordProgramsTest::loss);
                      var of = vg.apply(c.net(), batch);
                      var step = optimizer.update(of.grad(), c.state(), c.net());
                      return new Lax.Step<>(new Carry<>(step.params(), step.state()), of.value());
                    },
                    start,
                    batches));
    Net net = Initializers.glorot(SHAPES, 1);
    Carry<S> carry = new Carry<>(net, optimizer.init(net));
    Batch batches = circles(8, 16);
    double last = Double.NaN;
    for (int i = 0; i < 12; i++) {
      var out = epoch.apply(carry, batches);
      carry = out.carry();
      last = Np.mean(out.ys()).item();
    }
    return last;
  }

  private static Net stacked(long... seeds) {
    List<List<Tensor>> leaves =
        LongStream.of(seeds)
            .mapToObj(seed -> Trees.leaves(Initializers.glorot(SHAPES, seed)))
            .toList();
    List<Tensor> out = new ArrayList<>();
    for (int i = 0; i < leaves.get(0).size(); i++) {
      int leaf = i;
      out.add(Np.stack(leaves.stream().map(of -> of.get(leaf)).toList(), 0));
    }
    return Trees.unflatten(Trees.structure(SHAPES), out);
  }

  /** Four nets with different seeds train in one program. */
  @Test
  void anEnsembleTrainsUnderVmap() {
    var optimizer = Optim.adamW(0.05, 1e-3);
    Net all = stacked(10, 20, 30, 40);
    var state = Transforms.vmap((Net net) -> optimizer.init(net)).apply(all);
    Batch batch = circles(1, 64);
    Batch one = new Batch(Np.squeeze(batch.x(), 0), Np.squeeze(batch.y(), 0));
    var step =
        Transforms.jit(
            Transforms.vmap(
                (Net net, List<Object> s) ->
                    optimizer.update(Transforms.grad((Net n) -> loss(n, one)).apply(net), s, net)));
    for (int i = 0; i < 40; i++) {
      var next = step.apply(all, state);
      all = next.params();
      state = next.state();
    }
    Tensor losses = Transforms.vmap((Net net) -> loss(net, one)).apply(all);
    assertThat(losses.shape().dims()).containsExactly(4);
    for (float value : losses.toFloatArray()) {
      assertThat(value).isLessThan(0.2f);
    }
  }

  /** A net from a file is tuned with its body frozen, averaged, and goes on where it stopped. */
  @Test
  void tuningGoesOnFromFiles() throws IOException {
    Path file = Objects.requireNonNull(folder).resolve("net.safetensors");
    Path stateFile = Objects.requireNonNull(folder).resolve("state.safetensors");
    TreeFile.write(file, Initializers.glorot(SHAPES, 5));
    Net start = TreeFile.read(file, SHAPES);
    Batch batch = circles(1, 32);
    Batch one = new Batch(Np.squeeze(batch.x(), 0), Np.squeeze(batch.y(), 0));
    var optimizer =
        Optim.chain(
            Optim.masked(path -> path.contains("head"), Optim.adam(0.05)), Optim.average(0.5));
    Net net = start;
    List<Object> state = optimizer.init(net);
    for (int i = 0; i < 6; i++) {
      if (i == 3) {
        TreeFile.write(file, net);
        TreeFile.write(stateFile, state);
      }
      var step = optimizer.update(Transforms.grad((Net n) -> loss(n, one)).apply(net), state, net);
      net = step.params();
      state = step.state();
    }
    Net again = TreeFile.read(file, SHAPES);
    List<Object> resumed = TreeFile.read(stateFile, optimizer.init(SHAPES));
    for (int i = 3; i < 6; i++) {
      var step =
          optimizer.update(Transforms.grad((Net n) -> loss(n, one)).apply(again), resumed, again);
      again = step.params();
      resumed = step.state();
    }
    assertThat(values(again)).isEqualTo(values(net));
    assertThat(net.part("body").kernel().toFloatArray())
        .isEqualTo(start.part("body").kernel().toFloatArray());
    Net averaged = ((AverageState) state.get(1)).over(net);
    assertThat(averaged.part("head").kernel().toFloatArray())
        .isNotEqualTo(net.part("head").kernel().toFloatArray());
  }

  private static List<List<Float>> values(Net net) {
    return Trees.leaves(net).stream()
        .map(
            t -> {
              List<Float> out = new ArrayList<>();
              for (float v : t.toFloatArray()) {
                out.add(v);
              }
              return out;
            })
        .toList();
  }
}
