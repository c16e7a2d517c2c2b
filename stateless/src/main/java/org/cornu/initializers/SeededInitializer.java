package org.cornu.initializers;

import java.util.concurrent.ThreadLocalRandom;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.stateless.SeedGenerator;
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

  /** The key of the seed. */
  final Tensor key() {
    Long seed = getOrNull(SEED);
    return SeedGenerator.key(seed == null ? drawn : seed);
  }

  /**
   * Standard normal numbers times a deviation plus a mean. Outside of a trace these are operations
   * of their own, as in Keras: within one program they would be contracted to one that rounds once.
   */
  static Tensor spread(Tensor standard, double deviation, double mean) {
    Tensor scaled = standard.mul(deviation);
    return mean == 0 ? scaled : scaled.add(mean);
  }
}
