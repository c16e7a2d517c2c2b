package org.cornu.optim;

import java.util.List;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;

/**
 * Adam without a schedule (Defazio et al. 2024): the weight lies between a fast iterate, kept in
 * the slot {@code momentum}, and the mean of all fast iterates.
 *
 * @param beta1 share of the mean in the weight
 * @param beta2 share of the old mean square that stays
 * @param epsilon added to the root of the corrected mean square
 * @param warmupSteps steps over which the learning rate rises; 0 for none
 */
public record ScheduleFreeAdamWRule(double beta1, double beta2, double epsilon, int warmupSteps)
    implements UpdateRule {
  @Override
  public List<Slot> slots(Shape shape) {
    return List.of(Slot.copy("momentum", shape), Slot.zeros("velocity", shape));
  }

  @Override
  public Output update(Input in) {
    Tensor g = in.gradient();
    Tensor rate = in.learningRate();
    if (warmupSteps > 0) {
      rate = rate.mul(in.step().div((double) warmupSteps).minimum(1L));
    }
    Tensor oldFast = in.slots().get(0);
    Tensor v = AdamRule.mix(in.slots().get(1), g.square(), beta2);
    Tensor correction = Np.subtract(1, Np.power(beta2, in.step()));
    Tensor fast = oldFast.sub(g.mul(rate).div(v.div(correction).sqrt().add(epsilon)));
    Tensor share = Np.divide(1, in.step());
    Tensor oldMean = in.weight().sub(oldFast.mul(1 - beta1)).div(beta1);
    Tensor mean = oldMean.mul(Np.subtract(1, share)).add(fast.mul(share));
    return new Output(fast.mul(1 - beta1).add(mean.mul(beta1)), List.of(fast, v));
  }
}
