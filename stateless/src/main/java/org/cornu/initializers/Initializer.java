package org.cornu.initializers;

import org.cornu.config.Configured;
import org.cornu.config.Family;
import org.cornu.config.Spec;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;

/** Makes the initial value of a variable from its shape and type. */
public abstract class Initializer extends Configured<Initializer> {
  /** All initializers, by name. */
  public static final Family<Initializer> FAMILY = Family.of("initializer", Initializer.class);

  /** Makes an initializer of this table. */
  protected Initializer(Spec spec) {
    super(spec);
  }

  /** A value of this shape and type. */
  public abstract Tensor apply(Shape shape, DType dtype);
}
