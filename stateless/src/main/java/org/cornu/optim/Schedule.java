package org.cornu.optim;

import org.cornu.ops.Lax;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;

/** A number that depends on the step, such as a learning rate. */
@FunctionalInterface
public interface Schedule {
  /** The number (scalar f32) at a step (scalar integer, counted from 0). */
  Tensor apply(Tensor step);

  /** The same number at each step. */
  static Schedule constant(double value) {
    return step -> Lax.full(DType.F32, value);
  }
}
