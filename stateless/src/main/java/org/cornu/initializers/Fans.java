package org.cornu.initializers;

import java.util.List;
import org.cornu.stablehlo.ir.Shape;
import org.jspecify.annotations.Nullable;

/** Number of inputs and outputs of one unit of a weight, by Keras' rules for shapes. */
record Fans(double in, double out) {
  static Fans of(
      Shape shape, @Nullable List<Integer> inputAxes, @Nullable List<Integer> outputAxes) {
    if (inputAxes != null && outputAxes != null) {
      return new Fans(count(shape, inputAxes), count(shape, outputAxes));
    }
    int rank = shape.rank();
    if (rank == 0) {
      return new Fans(1, 1);
    }
    if (rank == 1) {
      return new Fans(shape.dim(0), shape.dim(0));
    }
    double receptive = shape.slice(0, rank - 2).count();
    return new Fans(shape.dim(-2) * receptive, shape.dim(-1) * receptive);
  }

  private static double count(Shape shape, List<Integer> axes) {
    double count = 1;
    for (int axis : axes) {
      count *= shape.dim(axis);
    }
    return count;
  }
}
