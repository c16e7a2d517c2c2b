package org.cornu.ops;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.F1;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/**
 * LU decomposition of one matrix with partial pivoting: {@code a[permutation] = L U}. Panels of
 * columns are eliminated one column at a time; what lies right of a panel is updated by a
 * triangular solve and one product.
 */
final class LuDecomposition {
  /** Columns of a panel. */
  private static final int BLOCK = 64;

  private LuDecomposition() {}

  /**
   * L (below the diagonal, which is 1) and U in one matrix; the row exchanged with each row, i32;
   * and the permutation of the rows, i32.
   */
  static List<Tensor> of(Tensor a) {
    return DIFFERENTIABLE.apply(a);
  }

  private static final F1<Tensor, List<Tensor>> DIFFERENTIABLE =
      Transforms.customJvp(
          LuDecomposition::factor,
          (a, da) -> {
            List<Tensor> out = factor(a);
            return new Transforms.Jvp<>(
                out,
                List.of(tangent(out.get(0), Np.take(da, out.get(2), 0)), out.get(1), out.get(2)));
          });

  private static Tensor tangent(Tensor lu, Tensor dx) {
    long m = lu.shape().dim(0);
    long n = lu.shape().dim(1);
    long k = Math.min(m, n);
    Tensor zero = Lax.full(lu.dtype(), 0);
    Tensor l =
        Lax.pad(
            Matrices.lower(Matrices.columns(lu, 0, k), -1),
            zero,
            new long[2],
            new long[] {0, m - k},
            new long[2]);
    l = Lax.add(l, Matrices.eye(lu.dtype(), m, m));
    Tensor u =
        Lax.pad(
            Matrices.upper(Matrices.rows(lu, 0, k), 0),
            zero,
            new long[2],
            new long[] {n - k, 0},
            new long[2]);
    Tensor corner =
        Lax.pad(
            Matrices.eye(lu.dtype(), n - k, n - k),
            zero,
            new long[] {k, k},
            new long[2],
            new long[2]);
    u = Lax.add(u, corner);
    Tensor inner = Matrices.solveRight(u, Matrices.solve(l, dx, true, true), false, false);
    return Lax.add(
        Matrices.product(l, Matrices.lower(inner, -1)),
        Matrices.product(Matrices.upper(inner, 0), u));
  }

  private record Panel(Tensor matrix, Tensor pivots, Tensor permutation) {}

  private static List<Tensor> factor(Tensor a) {
    long m = a.shape().dim(0);
    long n = a.shape().dim(1);
    long k = Math.min(m, n);
    if (k == 0) {
      return List.of(a, Lax.full(DType.I32, 0, 0), Lax.iota(DType.I32, m));
    }
    if (k <= BLOCK) {
      Panel p = panel(a);
      return List.of(p.matrix(), p.pivots(), p.permutation());
    }
    Tensor rest = a;
    Tensor permutation = Lax.iota(DType.I32, m);
    List<Tensor> pivots = new ArrayList<>();
    // Rows above the current block are finished.
    for (long start = 0; start < k; start += BLOCK) {
      long width = Math.min(BLOCK, k - start);
      long end = start + width;
      Panel p = panel(Lax.slice(rest, new long[] {start, start}, new long[] {m, end}));
      pivots.add(Np.add(p.pivots(), start));
      Tensor below = Np.take(Matrices.rows(rest, start, m), p.permutation(), 0);
      permutation =
          concatenate(
              0,
              Lax.sliceInDim(permutation, 0, start, 1, 0),
              Np.take(Lax.sliceInDim(permutation, start, m, 1, 0), p.permutation(), 0));
      Tensor left = Matrices.columns(below, 0, start);
      if (end == n) {
        rest = concatenate(0, Matrices.rows(rest, 0, start), concatenate(1, left, p.matrix()));
        continue;
      }
      Tensor right = Matrices.columns(below, end, n);
      Tensor unit = Matrices.rows(p.matrix(), 0, width);
      Tensor top = Matrices.solve(unit, Matrices.rows(right, 0, width), true, true);
      Tensor bottom =
          Lax.sub(
              Matrices.rows(right, width, m - start),
              Matrices.product(Matrices.rows(p.matrix(), width, m - start), top));
      Tensor updated = concatenate(1, left, p.matrix(), concatenate(0, top, bottom));
      rest = concatenate(0, Matrices.rows(rest, 0, start), updated);
    }
    return List.of(rest, Lax.concatenate(pivots, 0), permutation);
  }

  private static Tensor concatenate(int axis, Tensor... parts) {
    List<Tensor> present = new ArrayList<>();
    for (Tensor part : parts) {
      if (part.shape().dim(axis) > 0) {
        present.add(part);
      }
    }
    return present.size() == 1 ? present.get(0) : Lax.concatenate(present, axis);
  }

  private static Panel panel(Tensor a) {
    int m = a.size(0);
    int n = a.size(1);
    int steps = Math.min(m, n);
    Tensor rows = Lax.iota(DType.I32, m);
    Tensor columns = Lax.iota(DType.I32, n);
    return Lax.foriLoop(
        0,
        steps,
        (Tensor k, Panel p) -> {
          Tensor at = Dims.broadcastTo(k, rows.shape());
          Tensor size = Np.abs(Matrices.column(p.matrix(), k));
          Tensor open = Lax.select(Lax.ge(rows, at), size, Dims.constant(size, -1));
          Tensor best = Np.argmax(open, 0);
          Tensor bestRow = Matrices.row(p.matrix(), best);
          Tensor thisRow = Matrices.row(p.matrix(), k);
          Tensor isThis = Lax.eq(rows, at);
          Tensor isBest = Lax.eq(rows, Dims.broadcastTo(best, rows.shape()));
          Tensor swapped = spread(isThis, bestRow, spread(isBest, thisRow, p.matrix()));
          Tensor permutation =
              Lax.select(
                  isThis,
                  Dims.broadcastTo(Matrices.element(p.permutation(), best), rows.shape()),
                  Lax.select(
                      isBest,
                      Dims.broadcastTo(Matrices.element(p.permutation(), k), rows.shape()),
                      p.permutation()));
          Tensor pivot = Matrices.element(bestRow, k);
          Tensor usable = Lax.ne(pivot, Lax.full(pivot.dtype(), 0));
          Tensor divisor = Lax.select(usable, pivot, Lax.full(pivot.dtype(), 1));
          Tensor column = Matrices.column(swapped, k);
          Tensor below = Lax.gt(rows, at);
          Tensor factors =
              Lax.select(
                  below,
                  Lax.div(column, Dims.broadcastTo(divisor, column.shape())),
                  Dims.constant(column, 0));
          Tensor right =
              Lax.select(
                  Lax.gt(columns, Dims.broadcastTo(k, columns.shape())),
                  bestRow,
                  Dims.constant(bestRow, 0));
          Tensor eliminated = Lax.sub(swapped, Matrices.outer(factors, right));
          Tensor kept = Matrices.withColumn(eliminated, k, Lax.select(below, factors, column));
          Tensor pivots = Lax.dynamicUpdateSlice(p.pivots(), Lax.reshape(best, 1), List.of(k));
          return new Panel(kept, pivots, permutation);
        },
        new Panel(a, Lax.full(DType.I32, 0, steps), rows));
  }

  /** {@code row} in the rows where the flag holds, else what is there. */
  private static Tensor spread(Tensor flags, Tensor row, Tensor otherwise) {
    return Lax.select(
        Lax.broadcastInDim(flags, otherwise.shape(), 0),
        Lax.broadcastInDim(row, otherwise.shape(), 1),
        otherwise);
  }

  /** Solves {@code a x = b} with the decomposition of a. */
  static Tensor solve(Tensor lu, Tensor permutation, Tensor b) {
    Tensor y = Matrices.solve(lu, Np.take(b, permutation, 0), true, true);
    return Matrices.solve(lu, y, false, false);
  }

  /** The sign of the permutation, 1 or -1, from the exchanges. */
  static Tensor sign(Tensor pivots, DType dtype) {
    Tensor moved = Lax.ne(pivots, Lax.iota(DType.I32, pivots.shape().dim(0)));
    Tensor count = Np.sum(Lax.convertElementType(moved, DType.I32));
    Tensor odd = Lax.bitwiseAnd(count, Lax.full(DType.I32, 1));
    Tensor isOdd = Lax.eq(odd, Lax.full(DType.I32, 1));
    return Lax.select(isOdd, Lax.full(dtype, -1), Lax.full(dtype, 1));
  }
}
