package org.cornu.metrics;

import org.cornu.losses.Reducing;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Values and weights of a batch, one per sample.
 *
 * @param values weighted, {@code [batch]} or scalar
 * @param weights {@code [batch]} or scalar, or null
 */
record Samplewise(Tensor values, @Nullable Tensor weights) {
  /** How dimensions behind the first are reduced. */
  interface Reduction {
    Tensor apply(Tensor x, int... axes);
  }

  /** Reduces values of any rank by Keras' rules. */
  static Samplewise of(
      Tensor values, @Nullable Tensor sampleWeight, Reduction reduction, DType dtype) {
    Tensor v = Lax.convertElementType(values, dtype);
    if (sampleWeight == null) {
      return new Samplewise(behind(v, 1, reduction), null);
    }
    Tensor given = Lax.convertElementType(sampleWeight, dtype);
    Tensor w = Reducing.align(given, v);
    v = Reducing.align(v, given);
    int rank = w.rank();
    // What the weights do not reach is reduced first.
    v = behind(v, rank, reduction);
    w = Np.broadcastTo(w, v.shape().dims());
    v = v.mul(w);
    return new Samplewise(behind(v, 1, reduction), rank > 1 ? behind(w, 1, reduction) : w);
  }

  private static Tensor behind(Tensor x, int kept, Reduction reduction) {
    if (x.rank() <= kept) {
      return x;
    }
    int[] axes = new int[x.rank() - kept];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = kept + i;
    }
    return reduction.apply(x, axes);
  }

  /** Sum of the weights, or the number of samples. */
  Tensor count(DType dtype) {
    if (weights != null) {
      return Np.sum(weights);
    }
    return Lax.full(dtype, values.rank() == 0 ? 1 : values.size(0));
  }
}
