package org.cornu.layers;

import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Masks {@code [1, queries, keys]}, true where attention is allowed. */
final class AttentionMasks {
  private AttentionMasks() {}

  private static Tensor rows(int queries, int keys) {
    return Lax.iota(DType.I32, 1, 1, queries, keys);
  }

  private static Tensor columns(int queries, int keys) {
    return Lax.iota(DType.I32, 2, 1, queries, keys);
  }

  /** Nothing that comes later. */
  static Tensor causal(int queries, int keys) {
    return Np.greaterEqual(rows(queries, keys), columns(queries, keys));
  }

  /** Nothing that is {@code window} or more away on either side. */
  static Tensor window(int queries, int keys, int window) {
    Tensor distance = Np.abs(Np.subtract(rows(queries, keys), columns(queries, keys)));
    return Np.less(distance, window);
  }

  /** Both, where there are two. */
  static @Nullable Tensor and(@Nullable Tensor a, @Nullable Tensor b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return Np.logicalAnd(Np.cast(a, DType.BOOL), Np.cast(b, DType.BOOL));
  }
}
