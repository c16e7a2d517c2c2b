package org.cornu.ops;

import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** The part of {@link Linalg} about norms, powers and exponentials. */
abstract sealed class LinalgNorm extends LinalgSpectral permits Linalg {

  /** Euclid's norm of all elements; 0 passes no derivative. */
  public static Tensor norm(Tensor x) {
    return norm(x, null, false);
  }

  /**
   * A norm.
   *
   * @param order of vectors (one axis): a number, {@code 0} counts, infinities take the largest or
   *     smallest; of matrices (two axes): {@code "fro"}, {@code "nuc"}, 1, -1, 2, -2 or an
   *     infinity; null for Euclid's or Frobenius' norm
   * @param axes one or two; none means all elements, or the only one or two axes when an order is
   *     given
   */
  public static Tensor norm(Tensor x, @Nullable Object order, boolean keepdims, int... axes) {
    return Composed.of(
        x,
        w -> {
          DType dtype = Promotion.inexact(w.dtype());
          Tensor v = Lax.convertElementType(w, dtype);
          if (axes.length == 0 && order == null) {
            return euclid(v, keepdims, Dims.range(v.rank()));
          }
          int[] at = axes.length == 0 ? Dims.range(v.rank()) : Dims.ordered("norm", axes, v.rank());
          return switch (at.length) {
            case 1 -> ofVectors(v, order, keepdims, at[0]);
            case 2 -> ofMatrices(v, order, keepdims, at);
            default ->
                throw new OpException(
                    "norm: one axis of vectors or two of matrices are needed: got ["
                        + Dims.text(at)
                        + "] of "
                        + w.type().brief());
          };
        });
  }

  private static Tensor euclid(Tensor x, boolean keepdims, int... axes) {
    if (axes.length == 0) {
      return Np.abs(x);
    }
    Tensor square = x.dtype().isComplex() ? Lax.real(Lax.mul(x, Lax.conj(x))) : Lax.mul(x, x);
    Tensor sum = Np.sum(square, keepdims, axes);
    // The root has no derivative at 0: 0 is taken.
    Tensor zero = Lax.eq(sum, Dims.constant(sum, 0));
    Tensor safe = Lax.select(zero, Dims.constant(sum, 1), sum);
    return Lax.select(zero, sum, Lax.sqrt(safe));
  }

  private static Tensor ofVectors(Tensor x, @Nullable Object order, boolean keepdims, int axis) {
    if (order == null) {
      return euclid(x, keepdims, axis);
    }
    if (!(order instanceof Number number)) {
      throw new OpException("norm: the order of vectors is a number: got '" + order + "'");
    }
    double p = number.doubleValue();
    Tensor size = Np.abs(x);
    if (p == Double.POSITIVE_INFINITY) {
      return Np.max(size, keepdims, axis);
    } else if (p == Double.NEGATIVE_INFINITY) {
      return Np.min(size, keepdims, axis);
    } else if (p == 0) {
      Tensor flags = Lax.convertElementType(NpElementwise.nonzeroMask(x), size.dtype());
      return Np.sum(flags, keepdims, axis);
    } else if (p == 1) {
      return Np.sum(size, keepdims, axis);
    } else if (p == 2) {
      return euclid(x, keepdims, axis);
    }
    Tensor sum = Np.sum(Np.power(size, p), keepdims, axis);
    return Np.power(sum, 1 / p);
  }

  private static Tensor ofMatrices(Tensor x, @Nullable Object order, boolean keepdims, int[] axes) {
    if (order == null || order.equals("fro") || order.equals("f")) {
      return euclid(x, keepdims, axes);
    }
    int row = axes[0];
    int column = axes[1];
    if (order.equals("nuc")) {
      return kept(Np.sum(singular(x, axes), -1), x, keepdims, axes);
    }
    if (!(order instanceof Number number)) {
      throw new OpException(
          "norm: the order of matrices is fro, nuc or a number: got '" + order + "'");
    }
    double p = number.doubleValue();
    if (Math.abs(p) == 2) {
      Tensor s = singular(x, axes);
      Tensor out = p > 0 ? Np.max(s, -1) : Np.min(s, -1);
      return kept(out, x, keepdims, axes);
    }
    boolean columns = Math.abs(p) == 1;
    if (!columns && !Double.isInfinite(p)) {
      throw new OpException("norm: matrices have no norm of order " + order);
    }
    Tensor sums = Np.sum(Np.abs(x), true, columns ? row : column);
    int over = columns ? column : row;
    Tensor out = p > 0 ? Np.max(sums, true, over) : Np.min(sums, true, over);
    return keepdims ? out : Np.squeeze(out, axes);
  }

  private static Tensor singular(Tensor x, int[] axes) {
    int rank = x.rank();
    return svdvals(Np.moveaxis(x, axes, new int[] {rank - 2, rank - 1}));
  }

  private static Tensor kept(Tensor reduced, Tensor x, boolean keepdims, int[] axes) {
    if (!keepdims) {
      return reduced;
    }
    return NpReduction.restore(reduced, x.shape(), axes);
  }

  /** Condition number: the ratio of the largest to the smallest singular value. */
  public static Tensor cond(Tensor x) {
    return Composed.of(
        x,
        v -> {
          Tensor s = svdvals(v);
          return Lax.div(Np.max(s, -1), Np.min(s, -1));
        });
  }

  /** A square matrix to the power of a whole number; negative ones invert it. */
  public static Tensor matrixPower(Tensor x, int n) {
    Matrices.requireSquare("matrixPower", x);
    return matrices(
        "matrixPower",
        x,
        a -> {
          long size = a.shape().dim(0);
          Tensor eye = Matrices.eye(a.dtype(), size, size);
          Tensor square = n < 0 ? solveMatrix(a, eye) : a;
          Tensor out = eye;
          for (int bits = Math.abs(n); bits > 0; bits >>= 1) {
            if ((bits & 1) == 1) {
              out = Matrices.product(out, square);
            }
            if (bits > 1) {
              square = Matrices.product(square, square);
            }
          }
          return out;
        });
  }

  /** The inverse of a tensor whose first {@code split} axes count as the rows of a matrix. */
  public static Tensor tensorinv(Tensor x, int split) {
    long[] rows = x.shape().slice(0, split).dims();
    long[] columns = x.shape().slice(split, x.rank()).dims();
    Tensor matrix = Np.reshape(x, java.util.Arrays.stream(rows).reduce(1, (a, b) -> a * b), -1);
    return Np.reshape(
        inv(matrix),
        org.cornu.stablehlo.ir.Shape.of(columns)
            .concat(org.cornu.stablehlo.ir.Shape.of(rows))
            .dims());
  }

  /** Solves {@code tensordot(a, x, x.rank) = b}. */
  public static Tensor tensorsolve(Tensor a, Tensor b) {
    long[] rest = a.shape().slice(b.rank(), a.rank()).dims();
    Tensor matrix = Np.reshape(a, b.count(), -1);
    return Np.reshape(solve(matrix, Np.ravel(b)), rest);
  }

  /** Solves {@code a x = b} from a factor of Cholesky's, upper or lower, of {@code a}. */
  public static Tensor choSolve(Tensor factor, Tensor b, boolean upper) {
    Tensor l = upper ? adjoint(factor) : factor;
    return solveTriangular(adjoint(l), solveTriangular(l, b, true), false);
  }

  /** Matrices along the diagonal of a larger one, zeros beside them; vectors count as rows. */
  public static Tensor blockDiag(List<Tensor> xs) {
    if (xs.isEmpty()) {
      throw new OpException("blockDiag: at least one matrix is needed: got none");
    }
    int columns = xs.stream().mapToInt(x -> x.rank() == 0 ? 1 : x.size(-1)).sum();
    List<Tensor> rows = new java.util.ArrayList<>();
    int before = 0;
    for (Tensor given : xs) {
      Tensor x = given.rank() < 2 ? Np.reshape(given, 1, -1) : given;
      int after = columns - before - x.size(-1);
      rows.add(Np.pad(x, new int[][] {{0, 0}, {before, after}}));
      before += x.size(-1);
    }
    return Np.concatenate(rows, 0);
  }

  /** The matrix with constant diagonals, from its first column and first row. */
  public static Tensor toeplitz(Tensor column, Tensor row) {
    int m = column.size(0);
    int n = row.size(0);
    Tensor all = Np.concatenate(List.of(Np.flip(column, 0), Np.get(row, Index.slice(1, null))), 0);
    int[] places = new int[m * n];
    java.util.Arrays.setAll(places, i -> m - 1 - i / n + i % n);
    Tensor at =
        Lax.constant(
            org.cornu.stablehlo.ir.Literal.ofLongs(
                org.cornu.stablehlo.ir.TensorType.of(DType.I32, m, n),
                java.util.Arrays.stream(places).asLongStream().toArray()));
    return Np.take(all, at);
  }

  /**
   * The product of several matrices, multiplied in the cheapest order; the first may be a row, the
   * last a column.
   */
  public static Tensor multiDot(List<Tensor> xs) {
    if (xs.isEmpty()) {
      throw new OpException("multiDot: at least one matrix is needed: got none");
    }
    int n = xs.size();
    boolean row = xs.get(0).rank() == 1;
    boolean column = xs.get(n - 1).rank() == 1;
    StringBuilder subscripts = new StringBuilder();
    for (int i = 0; i < n; i++) {
      subscripts.append(i == 0 ? "" : ",");
      subscripts.append(i == 0 && row ? "" : String.valueOf((char) ('a' + i)));
      subscripts.append(i == n - 1 && column ? "" : String.valueOf((char) ('b' + i)));
    }
    subscripts.append("->").append(row ? "" : "a");
    subscripts.append(column ? "" : String.valueOf((char) ('a' + n)));
    return Np.einsum(subscripts.toString(), xs.toArray(new Tensor[0]));
  }

  /** Coefficients of Padé's approximation of degree 13 of the exponential, the lowest first. */
  private static final double[] PADE = {
    64764752532480000.0,
    32382376266240000.0,
    7771770303897600.0,
    1187353796428800.0,
    129060195264000.0,
    10559470521600.0,
    670442572800.0,
    33522128640.0,
    1323241920.0,
    40840800.0,
    960960.0,
    16380.0,
    182.0,
    1.0
  };

  private static final int MOST_SQUARINGS = 32;

  /** Exponential of square matrices, by Padé's approximation, scaling and squaring. */
  public static Tensor expm(Tensor x) {
    Matrices.requireSquare("expm", x);
    return matrices("expm", x, LinalgNorm::exponential);
  }

  private static Tensor exponential(Tensor a) {
    long n = a.shape().dim(0);
    Tensor norm = org.cornu.tracer.Transforms.stopGradient(Np.max(Np.sum(Np.abs(a), 0)));
    double reach = a.dtype().real() == DType.F64 ? 5.371920351148152 : 3.92572478313866;
    Tensor wanted = Lax.ceil(Np.log2(Lax.div(norm, Dims.constant(norm, reach))));
    Tensor squarings =
        Np.clip(
            Lax.select(Np.isfinite(wanted), wanted, Dims.constant(wanted, 0)), 0.0, MOST_SQUARINGS);
    Tensor scale =
        Np.ldexp(
            Dims.constant(squarings, 1), Lax.convertElementType(Lax.neg(squarings), DType.I32));
    Tensor b = Lax.mul(a, Dims.broadcastTo(Lax.convertElementType(scale, a.dtype()), a.shape()));
    Tensor eye = Matrices.eye(a.dtype(), n, n);
    Tensor b2 = Matrices.product(b, b);
    Tensor b4 = Matrices.product(b2, b2);
    Tensor b6 = Matrices.product(b4, b2);
    Tensor high = sum(PADE[13], b6, PADE[11], b4, PADE[9], b2);
    Tensor low = sum(PADE[7], b6, PADE[5], b4, PADE[3], b2);
    Tensor u =
        Matrices.product(
            b,
            Lax.add(
                Lax.add(Matrices.product(b6, high), low),
                Lax.mul(eye, Dims.constant(eye, PADE[1]))));
    high = sum(PADE[12], b6, PADE[10], b4, PADE[8], b2);
    low = sum(PADE[6], b6, PADE[4], b4, PADE[2], b2);
    Tensor v =
        Lax.add(
            Lax.add(Matrices.product(b6, high), low), Lax.mul(eye, Dims.constant(eye, PADE[0])));
    Tensor r = solveMatrix(Lax.sub(v, u), Lax.add(u, v));
    Tensor count = Lax.convertElementType(squarings, DType.I32);
    return Lax.foriLoop(
        0,
        MOST_SQUARINGS,
        (Tensor i, Tensor e) ->
            Lax.select(Dims.broadcastTo(Lax.lt(i, count), e.shape()), Matrices.product(e, e), e),
        r);
  }

  private static Tensor sum(double a, Tensor x, double b, Tensor y, double c, Tensor z) {
    return Lax.add(
        Lax.add(Lax.mul(x, Dims.constant(x, a)), Lax.mul(y, Dims.constant(y, b))),
        Lax.mul(z, Dims.constant(z, c)));
  }
}
