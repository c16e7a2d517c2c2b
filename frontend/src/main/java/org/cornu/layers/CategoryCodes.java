package org.cornu.layers;

import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** How layers that give categories write them. */
enum CategoryCodes {
  /** As they are. */
  INT,
  /** A one for each element, {@code [..., depth]}; a last dimension of 1 gives way. */
  ONE_HOT,
  /** A one for each category of a row. */
  MULTI_HOT,
  /** How often each category is in a row. */
  COUNT,
  /** Counts times the weight of each category. */
  TF_IDF;

  /**
   * Writes categories.
   *
   * @param x integers below {@code depth}
   * @param weights of elements, for counts
   */
  Tensor encode(Tensor x, int depth, DType dtype, @Nullable Tensor weights) {
    if (this == INT) {
      return Np.cast(x, dtype);
    }
    Tensor rows = Np.cast(x.rank() == 0 ? Np.expandDims(x, 0) : x, DType.I32);
    int axis = rows.rank() > 1 ? 1 : 0;
    return switch (this) {
      case INT -> throw new IllegalStateException("written above");
      case ONE_HOT -> {
        boolean single = rows.rank() > 1 && rows.size(-1) == 1;
        yield Nn.oneHot(single ? Np.squeeze(rows, -1) : rows, depth, -1, dtype);
      }
      case MULTI_HOT -> Np.max(Nn.oneHot(rows, depth, -1, dtype), axis);
      case COUNT, TF_IDF -> {
        Tensor ones = Nn.oneHot(rows, depth, -1, weights == null ? dtype : weights.dtype());
        yield Np.sum(weights == null ? ones : Np.multiply(ones, Np.expandDims(weights, -1)), axis);
      }
    };
  }
}
