package org.cornu.random;

import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.ops.Random;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Seed;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/**
 * {@code keras.random}: functions of a seed instead of a key, with Keras' arguments in Keras' order
 * and the numbers of Keras on JAX. A number as a seed ({@link Seed#of}) gives the same draw each
 * time, a {@link org.cornu.stateless.SeedGenerator} another one each time.
 *
 * <pre>{@code
 * Tensor x = KerasRandom.normal(Shape.of(3, 4), 0, 1, DType.F32, Seed.of(42));
 * }</pre>
 */
public final class KerasRandom {
  private KerasRandom() {}

  /** Beta with concentrations {@code alpha} and {@code beta}, which broadcast to {@code shape}. */
  public static Tensor beta(Shape shape, Tensor alpha, Tensor beta, DType dtype, Seed seed) {
    return Random.beta(seed.next(), alpha, beta, dtype, shape.dims());
  }

  /** Beta with concentrations {@code alpha} and {@code beta}. */
  public static Tensor beta(Shape shape, double alpha, double beta, DType dtype, Seed seed) {
    return Random.beta(seed.next(), alpha, beta, dtype, shape.dims());
  }

  /**
   * Successes in {@code counts} trials of {@code probabilities}, which broadcast to {@code shape}.
   */
  public static Tensor binomial(
      Shape shape, Tensor counts, Tensor probabilities, DType dtype, Seed seed) {
    return Random.binomial(seed.next(), counts, probabilities, dtype, shape.dims());
  }

  /** Successes in {@code counts} trials of {@code probabilities}. */
  public static Tensor binomial(
      Shape shape, double counts, double probabilities, DType dtype, Seed seed) {
    return Random.binomial(seed.next(), counts, probabilities, dtype, shape.dims());
  }

  /**
   * Categories with probabilities proportional to {@code e^logits}.
   *
   * @param logits {@code [batch, classes]}
   * @param dtype an integer type
   * @return {@code [batch, numSamples]}
   */
  public static Tensor categorical(Tensor logits, int numSamples, DType dtype, Seed seed) {
    if (logits.rank() != 2) {
      throw new OpException(
          "categorical: the logits must be [batch, classes]: got " + logits.type().brief());
    }
    Tensor column = Np.expandDims(logits, -1);
    Tensor out =
        Random.categorical(seed.next(), column, 1, true, logits.shape().dim(0), numSamples);
    return Lax.convertElementType(out, dtype);
  }

  /**
   * Elements set to 0 with probability {@code rate}, the others scaled by {@code 1 / (1 - rate)}.
   */
  public static Tensor dropout(Tensor inputs, double rate, Seed seed) {
    return dropout(inputs, rate, inputs.shape(), seed);
  }

  /**
   * Like {@link #dropout(Tensor, double, Seed)}.
   *
   * @param noiseShape the shape of the mask, which broadcasts to that of {@code inputs}
   */
  public static Tensor dropout(Tensor inputs, double rate, Shape noiseShape, Seed seed) {
    if (!(rate >= 0 && rate <= 1)) {
      throw new OpException("dropout: the rate must lie in [0, 1]: got " + rate);
    }
    if (rate == 0) {
      return inputs;
    }
    Tensor zeros = Lax.fullLike(inputs, 0);
    if (rate == 1) {
      return zeros;
    }
    double keep = 1 - rate;
    Tensor mask = Random.bernoulli(seed.next(), keep, noiseShape.dims());
    Tensor kept = Np.broadcastTo(mask, inputs.shape().dims());
    return Lax.select(kept, Lax.div(inputs, Lax.fullLike(inputs, keep)), zeros);
  }

  /** Gamma with shape {@code alpha}, which broadcasts to {@code shape}, and scale 1. */
  public static Tensor gamma(Shape shape, Tensor alpha, DType dtype, Seed seed) {
    return Random.gamma(seed.next(), alpha, dtype, shape.dims());
  }

  /** Gamma with shape {@code alpha} and scale 1. */
  public static Tensor gamma(Shape shape, double alpha, DType dtype, Seed seed) {
    return Random.gamma(seed.next(), alpha, dtype, shape.dims());
  }

  /** Normal. */
  public static Tensor normal(Shape shape, double mean, double stddev, DType dtype, Seed seed) {
    return moved(Random.normal(seed.next(), dtype, shape.dims()), mean, stddev);
  }

  /** Integers in [minval, maxval). */
  public static Tensor randint(Shape shape, long minval, long maxval, DType dtype, Seed seed) {
    return Random.randint(seed.next(), minval, maxval, dtype, shape.dims());
  }

  /** Each vector along an axis in a random order of its own. */
  public static Tensor shuffle(Tensor x, int axis, Seed seed) {
    return Random.permutation(seed.next(), x, axis, true);
  }

  /** Normal, no more than two standard deviations from the mean. */
  public static Tensor truncatedNormal(
      Shape shape, double mean, double stddev, DType dtype, Seed seed) {
    return moved(Random.truncatedNormal(seed.next(), -2, 2, dtype, shape.dims()), mean, stddev);
  }

  /** Uniform in [minval, maxval). */
  public static Tensor uniform(Shape shape, double minval, double maxval, DType dtype, Seed seed) {
    return Random.uniform(seed.next(), minval, maxval, dtype, shape.dims());
  }

  private static Tensor moved(Tensor x, double mean, double stddev) {
    return Np.add(Np.multiply(x, stddev), mean);
  }
}
