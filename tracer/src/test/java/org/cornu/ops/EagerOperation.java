package org.cornu.ops;

import org.cornu.tracer.Jit1;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/** An operation that is compiled as a whole, as drawing random numbers is. */
public final class EagerOperation {
  private EagerOperation() {}

  /** Doubles; a new one at each call. */
  public static Jit1<Tensor, Tensor> doubling() {
    return Transforms.jit((Tensor x) -> x.mul(2));
  }
}
