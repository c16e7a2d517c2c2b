package org.cornu.initializers;

import java.util.concurrent.ThreadLocalRandom;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Random;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.SeedGenerator;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Uniform between {@code ±sqrt(6 / (fanIn + fanOut))} (Glorot and Bengio 2010). The same seed gives
 * the same values at each call.
 */
public final class GlorotUniform extends Initializer {
  private static final Option<Long> SEED = Option.longInteger("seed").nullable();

  static final Spec SPEC =
      Spec.of("keras.initializers", "GlorotUniform").options(SEED).create(GlorotUniform::new);

  private final long drawn = ThreadLocalRandom.current().nextInt(1, 1 << 30);

  /** With a seed drawn once. */
  public GlorotUniform() {
    super(SPEC);
  }

  /** With this seed; null draws one. */
  public GlorotUniform(@Nullable Long seed) {
    this();
    set(SEED, seed);
  }

  @Override
  public Tensor apply(Shape shape, DType dtype) {
    Long seed = getOrNull(SEED);
    Fans fans = Fans.of(shape);
    double scale = 1 / Math.max(1, (fans.in() + fans.out()) / 2);
    double limit = Math.sqrt(3 * scale);
    return Random.uniform(
        SeedGenerator.key(seed == null ? drawn : seed), -limit, limit, dtype, shape.dims());
  }
}
