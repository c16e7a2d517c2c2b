package org.cornu.initializers;

import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Lax;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;

/** One number everywhere. */
public final class Constant extends Initializer {
  private static final Option<Double> VALUE = Option.real("value").defaultTo(0.0);

  static final Spec SPEC =
      Spec.of("keras.initializers", "Constant").options(VALUE).create(Constant::new);

  private Constant() {
    super(SPEC);
  }

  /** This number. */
  public Constant(double value) {
    this();
    set(VALUE, value);
  }

  @Override
  public Tensor apply(Shape shape, DType dtype) {
    return Lax.full(dtype, get(VALUE), shape.dims());
  }
}
