package org.cornu.losses;

import org.cornu.ops.Lax;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;

/** The cross-entropy functions in the forms Keras uses on JAX. */
final class Crossentropies {
  /** Keras' fuzz factor. */
  static final double EPSILON = 1e-7;

  private Crossentropies() {}

  /** Labels {@code [...]} against scores {@code [..., classes]}: values {@code [...]}. */
  static Tensor sparse(Tensor labels, Tensor scores, boolean fromLogits) {
    Tensor index = Lax.convertElementType(labels, DType.I32);
    if (index.rank() == scores.rank() && index.shape().dim(-1) == 1) {
      index = Lax.reshape(index, index.shape().remove(index.rank() - 1).dims());
    }
    Tensor logs;
    if (fromLogits) {
      logs = Nn.logSoftmax(scores, -1);
    } else {
      Tensor p = Np.divide(scores, Np.sum(scores, true, -1));
      logs = Lax.log(Np.clip(p, EPSILON, 1 - EPSILON));
    }
    int classes = scores.size(-1);
    Tensor picked =
        Np.equal(Np.expandDims(index, -1), Lax.reshape(Lax.iota(DType.I32, classes), classes));
    return Np.negative(Np.sum(Np.where(picked, logs, Lax.fullLike(logs, 0)), -1));
  }
}
