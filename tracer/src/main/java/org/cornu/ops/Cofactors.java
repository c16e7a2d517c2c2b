package org.cornu.ops;

import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.F1;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/**
 * The adjugate of one square matrix, {@code a adj(a) = det(a) I}, singular matrices included:
 * elimination with full pivoting brings a pivot of zero to the last place, where it is not divided
 * by.
 */
final class Cofactors {
  private Cofactors() {}

  /** {@code adj(a)}, whose transpose is the derivative of the determinant. */
  static Tensor adjugate(Tensor a) {
    return DIFFERENTIABLE.apply(a);
  }

  /** Its own derivative is that of {@code det(a) a⁻¹}, and needs an inverse. */
  private static final F1<Tensor, Tensor> DIFFERENTIABLE =
      Transforms.customJvp(
          Cofactors::eliminate,
          (a, da) -> {
            Tensor adjugate = eliminate(a);
            Tensor moved = Matrices.product(adjugate, da);
            long n = a.shape().dim(0);
            Tensor trace = Dims.broadcastTo(Np.trace(moved), moved.shape());
            Tensor left = Lax.sub(Lax.mul(Matrices.eye(a.dtype(), n, n), trace), moved);
            Tensor tangent =
                Matrices.adjoint(
                    LinalgSolve.solveMatrix(Matrices.adjoint(a), Matrices.adjoint(left)));
            return new Transforms.Jvp<>(adjugate, tangent);
          });

  /** The matrix with its rows and columns moved, which stood where, and the sign of the moves. */
  private record State(Tensor matrix, Tensor rows, Tensor columns, Tensor sign) {}

  private static Tensor eliminate(Tensor a) {
    int n = a.size(0);
    DType dtype = a.dtype();
    Tensor places = Lax.iota(DType.I32, n);
    State end =
        Lax.foriLoop(0, n, Cofactors::step, new State(a, places, places, Lax.full(dtype, 1)));
    Tensor diagonal = Matrices.diagonal(end.matrix());
    Tensor head = Lax.mul(end.sign(), Np.prod(Lax.sliceInDim(diagonal, 0, n - 1, 1, 0)));
    Tensor det = Lax.mul(head, Lax.reshape(Lax.sliceInDim(diagonal, n - 1, n, 1, 0)));
    // U x = det y, where the last row is divided by its pivot beforehand.
    Tensor y = Matrices.solve(end.matrix(), Matrices.eye(dtype, n, n), true, true);
    Tensor isLast = Lax.eq(places, Dims.constant(places, n - 1));
    Tensor scale =
        Lax.select(
            isLast, Dims.broadcastTo(head, places.shape()), Dims.broadcastTo(det, places.shape()));
    Tensor corner =
        Lax.mul(
            Matrices.outer(cast(isLast, dtype), cast(isLast, dtype)),
            Dims.broadcastTo(
                Lax.sub(Lax.full(dtype, 1), Lax.reshape(Lax.sliceInDim(diagonal, n - 1, n, 1, 0))),
                a.shape()));
    Tensor upper = Lax.add(end.matrix(), corner);
    Tensor x = Matrices.solve(upper, Matrices.scaleRows(y, scale), false, false);
    Tensor none = Dims.broadcastTo(Lax.eq(head, Lax.full(dtype, 0)), x.shape());
    Tensor inner = Lax.select(none, Dims.constant(x, 0), x);
    return Np.take(Np.take(inner, Np.argsort(end.columns()), 0), Np.argsort(end.rows()), 1);
  }

  private static Tensor cast(Tensor flags, DType dtype) {
    return Lax.convertElementType(flags, dtype);
  }

  private static State step(Tensor k, State s) {
    int n = s.matrix().size(0);
    Tensor places = Lax.iota(DType.I32, n);
    Tensor at = Dims.broadcastTo(k, places.shape());
    Tensor open = Lax.ge(places, at);
    Tensor size = Np.abs(s.matrix());
    Tensor both =
        Lax.bitwiseAnd(
            Lax.broadcastInDim(open, size.shape(), 0), Lax.broadcastInDim(open, size.shape(), 1));
    Tensor best =
        Np.argmax(Lax.reshape(Lax.select(both, size, Dims.constant(size, -1)), (long) n * n), 0);
    Tensor row = Lax.div(best, Lax.full(DType.I32, n));
    Tensor column = Lax.rem(best, Lax.full(DType.I32, n));
    Tensor rowOrder = exchanged(places, k, row);
    Tensor columnOrder = exchanged(places, k, column);
    Tensor matrix = Np.take(Np.take(s.matrix(), rowOrder, 0), columnOrder, 1);
    Tensor even = Lax.eq(Lax.eq(row, k), Lax.eq(column, k));
    Tensor sign = Lax.select(even, s.sign(), Lax.neg(s.sign()));
    Tensor pivotRow = Matrices.row(matrix, k);
    Tensor pivot = Matrices.element(pivotRow, k);
    Tensor usable = Lax.ne(pivot, Lax.full(pivot.dtype(), 0));
    Tensor divisor = Lax.select(usable, pivot, Lax.full(pivot.dtype(), 1));
    Tensor pivotColumn = Matrices.column(matrix, k);
    Tensor after = Lax.gt(places, at);
    Tensor zero = Dims.constant(pivotColumn, 0);
    Tensor factors =
        Lax.select(after, Lax.div(pivotColumn, Dims.broadcastTo(divisor, places.shape())), zero);
    Tensor eliminated = Lax.sub(matrix, Matrices.outer(factors, Lax.select(after, pivotRow, zero)));
    return new State(
        Matrices.withColumn(eliminated, k, Lax.select(after, factors, pivotColumn)),
        Np.take(s.rows(), rowOrder, 0),
        Np.take(s.columns(), columnOrder, 0),
        sign);
  }

  /** The places, with two of them exchanged. */
  private static Tensor exchanged(Tensor places, Tensor i, Tensor j) {
    Tensor first = Dims.broadcastTo(i, places.shape());
    Tensor second = Dims.broadcastTo(j, places.shape());
    return Lax.select(
        Lax.eq(places, first), second, Lax.select(Lax.eq(places, second), first, places));
  }
}
