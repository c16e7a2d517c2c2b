package org.cornu.regularizers;

import org.cornu.config.Configured;
import org.cornu.config.Family;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** A penalty on a tensor, added to the loss. */
public abstract class Regularizer extends Configured<Regularizer> {
  /** All regularizers, by name. */
  public static final Family<Regularizer> FAMILY = Family.of("regularizer", Regularizer.class);

  /** Makes a regularizer of this table. */
  protected Regularizer(Spec spec) {
    super(spec);
  }

  /** The penalty, a scalar. */
  public abstract Tensor apply(Tensor x);
}
