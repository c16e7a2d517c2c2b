package org.cornu.ops;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.F1;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/**
 * QR decomposition of one matrix by Householder's reflections, with LAPACK's signs. Panels of
 * columns are reduced one column at a time; their reflections are applied to the rest together, in
 * the form {@code I - V T Vᴴ}.
 */
final class QrDecomposition {
  /** Columns of a panel. */
  private static final int BLOCK = 32;

  private QrDecomposition() {}

  /** Reflections of a panel: vectors as columns with a leading 1, and factors. */
  private record Reflections(Tensor reduced, Tensor vectors, Tensor factors) {}

  /** {@code Q [m, k], R [k, n]} with {@code k = min(m, n)}. */
  static List<Tensor> reduced(Tensor a) {
    // Of wide matrices the loops themselves are differentiated.
    return a.size(0) >= a.size(1) ? REDUCED.apply(a) : factor(a, a.size(0));
  }

  /** {@code Q [m, m], R [m, n]}. */
  static List<Tensor> complete(Tensor a) {
    return a.size(0) == a.size(1) ? REDUCED.apply(a) : factor(a, a.size(0));
  }

  private static final F1<Tensor, List<Tensor>> REDUCED =
      Transforms.customJvp(
          a -> factor(a, a.size(1)),
          (a, da) -> {
            List<Tensor> out = factor(a, a.size(1));
            return new Transforms.Jvp<>(out, tangent(out.get(0), out.get(1), da));
          });

  private static List<Tensor> tangent(Tensor q, Tensor r, Tensor da) {
    Tensor x = Matrices.solveRight(r, da, false, false);
    Tensor inner = Matrices.product(Matrices.adjoint(q), x);
    Tensor low = Matrices.lower(inner, -1);
    Tensor turn = Lax.sub(low, Matrices.adjoint(low));
    if (q.dtype().isComplex()) {
      Tensor eye = Matrices.eye(q.dtype(), r.shape().dim(0), r.shape().dim(0));
      Tensor imaginary = Lax.complex(Dims.constant(Lax.imag(inner), 0), Lax.imag(inner));
      turn = Lax.add(turn, Lax.mul(eye, imaginary));
    }
    Tensor dq = Lax.add(Matrices.product(q, Lax.sub(turn, inner)), x);
    Tensor dr = Matrices.product(Lax.sub(inner, turn), r);
    return List.of(dq, dr);
  }

  /** Q with this many columns, R with as many rows. */
  private static List<Tensor> factor(Tensor a, int columns) {
    long m = a.shape().dim(0);
    long n = a.shape().dim(1);
    long k = Math.min(m, n);
    List<Reflections> panels = new ArrayList<>();
    Tensor rest = a;
    for (long start = 0; start < k; start += BLOCK) {
      long width = Math.min(BLOCK, k - start);
      Tensor below = Lax.slice(rest, new long[] {start, start}, new long[] {m, n});
      Reflections p = panel(Matrices.columns(below, 0, width));
      panels.add(p);
      Tensor right = Matrices.columns(below, width, n - start);
      Tensor updated = p.reduced();
      if (right.shape().dim(1) > 0) {
        updated = Lax.concatenate(List.of(updated, apply(p, right, true)), 1);
      }
      if (start > 0) {
        Tensor left = Matrices.columns(Matrices.rows(rest, start, m), 0, start);
        updated = Lax.concatenate(List.of(left, updated), 1);
        updated = Lax.concatenate(List.of(Matrices.rows(rest, 0, start), updated), 0);
      }
      rest = updated;
    }
    Tensor q = Matrices.eye(a.dtype(), m, columns);
    for (int i = panels.size() - 1; i >= 0; i--) {
      long start = (long) i * BLOCK;
      Tensor below = apply(panels.get(i), Matrices.rows(q, start, m), false);
      q = start == 0 ? below : Lax.concatenate(List.of(Matrices.rows(q, 0, start), below), 0);
    }
    Tensor r = Matrices.upper(Matrices.rows(rest, 0, Math.min(columns, m)), 0);
    return List.of(q, r);
  }

  /** {@code (I - V T Vᴴ) x}, or its adjoint. */
  private static Tensor apply(Reflections p, Tensor x, boolean adjoint) {
    Tensor v = p.vectors();
    Tensor gram = Matrices.product(Matrices.adjoint(v), v);
    Tensor none = Lax.eq(p.factors(), Dims.constant(p.factors(), 0));
    Tensor one = Dims.constant(p.factors(), 1);
    Tensor inverse = Lax.div(one, Lax.select(none, one, p.factors()));
    long k = v.shape().dim(1);
    // T is the inverse of the strict upper triangle of VᴴV with 1/factor on the diagonal; a
    // reflection that does nothing has vector 0, so that any diagonal will do.
    Tensor t =
        Lax.add(
            Matrices.upper(gram, 1), Matrices.scaleColumns(Matrices.eye(v.dtype(), k, k), inverse));
    Tensor projected = Matrices.product(Matrices.adjoint(v), x);
    Tensor solved =
        adjoint
            ? Matrices.solve(Matrices.adjoint(t), projected, true, false)
            : Matrices.solve(t, projected, false, false);
    return Lax.sub(x, Matrices.product(v, solved));
  }

  private static Reflections panel(Tensor a) {
    int m = a.size(0);
    int n = a.size(1);
    DType dtype = a.dtype();
    Tensor rows = Lax.iota(DType.I32, m);
    return Lax.foriLoop(
        0,
        n,
        (Tensor k, Reflections p) -> {
          Tensor at = Dims.broadcastTo(k, rows.shape());
          Tensor column = Matrices.column(p.reduced(), k);
          Tensor alpha = Matrices.element(column, k);
          Tensor below = Lax.select(Lax.gt(rows, at), column, Dims.constant(column, 0));
          Tensor isThis = Lax.eq(rows, at);
          Tensor open = Lax.select(isThis, column, below);
          // Scaled by the largest element, so that squares neither overflow nor vanish.
          Tensor largest = Np.max(Np.abs(open));
          Tensor zero = Lax.full(dtype.real(), 0);
          Tensor scale = Lax.select(Lax.eq(largest, zero), Lax.full(dtype.real(), 1), largest);
          Tensor sizes = Lax.div(Np.abs(open), Dims.broadcastTo(scale, rows.shape()));
          Tensor norm = Lax.mul(scale, Lax.sqrt(Np.sum(Lax.mul(sizes, sizes))));
          Tensor nothing = Lax.eq(Np.max(Np.abs(below)), zero);
          if (dtype.isComplex()) {
            nothing = Lax.bitwiseAnd(nothing, Lax.eq(Lax.imag(alpha), zero));
          }
          Tensor lead = dtype.isComplex() ? Lax.real(alpha) : alpha;
          Tensor signed = Lax.select(Lax.ge(lead, zero), Lax.neg(norm), norm);
          Tensor beta = Lax.select(nothing, alpha, Lax.convertElementType(signed, dtype));
          Tensor one = Lax.full(dtype, 1);
          Tensor safeBeta = Lax.select(nothing, one, beta);
          Tensor factor =
              Lax.select(nothing, Lax.full(dtype, 0), Lax.div(Lax.sub(beta, alpha), safeBeta));
          Tensor divisor = Lax.select(nothing, one, Lax.sub(alpha, beta));
          Tensor tail = Lax.div(below, Dims.broadcastTo(divisor, below.shape()));
          Tensor head = Lax.select(nothing, Lax.full(dtype, 0), one);
          Tensor vector = Lax.select(isThis, Dims.broadcastTo(head, tail.shape()), tail);
          Tensor products = Matrices.times(Matrices.adjoint(p.reduced()), vector);
          Tensor scaled =
              Lax.mul(
                  Matrices.conj(products),
                  Dims.broadcastTo(Matrices.conj(factor), products.shape()));
          Tensor reduced = Lax.sub(p.reduced(), Matrices.outer(vector, scaled));
          Tensor cleared =
              Lax.select(
                  isThis,
                  Dims.broadcastTo(beta, column.shape()),
                  Lax.select(Lax.gt(rows, at), Dims.constant(column, 0), column));
          return new Reflections(
              Matrices.withColumn(reduced, k, cleared),
              Matrices.withColumn(p.vectors(), k, vector),
              Lax.dynamicUpdateSlice(p.factors(), Lax.reshape(factor, 1), List.of(k)));
        },
        new Reflections(a, Lax.full(dtype, 0, m, n), Lax.full(dtype, 0, n)));
  }
}
