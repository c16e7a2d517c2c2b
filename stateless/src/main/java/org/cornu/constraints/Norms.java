package org.cornu.constraints;

import java.util.List;
import org.cornu.config.Option;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;

/** Norms of parts of a weight, and weights scaled to others. */
final class Norms {
  /** Keras' fuzz factor. */
  private static final double EPSILON = 1e-7;

  static final Option<List<Integer>> AXIS = Option.axes("axis").defaultTo(0);

  private Norms() {}

  static Tensor of(Tensor weight, List<Integer> axes) {
    int[] along = axes.stream().mapToInt(Integer::intValue).toArray();
    return Np.sqrt(Np.sum(Np.square(weight), true, along));
  }

  /** The weight with {@code norms} turned into {@code desired}. */
  static Tensor scale(Tensor weight, Tensor norms, Tensor desired) {
    return weight.mul(desired.div(norms.add(EPSILON)));
  }

  static Tensor unit(Tensor weight, Tensor norms) {
    return weight.div(norms.add(EPSILON));
  }
}
