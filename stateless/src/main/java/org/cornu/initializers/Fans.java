package org.cornu.initializers;

import org.cornu.stablehlo.ir.Shape;

/** Number of inputs and outputs of one unit of a weight, by Keras' rules for shapes. */
record Fans(double in, double out) {
  static Fans of(Shape shape) {
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
}
