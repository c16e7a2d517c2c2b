package org.cornu.layers;

import java.util.List;
import org.cornu.config.Spec;
import org.cornu.initializers.Initializer;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;

/** Ones in the second of four blocks, for the forget gate; elsewhere what another one makes. */
final class ForgetBias extends Initializer {
  private static final Spec SPEC = Spec.custom("cornu", "ForgetBias");

  private final Initializer others;

  ForgetBias(Initializer others) {
    super(SPEC);
    this.others = others;
  }

  @Override
  public Tensor apply(Shape shape, DType dtype) {
    long units = shape.dim(0) / 4;
    return Np.concatenate(
        List.of(
            others.apply(Shape.of(units), dtype),
            Np.ones(dtype, units),
            others.apply(Shape.of(2 * units), dtype)),
        0);
  }
}
