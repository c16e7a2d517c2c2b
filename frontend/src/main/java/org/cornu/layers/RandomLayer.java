package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import java.util.Objects;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.random.KerasRandom;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.SeedGenerator;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A layer that does something random in training and nothing otherwise.
 *
 * @param <L> the layer class itself
 */
public abstract class RandomLayer<L extends RandomLayer<L>> extends Layer<L> {
  static final Option<Double> RATE = Option.real("rate").required().within(0, 1);
  static final Option<Long> SEED = Option.longInteger("seed").nullable();
  static final Option<List<@Nullable Integer>> NOISE_SHAPE = Option.dims("noise_shape").nullable();

  private @Nullable SeedGenerator seeds;

  RandomLayer(Spec spec) {
    super(spec);
  }

  /** Seed of the random elements; default a random one. */
  @CanIgnoreReturnValue
  public final L seed(long value) {
    return set(SEED, value);
  }

  /** How much is random: 0 for a layer that never does anything. */
  abstract double strength();

  /** The output in training. */
  abstract Tensor noisy(Tensor x, Tensor key);

  @Override
  protected void buildAll(List<Shape> inputs) {
    build(inputs.get(0));
    if (strength() > 0) {
      seeds = addSeedGenerator(getOrNull(SEED));
    }
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    return call.isTraining() && seeds != null ? noisy(x, Objects.requireNonNull(seeds).next()) : x;
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }

  /** The shape of the noise for {@code x}: the given one, its open sizes those of the input. */
  static long[] noiseShape(Layer<?> layer, @Nullable List<@Nullable Integer> noise, Tensor x) {
    long[] dims = x.shape().dims();
    if (noise == null) {
      return dims;
    }
    if (noise.size() != dims.length) {
      throw new OpException(
          layer.name()
              + ": noiseShape "
              + noise
              + " must have the rank of the input "
              + x.type().brief());
    }
    for (int d = 0; d < dims.length; d++) {
      Integer size = noise.get(d);
      dims[d] = size == null ? dims[d] : size;
    }
    return dims;
  }

  /** Elements set to 0 with probability {@code rate}, the others scaled by {@code 1/(1 - rate)}. */
  static Tensor dropout(Tensor x, Tensor key, double rate, long... noiseShape) {
    return KerasRandom.dropout(x, rate, Shape.of(noiseShape), () -> key);
  }
}
