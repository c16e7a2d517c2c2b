package org.cornu.optim;

import java.util.List;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;

/**
 * Adam with the infinity norm (Kingma and Ba 2014, section 7).
 *
 * @param beta1 share of the old mean that stays
 * @param beta2 share of the old norm that stays
 * @param epsilon added to the norm
 */
public record AdamaxRule(double beta1, double beta2, double epsilon) implements UpdateRule {
  @Override
  public List<Slot> slots(Shape shape) {
    return List.of(Slot.zeros("momentum", shape), Slot.zeros("norm", shape));
  }

  @Override
  public Output update(Input in) {
    Tensor g = in.gradient();
    Tensor m = AdamRule.mix(in.slots().get(0), g, beta1);
    Tensor u = in.slots().get(1).mul(beta2).maximum(g.abs());
    Tensor correction = Np.subtract(1, Np.power(beta1, in.step()));
    Tensor move = m.mul(in.learningRate()).div(u.add(epsilon).mul(correction));
    return new Output(in.weight().sub(move), List.of(m, u));
  }
}
