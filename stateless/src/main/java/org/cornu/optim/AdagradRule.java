package org.cornu.optim;

import java.util.List;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;

/**
 * Adagrad (Duchi et al. 2011): the gradient over the root of the sum of its squares.
 *
 * @param initial what the sum starts from
 * @param epsilon added to the sum, inside the root
 */
public record AdagradRule(double initial, double epsilon) implements UpdateRule {
  @Override
  public List<Slot> slots(Shape shape) {
    return List.of(Slot.filled("accumulator", shape, initial));
  }

  @Override
  public Output update(Input in) {
    Tensor g = in.gradient();
    Tensor sum = in.slots().get(0).add(g.square());
    Tensor move = g.mul(in.learningRate()).div(sum.add(epsilon).sqrt());
    return new Output(in.weight().sub(move), List.of(sum));
  }
}
