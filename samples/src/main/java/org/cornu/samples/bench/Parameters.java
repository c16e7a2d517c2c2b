package org.cornu.samples.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.cornu.tracer.Tensor;

/**
 * The parameters of a model in table order: tensor number {@code j} has salt {@code base + j},
 * constants included.
 */
final class Parameters {
  /** How the elements of a tensor of a shape follow from their salt. */
  private interface Init {
    float[] fill(int salt, long[] dims);
  }

  private static final double NORM_SPREAD = 0.1;
  private static final double VARIANCE_SPREAD = 0.5;

  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final int base;
  private String prefix = "";

  /** An empty table whose first tensor has salt {@code base}. */
  Parameters(int base) {
    this.base = base;
  }

  /** Names that follow begin with {@code next}. */
  Parameters under(String next) {
    prefix = next;
    return this;
  }

  private Parameters add(String name, Init init, long... dims) {
    float[] values = init.fill(base + tensors.size(), dims);
    tensors.put(prefix + name, Tensor.of(values, dims));
    return this;
  }

  private static Init scaled(float offset, double scale, boolean absolute) {
    return (salt, dims) -> {
      float[] out = Bench32.floats(salt, 0, Bench32.count(dims));
      for (int i = 0; i < out.length; i++) {
        out[i] = offset + (float) scale * (absolute ? Math.abs(out[i]) : out[i]);
      }
      return out;
    };
  }

  Parameters constant(String name, float value, long... dims) {
    return add(
        name,
        (salt, shape) -> {
          float[] out = new float[Bench32.count(shape)];
          Arrays.fill(out, value);
          return out;
        },
        dims);
  }

  Parameters zeros(String name, long... dims) {
    return constant(name, 0, dims);
  }

  /** Uniform in [-scale, scale). */
  Parameters uniform(String name, double scale, long... dims) {
    return add(name, scaled(0, scale, false), dims);
  }

  /** One plus a uniform number in [-scale, scale). */
  Parameters nearOne(String name, double scale, long... dims) {
    return add(name, scaled(1, scale, false), dims);
  }

  /** Uniform with the bound of Glorot and Bengio. */
  Parameters glorot(String name, long... dims) {
    int rank = dims.length;
    return uniform(
        name, Math.sqrt(6.0 / (receptive(dims) * (dims[rank - 2] + dims[rank - 1]))), dims);
  }

  /** Uniform with the bound of He. */
  Parameters he(String name, long... dims) {
    return uniform(name, Math.sqrt(6.0 / (receptive(dims) * dims[dims.length - 2])), dims);
  }

  private static double receptive(long[] dims) {
    double out = 1;
    for (int i = 0; i < dims.length - 2; i++) {
      out *= dims[i];
    }
    return out;
  }

  /** Any values. */
  Parameters values(String name, float[] values, long... dims) {
    return add(name, (salt, shape) -> values, dims);
  }

  /** A kernel and a bias of zeros. */
  Parameters dense(String name, long in, long out) {
    return glorot(name + ".w", in, out).zeros(name + ".b", out);
  }

  /** A kernel and a small bias. */
  Parameters biasedDense(String name, long in, long out, double bias) {
    return glorot(name + ".w", in, out).uniform(name + ".b", bias, out);
  }

  /** Gain and bias of a layer normalization as they are before training. */
  Parameters freshNorm(String name, long size) {
    return constant(name + ".g", 1, size).zeros(name + ".b", size);
  }

  /** Gain and bias of a layer normalization as they are after training. */
  Parameters norm(String name, long size) {
    return nearOne(name + ".g", NORM_SPREAD, size).uniform(name + ".b", NORM_SPREAD, size);
  }

  /** Gain, bias, mean and variance of a batch normalization. */
  Parameters batchNorm(String name, long size) {
    norm(name, size).uniform(name + ".m", NORM_SPREAD, size);
    return add(name + ".v", scaled(1, VARIANCE_SPREAD, true), size);
  }

  /** The tensors by name, in table order. */
  Map<String, Tensor> tensors() {
    return tensors;
  }
}
