package org.cornu.optim;

import java.util.List;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;

/**
 * Adam with Nesterov momentum (Dozat 2015). The product of the momentum coefficients so far is one
 * scalar for all variables.
 *
 * @param beta1 share of the old mean that stays
 * @param beta2 share of the old mean square that stays
 * @param epsilon added to the root of the corrected mean square
 */
public record NadamRule(double beta1, double beta2, double epsilon) implements UpdateRule {
  private static final double DECAY = 0.96;

  @Override
  public List<Slot> slots(Shape shape) {
    return List.of(Slot.zeros("momentum", shape), Slot.zeros("velocity", shape));
  }

  @Override
  public List<Slot> shared() {
    return List.of(Slot.filled("u_product", Shape.of(), 1));
  }

  @Override
  public List<Tensor> advance(List<Tensor> shared, Tensor step) {
    return List.of(shared.get(0).mul(coefficient(step)));
  }

  private Tensor coefficient(Tensor step) {
    return Np.subtract(1, Np.power(DECAY, step).mul(0.5)).mul(beta1);
  }

  @Override
  public Output update(Input in) {
    Tensor g = in.gradient();
    Tensor u = coefficient(in.step());
    Tensor uNext = coefficient(in.step().add(1L));
    Tensor product = in.shared().get(0);
    Tensor m = AdamRule.mix(in.slots().get(0), g, beta1);
    Tensor v = AdamRule.mix(in.slots().get(1), g.square(), beta2);
    Tensor ahead = m.mul(uNext).div(Np.subtract(1, product.mul(uNext)));
    Tensor now = g.mul(Np.subtract(1, u)).div(Np.subtract(1, product));
    Tensor vHat = v.div(Np.subtract(1, Np.power(beta2, in.step())));
    Tensor move = ahead.add(now).mul(in.learningRate()).div(vHat.sqrt().add(epsilon));
    return new Output(in.weight().sub(move), List.of(m, v));
  }
}
