package org.cornu.optim;

import java.util.List;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;

/**
 * Adadelta (Zeiler 2012): moves of the size of the moves before, over the size of the gradients.
 *
 * @param rho share of the old mean squares that stays
 * @param epsilon added to both mean squares, inside the roots
 */
public record AdadeltaRule(double rho, double epsilon) implements UpdateRule {
  @Override
  public List<Slot> slots(Shape shape) {
    return List.of(
        Slot.zeros("accumulated_grad", shape), Slot.zeros("accumulated_delta_var", shape));
  }

  @Override
  public Output update(Input in) {
    Tensor g = in.gradient();
    Tensor squares = in.slots().get(0).mul(rho).add(g.square().mul(1 - rho));
    Tensor moves = in.slots().get(1);
    Tensor delta = moves.add(epsilon).sqrt().mul(g).div(squares.add(epsilon).sqrt()).neg();
    Tensor movesNext = moves.mul(rho).add(delta.square().mul(1 - rho));
    return new Output(in.weight().add(delta.mul(in.learningRate())), List.of(squares, movesNext));
  }
}
