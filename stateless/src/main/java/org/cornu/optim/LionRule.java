package org.cornu.optim;

import java.util.List;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;

/**
 * Lion (Chen et al. 2023): moves by the sign of a blend of gradient and momentum.
 *
 * @param beta1 share of the momentum in the blend
 * @param beta2 share of the old momentum that stays
 */
public record LionRule(double beta1, double beta2) implements UpdateRule {
  @Override
  public List<Slot> slots(Shape shape) {
    return List.of(Slot.zeros("momentum", shape));
  }

  @Override
  public Output update(Input in) {
    Tensor m = in.slots().get(0);
    Tensor g = in.gradient();
    Tensor sign = m.mul(beta1).add(g.mul(1 - beta1)).sign();
    return new Output(
        in.weight().sub(sign.mul(in.learningRate())), List.of(m.mul(beta2).add(g.mul(1 - beta2))));
  }
}
