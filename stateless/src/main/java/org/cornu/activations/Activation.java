package org.cornu.activations;

import org.cornu.config.Family;
import org.cornu.tracer.Tensor;

/**
 * A function applied to the output of a layer. Compared by identity where it is not a named one.
 */
@FunctionalInterface
public interface Activation {
  /** All activations, by name. */
  Family<Activation> FAMILY = Family.of("activation", Activation.class);

  /** The function's value, of the shape of {@code x}. */
  Tensor apply(Tensor x);
}
