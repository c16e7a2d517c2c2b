package org.cornu.optim;

import java.util.List;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;

/**
 * Adam (Kingma and Ba 2014): moving averages of the gradient and its square. Epsilon is added after
 * the correction of the step size, as in Keras ("epsilon hat" of the paper).
 *
 * @param beta1 share of the old mean that stays
 * @param beta2 share of the old mean square that stays
 * @param epsilon added to the root of the mean square
 * @param amsgrad whether to divide by the largest mean square so far
 */
public record AdamRule(double beta1, double beta2, double epsilon, boolean amsgrad)
    implements UpdateRule {
  @Override
  public List<Slot> slots(Shape shape) {
    Slot momentum = Slot.zeros("momentum", shape);
    Slot velocity = Slot.zeros("velocity", shape);
    return amsgrad
        ? List.of(momentum, velocity, Slot.zeros("velocity_hat", shape).inBlock())
        : List.of(momentum, velocity);
  }

  @Override
  public Output update(Input in) {
    Tensor g = in.gradient();
    Tensor m = mix(in.slots().get(0), g, beta1);
    Tensor v = mix(in.slots().get(1), g.square(), beta2);
    Tensor correction1 = Np.subtract(1, Np.power(beta1, in.step()));
    Tensor correction2 = Np.subtract(1, Np.power(beta2, in.step()));
    Tensor alpha = in.learningRate().mul(correction2.sqrt()).div(correction1);
    Tensor largest = amsgrad ? in.slots().get(2).maximum(v) : v;
    Tensor weight = in.weight().sub(m.mul(alpha).div(largest.sqrt().add(epsilon)));
    return new Output(weight, amsgrad ? List.of(m, v, largest) : List.of(m, v));
  }

  /** The moving average {@code old} moved towards {@code next} by {@code 1 - kept}. */
  static Tensor mix(Tensor old, Tensor next, double kept) {
    return old.add(next.sub(old).mul(1 - kept));
  }
}
