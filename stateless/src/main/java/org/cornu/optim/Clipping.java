package org.cornu.optim;

import java.util.List;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;

/** Limits on gradients, as pure functions of lists of them. */
public final class Clipping {
  private Clipping() {}

  /** Each gradient scaled down to a Euclidean norm of at most {@code norm}. */
  public static List<Tensor> byNorm(List<Tensor> gradients, double norm) {
    return gradients.stream()
        .map(g -> g.mul(norm).div(Np.sqrt(Np.sum(g.square())).maximum(norm)))
        .toList();
  }

  /** Each element limited to {@code [-value, value]}. */
  public static List<Tensor> byValue(List<Tensor> gradients, double value) {
    return gradients.stream().map(g -> Np.clip(g, -value, value)).toList();
  }

  /**
   * All gradients scaled by one factor to a common norm of at most {@code norm}. Where that norm is
   * not finite, all become NaN, as in Keras: better than a silent wrong step.
   */
  public static List<Tensor> byGlobalNorm(List<Tensor> gradients, double norm) {
    Tensor size = globalNorm(gradients);
    Tensor factor = Np.reciprocal(size).minimum(1 / norm).mul(norm);
    Tensor checked = factor.add(size.sub(size));
    return gradients.stream().map(g -> g.mul(Lax.convertElementType(checked, g.dtype()))).toList();
  }

  /** The root of the sum of all squares, scalar f32. */
  public static Tensor globalNorm(List<Tensor> gradients) {
    Tensor total = Lax.full(DType.F32, 0);
    for (Tensor g : gradients) {
      total = total.add(Lax.convertElementType(Np.sum(g.square()), DType.F32));
    }
    return total.sqrt();
  }
}
