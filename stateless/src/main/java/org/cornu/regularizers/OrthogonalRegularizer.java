package org.cornu.regularizers;

import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/** The mean absolute cosine between the rows, or columns, of a matrix, times a factor. */
public final class OrthogonalRegularizer extends Regularizer {
  private static final Option<Double> FACTOR =
      Option.real32("factor").defaultTo(0.01).nonNegative();
  private static final Option<String> MODE =
      Option.choice("mode", "rows", "columns").defaultTo("rows");

  static final Spec SPEC =
      Spec.of("keras.regularizers", "OrthogonalRegularizer")
          .options(FACTOR, MODE)
          .create(OrthogonalRegularizer::new);

  /** Of rows, with factor 0.01. */
  public OrthogonalRegularizer() {
    super(SPEC);
  }

  /**
   * Makes a regularizer.
   *
   * @param mode {@code rows} or {@code columns}
   */
  public OrthogonalRegularizer(double factor, String mode) {
    this();
    set(FACTOR, factor);
    set(MODE, mode);
  }

  @Override
  public Tensor apply(Tensor x) {
    if (x.rank() != 2) {
      throw new OpException(
          "OrthogonalRegularizer: the weight must be a matrix: got " + x.type().brief());
    }
    Tensor rows = get(MODE).equals("rows") ? x : x.transpose();
    Tensor unit = Nn.normalize(rows, 2, 1e-7, 1);
    int size = rows.size(0);
    Tensor products = unit.matmul(unit.transpose());
    Tensor others = Np.subtract(1, Np.eye(x.dtype(), size, size, 0));
    double pairs = size * (size - 1.0) / 2;
    return Np.sum(Np.abs(products.mul(others))).mul(get(FACTOR) * 0.5).div(pairs);
  }
}
