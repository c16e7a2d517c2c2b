package org.cornu.optim;

import java.util.List;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;

/**
 * LAMB (You et al. 2019): Adam's move scaled, per variable, to the norm of the weight.
 *
 * @param beta1 share of the old mean that stays
 * @param beta2 share of the old mean square that stays
 * @param epsilon added to the root of the corrected mean square
 */
public record LambRule(double beta1, double beta2, double epsilon) implements UpdateRule {
  @Override
  public List<Slot> slots(Shape shape) {
    return List.of(Slot.zeros("momentum", shape), Slot.zeros("velocity", shape));
  }

  @Override
  public Output update(Input in) {
    Tensor g = in.gradient();
    Tensor w = in.weight();
    Tensor m = AdamRule.mix(in.slots().get(0), g, beta1);
    Tensor v = AdamRule.mix(in.slots().get(1), g.square(), beta2);
    Tensor mHat = m.div(Np.subtract(1, Np.power(beta1, in.step())));
    Tensor vHat = v.div(Np.subtract(1, Np.power(beta2, in.step())));
    Tensor move = mHat.div(vHat.sqrt().add(epsilon));
    Tensor weightNorm = w.square().sum().sqrt();
    Tensor moveNorm = move.square().sum().sqrt();
    Tensor both = Np.logicalAnd(weightNorm.gt(0L), moveNorm.gt(0L));
    Tensor ratio = Np.where(both, weightNorm.div(moveNorm), 1.0);
    return new Output(w.sub(move.mul(ratio.mul(in.learningRate()))), List.of(m, v));
  }
}
