package org.cornu.metrics;

import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Values and weights of a batch as Keras' {@code reduce_to_samplewise_values} sums them. */
final class Samplewise {
  /** Weighted sum, and the sum of the weights. */
  record Sum(Tensor total, Tensor count) {}

  private Samplewise() {}

  static Sum weigh(Tensor values, @Nullable Tensor sampleWeight) {
    Tensor v = Lax.convertElementType(values, DType.F32);
    if (sampleWeight == null) {
      Tensor perSample = meanBehind(v, 1);
      double samples = perSample.rank() == 0 ? 1 : perSample.count();
      return new Sum(Np.sum(perSample), Lax.full(DType.F32, samples));
    }
    Tensor w = Lax.convertElementType(sampleWeight, DType.F32);
    if (w.rank() == v.rank() + 1 && w.shape().dim(-1) == 1) {
      w = Lax.reshape(w, w.shape().remove(w.rank() - 1).dims());
    }
    // Values are averaged over what the weights do not reach.
    v = meanBehind(v, Math.max(1, w.rank()));
    if (w.rank() < v.rank()) {
      long[] dims = new long[v.rank()];
      for (int d = 0; d < dims.length; d++) {
        dims[d] = d < w.rank() ? w.shape().dim(d) : 1;
      }
      w = Lax.reshape(w, dims);
    }
    w = Np.broadcastTo(w, v.shape().dims());
    return new Sum(Np.sum(Np.multiply(v, w)), Np.sum(w));
  }

  private static Tensor meanBehind(Tensor x, int kept) {
    if (x.rank() <= kept) {
      return x;
    }
    int[] axes = new int[x.rank() - kept];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = kept + i;
    }
    return Np.mean(x, axes);
  }
}
