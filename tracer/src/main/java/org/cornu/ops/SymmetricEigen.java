package org.cornu.ops;

import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.F1;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/**
 * Eigenvalues and vectors of one symmetric or Hermitian matrix by Jacobi's method: half of all
 * pairs are rotated at once, until what stands off the diagonal is negligible. The matrix is kept
 * as four quarters, so that a pair is one element of each.
 */
final class SymmetricEigen {
  private static final int MOST_SWEEPS = 20;

  private SymmetricEigen() {}

  /** Eigenvalues ascending {@code [n]}, real, and vectors as columns {@code [n, n]}. */
  static List<Tensor> of(Tensor a) {
    return DIFFERENTIABLE.apply(a);
  }

  private static final F1<Tensor, List<Tensor>> DIFFERENTIABLE =
      Transforms.customJvp(
          SymmetricEigen::solve,
          (a, da) -> {
            List<Tensor> out = solve(a);
            Tensor w = out.get(0);
            Tensor v = out.get(1);
            long n = w.shape().dim(0);
            Tensor inner = Matrices.product(Matrices.adjoint(v), Matrices.product(da, v));
            org.cornu.stablehlo.ir.Shape square = org.cornu.stablehlo.ir.Shape.of(n, n);
            Tensor eye = Matrices.eye(w.dtype(), n, n);
            Tensor gaps =
                Lax.sub(Lax.broadcastInDim(w, square, 1), Lax.broadcastInDim(w, square, 0));
            Tensor inverse = Lax.sub(Lax.div(Dims.constant(eye, 1), Lax.add(eye, gaps)), eye);
            Tensor mixed = Lax.mul(Lax.convertElementType(inverse, inner.dtype()), inner);
            Tensor dw = Np.real(Matrices.diagonal(inner));
            return new Transforms.Jvp<>(out, List.of(dw, Matrices.product(v, mixed)));
          });

  private record Quarters(Tensor tl, Tensor tr, Tensor bl, Tensor br) {
    /** Everyone moves one place on, in rows and columns. */
    Quarters moved() {
      List<Tensor> left = Tournament.move(tl, bl, 0);
      List<Tensor> right = Tournament.move(tr, br, 0);
      List<Tensor> top = Tournament.move(left.get(0), right.get(0), 1);
      List<Tensor> bottom = Tournament.move(left.get(1), right.get(1), 1);
      return new Quarters(top.get(0), top.get(1), bottom.get(0), bottom.get(1));
    }

    Tensor joined() {
      return Lax.concatenate(
          List.of(Lax.concatenate(List.of(tl, tr), 1), Lax.concatenate(List.of(bl, br), 1)), 0);
    }
  }

  private static Quarters quarters(Tensor a) {
    long n = a.shape().dim(0);
    long k = n / 2;
    Tensor top = Matrices.rows(a, 0, k);
    Tensor bottom = Matrices.rows(a, k, n);
    return new Quarters(
        Matrices.columns(top, 0, k),
        Matrices.columns(top, k, n),
        Matrices.columns(bottom, 0, k),
        Matrices.columns(bottom, k, n));
  }

  /** The matrix, and the vectors as the rows of two halves. */
  private record State(Quarters matrix, Tensor top, Tensor bottom) {}

  private record Loop(State state, Tensor sweep) {}

  private static List<Tensor> solve(Tensor a) {
    int n = a.size(0);
    if (n == 0) {
      return List.of(Lax.full(a.dtype().real(), 0, 0), a);
    }
    if (n == 1) {
      return List.of(Np.real(Lax.reshape(a, 1)), Matrices.eye(a.dtype(), 1, 1));
    }
    int even = n + n % 2;
    long extra = even - n;
    Tensor padded =
        Lax.pad(a, Lax.full(a.dtype(), 0), new long[2], new long[] {extra, extra}, new long[2]);
    Tensor vectors = Matrices.eye(a.dtype(), even, even);
    Tensor limit = limit(a);
    Loop end =
        Lax.whileLoop(
            (Loop l) ->
                Lax.bitwiseAnd(
                    Lax.gt(offDiagonal(l.state().matrix()), limit),
                    Lax.lt(l.sweep(), Lax.full(DType.I32, MOST_SWEEPS))),
            (Loop l) ->
                new Loop(
                    Lax.foriLoop(0, even - 1, (Tensor i, State s) -> round(s), l.state()),
                    Lax.add(l.sweep(), Lax.full(DType.I32, 1))),
            new Loop(
                new State(
                    quarters(padded),
                    Matrices.rows(vectors, 0, even / 2),
                    Matrices.rows(vectors, even / 2, even)),
                Lax.full(DType.I32, 0)));
    Tensor w = Np.real(Matrices.diagonal(end.state().matrix().joined()));
    // Rows are the adjoint vectors; what was added stands last, untouched.
    Tensor rows = Lax.concatenate(List.of(end.state().top(), end.state().bottom()), 0);
    w = Lax.sliceInDim(w, 0, n, 1, 0);
    Tensor v = Matrices.adjoint(Matrices.columns(Matrices.rows(rows, 0, n), 0, n));
    Tensor order = Np.argsort(w);
    return List.of(Np.take(w, order, 0), Np.take(v, order, 1));
  }

  /** What the squares off the diagonal may add up to. */
  private static Tensor limit(Tensor a) {
    Tensor size = squares(a);
    double epsilon = Limits.epsilon(a.dtype());
    return Lax.mul(size, Lax.full(size.dtype(), epsilon * epsilon));
  }

  private static Tensor squares(Tensor a) {
    Tensor size = Np.abs(a);
    return Np.sum(Lax.mul(size, size));
  }

  private static Tensor offDiagonal(Quarters q) {
    Tensor eye =
        Lax.convertElementType(
            Matrices.eye(DType.I32, q.tl().shape().dim(0), q.tl().shape().dim(0)), DType.BOOL);
    Tensor tl = Lax.select(eye, Dims.constant(q.tl(), 0), q.tl());
    Tensor br = Lax.select(eye, Dims.constant(q.br(), 0), q.br());
    return Lax.add(Lax.add(squares(tl), squares(br)), Lax.add(squares(q.tr()), squares(q.bl())));
  }

  private static State round(State s) {
    Quarters m = s.matrix();
    Tensor bottom = s.bottom();
    if (m.tl().dtype().isComplex()) {
      // The second of each pair is turned by a phase that makes its common element real.
      Tensor q = Matrices.diagonal(m.tr());
      Tensor size = Lax.abs(q);
      Tensor none = Lax.eq(size, Dims.constant(size, 0));
      Tensor safe =
          Lax.convertElementType(Lax.select(none, Dims.constant(size, 1), size), q.dtype());
      Tensor phase = Lax.select(none, Dims.constant(q, 1), Lax.div(q, safe));
      Tensor back = Lax.conj(phase);
      m =
          new Quarters(
              m.tl(),
              Matrices.scaleColumns(m.tr(), back),
              Matrices.scaleRows(m.bl(), phase),
              Matrices.scaleRows(Matrices.scaleColumns(m.br(), back), phase));
      bottom = Matrices.scaleRows(bottom, phase);
    }
    Tensor p = Np.real(Matrices.diagonal(m.tl()));
    Tensor q = Np.real(Matrices.diagonal(m.tr()));
    Tensor r = Np.real(Matrices.diagonal(m.br()));
    double tiny = m.tl().dtype().real() == DType.F64 ? 1e-300 : 1e-36;
    Tensor skip = Lax.le(Lax.abs(q), Dims.constant(q, tiny));
    Tournament.Rotation g = Tournament.rotation(p, q, r, skip);
    Tensor c = g.cosine();
    Tensor sine = g.sine();
    Tensor tl = minus(m.tl(), m.bl(), c, sine, true);
    Tensor bl = plus(m.tl(), m.bl(), c, sine, true);
    Tensor tr = minus(m.tr(), m.br(), c, sine, true);
    Tensor br = plus(m.tr(), m.br(), c, sine, true);
    Tensor newTl = minus(tl, tr, c, sine, false);
    Tensor newTr = plus(tl, tr, c, sine, false);
    Tensor newBl = minus(bl, br, c, sine, false);
    Tensor newBr = plus(bl, br, c, sine, false);
    Tensor shift = Lax.mul(g.tangent(), q);
    Quarters exact =
        new Quarters(
            withDiagonal(newTl, Lax.sub(p, shift)),
            withDiagonal(newTr, Lax.select(skip, q, Dims.constant(q, 0))),
            withDiagonal(newBl, Lax.select(skip, q, Dims.constant(q, 0))),
            withDiagonal(newBr, Lax.add(r, shift)));
    Tensor top = minus(s.top(), bottom, c, sine, true);
    Tensor low = plus(s.top(), bottom, c, sine, true);
    List<Tensor> moved = Tournament.move(top, low, 0);
    return new State(exact.moved(), moved.get(0), moved.get(1));
  }

  private static Tensor scale(Tensor x, Tensor factors, boolean rows) {
    return rows ? Matrices.scaleRows(x, factors) : Matrices.scaleColumns(x, factors);
  }

  private static Tensor minus(Tensor x, Tensor y, Tensor c, Tensor s, boolean rows) {
    return Lax.sub(scale(x, c, rows), scale(y, s, rows));
  }

  private static Tensor plus(Tensor x, Tensor y, Tensor c, Tensor s, boolean rows) {
    return Lax.add(scale(x, s, rows), scale(y, c, rows));
  }

  private static Tensor withDiagonal(Tensor x, Tensor diagonal) {
    Tensor eye =
        Lax.convertElementType(
            Matrices.eye(DType.I32, x.shape().dim(0), x.shape().dim(1)), DType.BOOL);
    Tensor values = Lax.convertElementType(diagonal, x.dtype());
    return Lax.select(eye, Lax.broadcastInDim(values, x.shape(), 0), x);
  }
}
