package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.ops.Random;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.SeedGenerator;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * In training, sets a random share of the elements to 0 and scales the others by {@code 1 / (1 -
 * rate)}.
 */
public final class Dropout extends Layer<Dropout> {
  private static final Option<Double> RATE = Option.real("rate").required().within(0, 1);
  private static final Option<Long> SEED = Option.longInteger("seed").nullable();
  private static final Option<List<@Nullable Integer>> NOISE_SHAPE =
      Option.dims("noise_shape").nullable();

  static final Spec SPEC =
      Spec.of("keras.layers", "Dropout")
          .base(OPTIONS)
          .options(RATE, NOISE_SHAPE, SEED)
          .create(Dropout::new);

  private @Nullable SeedGenerator seeds;

  private Dropout() {
    super(SPEC);
  }

  /** With this share of elements dropped. */
  public Dropout(double rate) {
    this();
    set(RATE, rate);
  }

  /** Seed of the random elements. */
  @CanIgnoreReturnValue
  public Dropout seed(long value) {
    return set(SEED, value);
  }

  /** Shape of the random mask, which is broadcast; null where the input's size holds. */
  @CanIgnoreReturnValue
  public Dropout noiseShape(List<@Nullable Integer> value) {
    return set(NOISE_SHAPE, value);
  }

  @Override
  protected void buildAll(List<Shape> inputs) {
    if (get(RATE) > 0) {
      seeds = addSeedGenerator(getOrNull(SEED));
    }
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    SeedGenerator generator = seeds;
    if (!call.isTraining() || generator == null) {
      return x;
    }
    double keep = 1 - get(RATE);
    long[] dims = x.shape().dims();
    List<@Nullable Integer> noise = getOrNull(NOISE_SHAPE);
    if (noise != null) {
      if (noise.size() != dims.length) {
        throw new OpException(
            name()
                + ": noiseShape "
                + noise
                + " must have the rank of the input "
                + x.type().brief());
      }
      for (int d = 0; d < dims.length; d++) {
        Integer size = noise.get(d);
        dims[d] = size == null ? dims[d] : size;
      }
    }
    Tensor kept = Np.broadcastTo(Random.bernoulli(generator.next(), keep, dims), x.shape().dims());
    return Lax.select(kept, Lax.div(x, Lax.fullLike(x, keep)), Lax.fullLike(x, 0));
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }
}
