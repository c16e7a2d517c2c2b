package org.cornu.optim;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;

/**
 * RMSprop (Tieleman and Hinton 2012): the gradient over the root of its moving mean square.
 *
 * @param rho share of the old mean square that stays
 * @param momentum share of the last move that is repeated; 0 for none
 * @param epsilon added to the mean square, inside the root
 * @param centered whether to divide by the deviation from the mean gradient instead
 */
public record RmspropRule(double rho, double momentum, double epsilon, boolean centered)
    implements UpdateRule {
  @Override
  public List<Slot> slots(Shape shape) {
    List<Slot> slots = new ArrayList<>();
    slots.add(Slot.zeros("velocity", shape).inBlock());
    if (momentum > 0) {
      slots.add(Slot.zeros("momentum", shape).inBlock());
    }
    if (centered) {
      slots.add(Slot.zeros("average_gradient", shape).inBlock());
    }
    return slots;
  }

  @Override
  public Output update(Input in) {
    Tensor g = in.gradient();
    List<Tensor> slots = new ArrayList<>(in.slots());
    Tensor velocity = slots.get(0).mul(rho).add(g.square().mul(1 - rho));
    slots.set(0, velocity);
    Tensor denominator = velocity;
    if (centered) {
      int last = slots.size() - 1;
      Tensor average = slots.get(last).mul(rho).add(g.mul(1 - rho));
      slots.set(last, average);
      denominator = velocity.sub(average.square());
    }
    Tensor move = g.mul(in.learningRate()).div(denominator.add(epsilon).sqrt());
    if (momentum > 0) {
      move = slots.get(1).mul(momentum).add(move);
      slots.set(1, move);
    }
    return new Output(in.weight().sub(move), slots);
  }
}
