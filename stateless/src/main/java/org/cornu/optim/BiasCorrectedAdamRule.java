package org.cornu.optim;

import java.util.List;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;

/**
 * Adam as in algorithm 1 of Kingma and Ba 2014: epsilon stands beside the root of the corrected
 * mean square, as in PyTorch and Optax. {@link AdamRule} has Keras' form.
 *
 * @param beta1 share of the old mean that stays
 * @param beta2 share of the old mean square that stays
 * @param epsilon added to the root of the corrected mean square
 */
public record BiasCorrectedAdamRule(double beta1, double beta2, double epsilon)
    implements UpdateRule {
  @Override
  public List<Slot> slots(Shape shape) {
    return List.of(Slot.zeros("momentum", shape), Slot.zeros("velocity", shape));
  }

  @Override
  public Output update(Input in) {
    Tensor g = in.gradient();
    Tensor m = in.slots().get(0).mul(beta1).add(g.mul(1 - beta1));
    Tensor v = in.slots().get(1).mul(beta2).add(g.square().mul(1 - beta2));
    Tensor mean = m.div(Np.subtract(1, Np.power(beta1, in.step())));
    Tensor square = v.div(Np.subtract(1, Np.power(beta2, in.step())));
    Tensor move = mean.mul(in.learningRate()).div(square.sqrt().add(epsilon));
    return new Output(in.weight().sub(move), List.of(m, v));
  }
}
