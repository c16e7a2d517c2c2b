package org.cornu.initializers;

import java.util.concurrent.ThreadLocalRandom;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Composed;
import org.cornu.stateless.SeedGenerator;
import org.cornu.tracer.F1;
import org.cornu.tracer.Tensor;

/**
 * An initializer that draws random numbers. One with a seed gives the same values at each call, and
 * the values that Keras gives on JAX; without one, a seed is drawn once per object.
 */
abstract class SeededInitializer extends Initializer {
  static final Option<Long> SEED = Option.longInteger("seed").nullable();

  private final long drawn = ThreadLocalRandom.current().nextInt(1, 1 << 30);

  SeededInitializer(Spec spec) {
    super(spec);
  }

  /** Draws with the key of the seed, as one program. */
  final Tensor draw(F1<Tensor, Tensor> f) {
    Long seed = getOrNull(SEED);
    return Composed.of(SeedGenerator.key(seed == null ? drawn : seed), f);
  }
}
