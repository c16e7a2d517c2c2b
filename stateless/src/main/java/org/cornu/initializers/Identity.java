package org.cornu.initializers;

import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/** A number on the diagonal of a matrix, zero elsewhere. */
public final class Identity extends Initializer {
  private static final Option<Double> GAIN =
      Option.real("gain").defaultTo(1.0).omittedWhenDefault();

  static final Spec SPEC =
      Spec.of("keras.initializers", "Identity")
          .options(GAIN)
          .aliases("IdentityInitializer")
          .create(Identity::new);

  /** With ones on the diagonal. */
  public Identity() {
    super(SPEC);
  }

  /** With this number on the diagonal. */
  public Identity(double gain) {
    this();
    set(GAIN, gain);
  }

  @Override
  public Tensor apply(Shape shape, DType dtype) {
    if (shape.rank() != 2) {
      throw new OpException("Identity: the shape must be that of a matrix: got " + shape);
    }
    return Np.eye(dtype, (int) shape.dim(0), (int) shape.dim(1), 0).mul(get(GAIN));
  }
}
