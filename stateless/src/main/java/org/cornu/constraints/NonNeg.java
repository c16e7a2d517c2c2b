package org.cornu.constraints;

import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** Sets negative weights to zero. */
public final class NonNeg extends Constraint {
  static final Spec SPEC = Spec.of("keras.constraints", "NonNeg").create(NonNeg::new);

  /** No weight below zero. */
  public NonNeg() {
    super(SPEC);
  }

  @Override
  public Tensor apply(Tensor weight) {
    return weight.maximum(0L);
  }
}
