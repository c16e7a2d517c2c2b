package org.cornu.layers;

import org.cornu.ops.Random;
import org.cornu.tracer.Tensor;

/** A stream of random keys: a layer's own, another layer's, or one that a single key starts. */
@FunctionalInterface
interface Keys {
  /** A key that was not returned before. */
  Tensor next();

  /** The stream of a key, without state outside the program: for loops and branches. */
  static Keys of(Tensor key) {
    int[] count = {0};
    return () -> Random.foldIn(key, count[0]++);
  }
}
