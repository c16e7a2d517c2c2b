package org.cornu.initializers;

import org.cornu.config.Spec;
import org.cornu.ops.Lax;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;

/** All zeros. */
public final class Zeros extends Initializer {
  static final Spec SPEC =
      Spec.of("keras.initializers", "Zeros").aliases("zero").create(Zeros::new);

  /** All zeros. */
  public Zeros() {
    super(SPEC);
  }

  @Override
  public Tensor apply(Shape shape, DType dtype) {
    return Lax.full(dtype, 0, shape.dims());
  }
}
