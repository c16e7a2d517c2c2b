package org.cornu.stateless;

import org.cornu.tracer.Tensor;

/** Where the functions of {@code keras.random} take their keys from. */
public interface Seed {

  /** A key for {@code Random}, {@code u32[2]}. */
  Tensor next();

  /** The same key each time, that of an integer in Keras: {@code [seed, 0]}. */
  static Seed of(long seed) {
    return () -> SeedGenerator.key(seed);
  }
}
