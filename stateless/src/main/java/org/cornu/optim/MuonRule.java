package org.cornu.optim;

import java.util.List;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Muon (Jordan 2024) for matrices: momentum, then a move whose singular values are all driven
 * towards one by Newton-Schulz iterations of a quintic polynomial.
 *
 * @param momentum share of the old momentum that stays
 * @param nesterov whether to look ahead along the momentum
 * @param steps iterations
 * @param a coefficient of the linear term of the polynomial
 * @param b coefficient of the cubic term
 * @param c coefficient of the quintic term
 * @param rmsRate factor of the move beside the root of its larger dimension (Liu et al. 2025); null
 *     for neither
 */
public record MuonRule(
    double momentum,
    boolean nesterov,
    int steps,
    double a,
    double b,
    double c,
    @Nullable Double rmsRate)
    implements UpdateRule {
  @Override
  public List<Slot> slots(Shape shape) {
    return List.of(Slot.zeros("momentum", shape));
  }

  @Override
  public Output update(Input in) {
    Tensor w = in.weight();
    if (w.rank() != 2) {
      throw new OpException("Muon: the weight must be a matrix: got " + w.type().brief());
    }
    Tensor g = in.gradient();
    Tensor old = in.slots().get(0);
    Tensor m = old.add(g.add(old.mul(momentum - 1)));
    Tensor move = orthogonal(nesterov ? g.add(m.mul(momentum)) : m).mul(in.learningRate());
    if (rmsRate != null) {
      move = move.mul(Math.sqrt(Math.max(w.size(0), w.size(1)))).mul(rmsRate);
    }
    return new Output(w.sub(move), List.of(m));
  }

  private Tensor orthogonal(Tensor matrix) {
    boolean tall = matrix.size(0) > matrix.size(1);
    Tensor x = tall ? matrix.transpose() : matrix;
    x = x.div(x.square().sum().sqrt().add(1e-7));
    for (int i = 0; i < steps; i++) {
      Tensor gram = x.matmul(x.transpose());
      Tensor mixed = gram.mul(b).add(gram.mul(c).matmul(gram));
      x = x.mul(a).add(mixed.matmul(x));
    }
    return tall ? x.transpose() : x;
  }
}
