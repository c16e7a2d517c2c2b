package org.cornu.stateless;

import java.util.function.Supplier;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Sharded;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.runtime.Placement;
import org.jspecify.annotations.Nullable;

/** Asks the current distribution where a variable belongs. */
final class VariablePlacement {
  private VariablePlacement() {}

  /** Where the variable of a path belongs. */
  interface Rule {
    @Nullable Placement of(String path, Shape shape);
  }

  static Rule current() {
    org.cornu.distribution.Distribution distribution =
        org.cornu.distribution.Distribution.current();
    return distribution == null ? (path, shape) -> null : distribution::variablePlacement;
  }

  /** Computes a value with each device holding only its part. */
  static Tensor place(Supplier<Tensor> make, Placement placement) {
    return Sharded.compute(make, placement);
  }

  static Tensor move(Tensor value, Placement placement) {
    return Sharded.put(value, placement);
  }
}
