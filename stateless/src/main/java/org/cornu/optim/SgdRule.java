package org.cornu.optim;

import java.util.List;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;

/**
 * Gradient descent, with momentum {@code v = m v - lr g; w += v} (Nesterov: {@code w += m v - lr
 * g}).
 *
 * @param momentum share of the last move that is repeated; 0 for none
 * @param nesterov whether to look ahead along the momentum
 */
public record SgdRule(double momentum, boolean nesterov) implements UpdateRule {
  @Override
  public List<Slot> slots(Shape shape) {
    return momentum == 0 ? List.of() : List.of(Slot.zeros("momentum", shape));
  }

  @Override
  public Output update(Input in) {
    Tensor step = in.gradient().mul(in.learningRate());
    if (momentum == 0) {
      return new Output(in.weight().sub(step), List.of());
    }
    Tensor v = in.slots().get(0).mul(momentum).sub(step);
    Tensor move = nesterov ? v.mul(momentum).sub(step) : v;
    return new Output(in.weight().add(move), List.of(v));
  }
}
