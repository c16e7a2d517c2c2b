package org.cornu.optim;

import java.util.List;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;

/**
 * Adafactor (Shazeer and Stern 2018): mean squares of matrices kept as means of rows and columns.
 *
 * @param beta2Decay power of the step by which the share of the new squares falls
 * @param epsilon1 added to the squares
 * @param epsilon2 least size of the weight that scales the move
 * @param clipThreshold root mean square of the move from which on it is scaled down
 * @param relativeStep whether the learning rate is limited to {@code 1 / sqrt(step)} once more
 */
public record AdafactorRule(
    double beta2Decay, double epsilon1, double epsilon2, double clipThreshold, boolean relativeStep)
    implements UpdateRule {
  @Override
  public List<Slot> slots(Shape shape) {
    Slot velocity = Slot.zeros("velocity", shape);
    if (shape.rank() < 2) { // Keras keeps two unused whole numbers here
      return List.of(
          Slot.zeros("r", Shape.of()).as(DType.I32),
          Slot.zeros("c", Shape.of()).as(DType.I32),
          velocity);
    }
    return List.of(
        Slot.zeros("r", shape.remove(shape.rank() - 1)),
        Slot.zeros("c", shape.remove(shape.rank() - 2)),
        velocity);
  }

  @Override
  public Output update(Input in) {
    Tensor w = in.weight();
    Tensor g = in.gradient();
    Tensor limit = Np.divide(1, in.step().sqrt());
    Tensor rate = relativeStep ? in.learningRate().minimum(limit) : in.learningRate();
    Tensor size = rms(w).maximum(epsilon2).mul(rate.minimum(limit));
    Tensor squares = g.square().add(epsilon1);
    Tensor kept = Np.subtract(1, in.step().pow(beta2Decay));
    Tensor rest = Np.subtract(1, kept);
    Tensor r = in.slots().get(0);
    Tensor c = in.slots().get(1);
    Tensor v = in.slots().get(2);
    if (w.rank() >= 2) {
      r = r.mul(kept).add(squares.mean(-1).mul(rest));
      c = c.mul(kept).add(squares.mean(-2).mul(rest));
      v = r.div(r.mean(true, -1)).expandDims(-1).mul(c.expandDims(-2));
    } else {
      v = v.mul(kept).add(squares.mul(rest));
    }
    Tensor u = g.div(v.sqrt());
    Tensor clipped = u.div(rms(u).div(clipThreshold).maximum(1L));
    return new Output(w.sub(clipped.mul(size)), List.of(r, c, v));
  }

  private static Tensor rms(Tensor x) {
    return x.square().mean().sqrt();
  }
}
