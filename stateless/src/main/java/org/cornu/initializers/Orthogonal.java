package org.cornu.initializers;

import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Composed;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.ops.Random;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A random matrix with orthonormal columns, or rows where it is wide (Saxe et al. 2013). More
 * dimensions are flattened into the rows.
 */
public final class Orthogonal extends SeededInitializer {
  private static final Option<Double> GAIN = Option.real("gain").defaultTo(1.0);

  static final Spec SPEC =
      Spec.of("keras.initializers", "Orthogonal")
          .options(GAIN, SEED)
          .aliases("OrthogonalInitializer")
          .create(Orthogonal::new);

  /** With gain 1 and a seed drawn once. */
  public Orthogonal() {
    super(SPEC);
  }

  /**
   * Makes an initializer.
   *
   * @param gain factor of the matrix
   * @param seed null draws one
   */
  public Orthogonal(double gain, @Nullable Long seed) {
    this();
    set(GAIN, gain);
    set(SEED, seed);
  }

  @Override
  public Tensor apply(Shape shape, DType dtype) {
    if (shape.rank() < 2) {
      throw new OpException(
          "Orthogonal: the shape must have at least two dimensions: got " + shape);
    }
    long columns = shape.dim(-1);
    long rows = shape.count() / Math.max(1, columns);
    return Composed.of(
        key(),
        key -> {
          Tensor a = Random.normal(key, dtype, Math.max(rows, columns), Math.min(rows, columns));
          Tensor q = orthonormal(Lax.convertElementType(a, DType.F32));
          Tensor placed = rows < columns ? q.transpose() : q;
          return Lax.convertElementType(placed.reshape(shape.dims()).mul(get(GAIN)), dtype);
        });
  }

  /**
   * The factor Q of the QR decomposition whose R has a positive diagonal, column by column: each is
   * freed twice of its parts along the columns before it, which makes it orthogonal to rounding.
   */
  private static Tensor orthonormal(Tensor a) {
    long rows = a.shape().dim(0);
    return Lax.foriLoop(
        0,
        a.size(1),
        (j, q) -> {
          List<Tensor> at = List.of(Lax.fullLike(j, 0), j);
          Tensor v = Lax.dynamicSlice(a, at, rows, 1);
          for (int pass = 0; pass < 2; pass++) {
            v = v.sub(q.matmul(q.transpose().matmul(v)));
          }
          return Lax.dynamicUpdateSlice(q, v.div(v.square().sum().sqrt()), at);
        },
        Np.zerosLike(a));
  }
}
