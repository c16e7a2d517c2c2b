package org.cornu.samples.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.cornu.ops.Lax;
import org.cornu.ops.Nn;
import org.cornu.tracer.F1;
import org.cornu.tracer.Tensor;

/** Multi-layer perceptron, convolutional network and LSTM as functions of named parameters. */
final class SmallModels {
  private static final long[] MLP = {784, 512, 512, 10};
  private static final long UNITS = 128;
  private static final long FEATURES = 32;
  private static final int TIME = 64;

  private SmallModels() {}

  /** {@code x w + b}. */
  static Tensor dense(Map<String, Tensor> p, String name, Tensor x) {
    return x.matmul(at(p, name + ".w")).add(at(p, name + ".b"));
  }

  static Tensor at(Map<String, Tensor> p, String name) {
    return java.util.Objects.requireNonNull(p.get(name), name);
  }

  // ---- 784-512-512-10

  static Map<String, Tensor> mlp() {
    Parameters out = new Parameters(100);
    for (int i = 0; i < 3; i++) {
      out.dense("d" + i, MLP[i], MLP[i + 1]);
    }
    return out.tensors();
  }

  static Tensor mlp(Map<String, Tensor> p, Tensor x, F1<Tensor, Tensor> activation) {
    Tensor h = activation.apply(dense(p, "d0", x));
    return dense(p, "d2", activation.apply(dense(p, "d1", h)));
  }

  static List<TrainBench.Batch> mlpData(int batches, int size) {
    return TrainBench.batches(
        batches,
        i -> Bench32.symmetricBatch(10100, i, size, MLP[0]),
        i -> Bench32.integerBatch(10101, 10, i, size));
  }

  static Tensor mlpLoss(Map<String, Tensor> p, TrainBench.Batch batch) {
    return Losses.crossEntropy(mlp(p, batch.x(), Nn::relu), batch.y());
  }

  // ---- two convolutions, pooling, two dense layers

  static Map<String, Tensor> cnn() {
    return new Parameters(200)
        .glorot("c0.w", 3, 3, 1, 32)
        .zeros("c0.b", 32)
        .glorot("c1.w", 3, 3, 32, 64)
        .zeros("c1.b", 64)
        .dense("d0", 9216, 128)
        .dense("d1", 128, 10)
        .tensors();
  }

  static Tensor cnn(Map<String, Tensor> p, Tensor x) {
    Tensor h = Nn.relu(Nn.conv(x, at(p, "c0.w")).add(at(p, "c0.b")));
    h = Nn.relu(Nn.conv(h, at(p, "c1.w")).add(at(p, "c1.b")));
    h = Nn.maxPool(h, 2).reshape(x.size(0), -1);
    return dense(p, "d1", Nn.relu(dense(p, "d0", h)));
  }

  static List<TrainBench.Batch> cnnData() {
    return TrainBench.batches(
        4,
        i -> Bench32.symmetricBatch(10200, i, 64, 28, 28, 1),
        i -> Bench32.integerBatch(10201, 10, i, 64));
  }

  static Tensor cnnLoss(Map<String, Tensor> p, TrainBench.Batch batch) {
    return Losses.crossEntropy(cnn(p, batch.x()), batch.y());
  }

  // ---- an LSTM of 128 units over 64 steps

  static Map<String, Tensor> lstm() {
    float[] bias = new float[(int) (4 * UNITS)];
    Arrays.fill(bias, (int) UNITS, (int) (2 * UNITS), 1);
    return new Parameters(300)
        .glorot("lstm.w", FEATURES, 4 * UNITS)
        .glorot("lstm.u", UNITS, 4 * UNITS)
        .values("lstm.b", bias, 4 * UNITS)
        .dense("d0", UNITS, 10)
        .tensors();
  }

  /** Hidden and cell state. */
  record Memory(Tensor h, Tensor c) {}

  static Tensor lstm(Map<String, Tensor> p, Tensor x) {
    Tensor steps =
        dense(Map.of("x.w", at(p, "lstm.w"), "x.b", at(p, "lstm.b")), "x", x.swapaxes(0, 1));
    Tensor zero = Lax.full(x.dtype(), 0, x.size(0), UNITS);
    Memory last =
        Lax.scan(
                (Memory m, Tensor z) -> {
                  List<Tensor> gates = z.add(m.h().matmul(at(p, "lstm.u"))).split(4, -1);
                  Tensor kept = Nn.sigmoid(gates.get(1)).mul(m.c());
                  Tensor c = kept.add(Nn.sigmoid(gates.get(0)).mul(gates.get(2).tanh()));
                  Tensor h = Nn.sigmoid(gates.get(3)).mul(c.tanh());
                  return new Lax.Step<Memory, List<Tensor>>(new Memory(h, c), List.of());
                },
                new Memory(zero, zero),
                steps)
            .carry();
    return dense(p, "d0", last.h());
  }

  static List<TrainBench.Batch> lstmData() {
    return lstmData(32);
  }

  static List<TrainBench.Batch> lstmData(int examples) {
    return TrainBench.batches(
        4,
        i -> Bench32.symmetricBatch(10300, i, examples, TIME, FEATURES),
        i -> Bench32.integerBatch(10301, 10, i, examples));
  }

  static Tensor lstmLoss(Map<String, Tensor> p, TrainBench.Batch batch) {
    return Losses.crossEntropy(lstm(p, batch.x()), batch.y());
  }
}
