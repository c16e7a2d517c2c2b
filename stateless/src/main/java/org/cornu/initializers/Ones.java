package org.cornu.initializers;

import org.cornu.config.Spec;
import org.cornu.ops.Lax;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;

/** All ones. */
public final class Ones extends Initializer {
  static final Spec SPEC = Spec.of("keras.initializers", "Ones").aliases("one").create(Ones::new);

  /** All ones. */
  public Ones() {
    super(SPEC);
  }

  @Override
  public Tensor apply(Shape shape, DType dtype) {
    return Lax.full(dtype, 1, shape.dims());
  }
}
