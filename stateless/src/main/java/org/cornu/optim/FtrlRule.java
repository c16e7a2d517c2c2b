package org.cornu.optim;

import java.util.List;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;

/**
 * Follow the regularized leader (McMahan et al. 2013): each update solves for the weight anew.
 *
 * @param learningRatePower power of the sum of squares in the step size; at most 0
 * @param initial what the sum of squares starts from
 * @param l1 strength of the L1 penalty
 * @param l2 strength of the L2 penalty
 * @param l2Shrinkage strength of a penalty on the size of the weight, through the gradient
 * @param beta added to the L2 penalty, over twice the learning rate
 */
public record FtrlRule(
    double learningRatePower, double initial, double l1, double l2, double l2Shrinkage, double beta)
    implements UpdateRule {
  @Override
  public List<Slot> slots(Shape shape) {
    return List.of(Slot.filled("accumulator", shape, initial), Slot.zeros("linear", shape));
  }

  @Override
  public Output update(Input in) {
    Tensor rate = in.learningRate();
    Tensor w = in.weight();
    Tensor old = in.slots().get(0);
    Tensor sum = old.add(in.gradient().square());
    Tensor g = in.gradient().add(w.mul(2 * l2Shrinkage));
    Tensor oldPower = old.pow(-learningRatePower);
    Tensor power = sum.pow(-learningRatePower);
    Tensor linear = in.slots().get(1).add(g.sub(power.sub(oldPower).div(rate).mul(w)));
    Tensor penalty = Np.divide(beta, rate.mul(2.0)).add(l2).mul(2.0);
    Tensor quadratic = power.div(rate).add(penalty);
    Tensor weight = linear.clip(-l1, l1).sub(linear).div(quadratic);
    return new Output(weight, List.of(sum, linear));
  }
}
