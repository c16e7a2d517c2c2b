package org.cornu.ops;

import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.F1;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/**
 * Singular values and vectors of one matrix by Hestenes' method: after a QR decomposition, columns
 * of R are rotated in pairs, half of all pairs at once, until all are orthogonal. Their lengths are
 * the singular values.
 */
final class SingularValues {
  private static final int MOST_SWEEPS = 30;

  private SingularValues() {}

  /** {@code U [m, k], s [k] descending, Vᴴ [k, n]} with {@code k = min(m, n)}. */
  static List<Tensor> thin(Tensor a) {
    return THIN.apply(a);
  }

  /**
   * {@code U [m, m], s [k], Vᴴ [n, n]}. What completes the vectors is free to turn in itself: its
   * derivative is the one that does not.
   */
  static List<Tensor> full(Tensor a) {
    return a.size(0) == a.size(1) ? THIN.apply(a) : FULL.apply(a);
  }

  private static final F1<Tensor, List<Tensor>> FULL =
      Transforms.customJvp(
          a -> solve(a, true),
          (a, da) -> {
            List<Tensor> out = solve(a, true);
            long k = out.get(1).shape().dim(0);
            Tensor u = out.get(0);
            Tensor v = Matrices.adjoint(out.get(2));
            List<Tensor> moved =
                tangent(
                    Matrices.columns(u, 0, k),
                    out.get(1),
                    Matrices.adjoint(Matrices.columns(v, 0, k)),
                    da);
            Tensor du = completed(u, moved.get(0));
            Tensor dv = completed(v, Matrices.adjoint(moved.get(2)));
            return new Transforms.Jvp<>(out, List.of(du, moved.get(1), Matrices.adjoint(dv)));
          });

  /** The tangent of all vectors, which stay orthonormal, from that of the first ones. */
  private static Tensor completed(Tensor all, Tensor first) {
    long n = all.shape().dim(1);
    long k = first.shape().dim(1);
    if (n == k) {
      return first;
    }
    Tensor rest = Matrices.columns(all, k, n);
    Tensor mixed = Matrices.product(Matrices.adjoint(first), rest);
    Tensor others = Lax.neg(Matrices.product(Matrices.columns(all, 0, k), mixed));
    return Lax.concatenate(List.of(first, others), 1);
  }

  private static final F1<Tensor, List<Tensor>> THIN =
      Transforms.customJvp(
          a -> solve(a, false),
          (a, da) -> {
            List<Tensor> out = solve(a, false);
            return new Transforms.Jvp<>(out, tangent(out.get(0), out.get(1), out.get(2), da));
          });

  private static List<Tensor> tangent(Tensor u, Tensor s, Tensor vt, Tensor da) {
    long k = s.shape().dim(0);
    DType dtype = u.dtype();
    Tensor v = Matrices.adjoint(vt);
    Tensor ut = Matrices.adjoint(u);
    Tensor inner = Matrices.product(ut, Matrices.product(da, v));
    Tensor ds = Np.real(Matrices.diagonal(inner));
    org.cornu.stablehlo.ir.Shape square = org.cornu.stablehlo.ir.Shape.of(k, k);
    Tensor across = Lax.broadcastInDim(s, square, 1);
    Tensor down = Lax.broadcastInDim(s, square, 0);
    Tensor eye = Matrices.eye(s.dtype(), k, k);
    Tensor gaps = Lax.mul(Lax.add(across, down), Lax.sub(across, down));
    Tensor f =
        Lax.convertElementType(
            Lax.sub(Lax.div(Dims.constant(eye, 1), Lax.add(gaps, eye)), eye), dtype);
    Tensor left = Matrices.scaleColumns(inner, s);
    Tensor right = Matrices.scaleRows(inner, s);
    Tensor zero = Lax.eq(s, Dims.constant(s, 0));
    Tensor inverse =
        Lax.select(
            zero,
            Dims.constant(s, 0),
            Lax.div(Dims.constant(s, 1), Lax.select(zero, Dims.constant(s, 1), s)));
    Tensor skew = Lax.mul(Lax.sub(inner, Matrices.adjoint(inner)), Dims.constant(inner, 0.5));
    Tensor phases = Lax.mul(skew, Matrices.scaleColumns(Matrices.eye(dtype, k, k), inverse));
    Tensor du =
        Matrices.product(u, Lax.add(Lax.mul(f, Lax.add(left, Matrices.adjoint(left))), phases));
    Tensor dv = Matrices.product(v, Lax.mul(f, Lax.add(right, Matrices.adjoint(right))));
    long m = u.shape().dim(0);
    long n = v.shape().dim(0);
    if (m > k) {
      Tensor rest = Matrices.product(da, v);
      rest = Lax.sub(rest, Matrices.product(u, Matrices.product(ut, rest)));
      du = Lax.add(du, Matrices.scaleColumns(rest, inverse));
    }
    if (n > k) {
      Tensor rest = Matrices.product(Matrices.adjoint(da), u);
      rest = Lax.sub(rest, Matrices.product(v, Matrices.product(vt, rest)));
      dv = Lax.add(dv, Matrices.scaleColumns(rest, inverse));
    }
    return List.of(du, ds, Matrices.adjoint(dv));
  }

  private static List<Tensor> solve(Tensor a, boolean full) {
    long m = a.shape().dim(0);
    long n = a.shape().dim(1);
    if (m < n) {
      List<Tensor> out = solve(Matrices.adjoint(a), full);
      return List.of(Matrices.adjoint(out.get(2)), out.get(1), Matrices.adjoint(out.get(0)));
    }
    if (n == 0) {
      return List.of(
          Matrices.eye(a.dtype(), m, full ? m : 0),
          Lax.full(a.dtype().real(), 0, 0),
          Lax.full(a.dtype(), 0, 0, 0));
    }
    List<Tensor> qr = full ? QrDecomposition.complete(a) : QrDecomposition.reduced(a);
    Tensor q = qr.get(0);
    Tensor r = Matrices.rows(qr.get(1), 0, n);
    List<Tensor> inner = orthogonalized(r);
    Tensor columns = inner.get(0);
    Tensor v = inner.get(1);
    Tensor s = lengths(columns);
    Tensor order = Np.argsort(Lax.neg(s));
    s = Np.take(s, order, 0);
    columns = Np.take(columns, order, 1);
    v = Np.take(v, order, 1);
    Tensor u = Matrices.product(Matrices.columns(q, 0, n), directions(columns, s));
    if (m > n && full) {
      u = Lax.concatenate(List.of(u, Matrices.columns(q, n, m)), 1);
    }
    return List.of(u, s, Matrices.adjoint(v));
  }

  private static Tensor lengths(Tensor columns) {
    Tensor size = Np.abs(columns);
    Tensor largest = Np.max(size, true, 0);
    Tensor zero = Lax.eq(largest, Dims.constant(largest, 0));
    Tensor scale = Lax.select(zero, Dims.constant(largest, 1), largest);
    Tensor ratio = Np.divide(size, scale);
    Tensor sum = Np.sum(Lax.mul(ratio, ratio), 0);
    return Lax.mul(Lax.sqrt(sum), Lax.reshape(scale, scale.shape().dim(1)));
  }

  /**
   * Unit vectors along columns; those of (nearly) zero length are made orthogonal to the others.
   */
  private static Tensor directions(Tensor columns, Tensor s) {
    long n = s.shape().dim(0);
    double epsilon = Limits.epsilon(s.dtype());
    Tensor top = Lax.sliceInDim(s, 0, 1, 1, 0);
    Tensor bound = Lax.mul(top, Dims.constant(top, n * epsilon * 1e-2));
    Tensor usable = Lax.gt(s, Dims.broadcastTo(bound, s.shape()));
    Tensor divisor = Lax.select(usable, s, Dims.constant(s, 1));
    Tensor unit =
        Matrices.scaleColumns(
            columns,
            Lax.select(usable, Lax.div(Dims.constant(s, 1), divisor), Dims.constant(s, 0)));
    List<Tensor> qr = QrDecomposition.reduced(unit);
    Tensor lead = Matrices.diagonal(qr.get(1));
    Tensor size = Np.abs(lead);
    Tensor one = Dims.constant(lead, 1);
    Tensor phase =
        Lax.select(
            usable,
            Lax.div(
                lead,
                Lax.convertElementType(
                    Lax.select(usable, size, Dims.constant(size, 1)), lead.dtype())),
            one);
    Tensor completed = Matrices.scaleColumns(qr.get(0), phase);
    return Lax.select(Lax.broadcastInDim(usable, unit.shape(), 1), unit, completed);
  }

  /** Halves of the columns being rotated, and of the vectors rotated along. */
  private record State(Tensor left, Tensor right, Tensor v, Tensor w, Tensor worst) {}

  private record Loop(State state, Tensor sweep) {}

  /** Columns of {@code r v} that are orthogonal, and {@code v}. */
  private static List<Tensor> orthogonalized(Tensor r) {
    int n = r.size(1);
    if (n == 1) {
      return List.of(r, Matrices.eye(r.dtype(), 1, 1));
    }
    int even = n + n % 2;
    Tensor padded =
        Lax.pad(r, Lax.full(r.dtype(), 0), new long[2], new long[] {0, even - n}, new long[2]);
    Tensor eye = Matrices.eye(r.dtype(), even, even);
    int k = even / 2;
    double tolerance = Limits.epsilon(r.dtype()) * Math.max(4, Math.sqrt(n));
    Tensor zero = Lax.full(r.dtype().real(), 0);
    Loop end =
        Lax.whileLoop(
            (Loop l) ->
                Lax.bitwiseAnd(
                    Lax.gt(l.state().worst(), Lax.full(r.dtype().real(), tolerance)),
                    Lax.lt(l.sweep(), Lax.full(DType.I32, MOST_SWEEPS))),
            (Loop l) -> {
              State s = l.state();
              State fresh = new State(s.left(), s.right(), s.v(), s.w(), zero);
              return new Loop(
                  Lax.foriLoop(0, even - 1, (Tensor i, State t) -> round(t), fresh),
                  Lax.add(l.sweep(), Lax.full(DType.I32, 1)));
            },
            new Loop(
                new State(
                    Matrices.columns(padded, 0, k),
                    Matrices.columns(padded, k, even),
                    Matrices.columns(eye, 0, k),
                    Matrices.columns(eye, k, even),
                    Lax.full(r.dtype().real(), 1)),
                Lax.full(DType.I32, 0)));
    State s = end.state();
    Tensor columns = Lax.concatenate(List.of(s.left(), s.right()), 1);
    Tensor v = Lax.concatenate(List.of(s.v(), s.w()), 1);
    return List.of(Matrices.columns(columns, 0, n), Matrices.rows(Matrices.columns(v, 0, n), 0, n));
  }

  private static Tensor columnDots(Tensor x, Tensor y) {
    return Np.sum(Lax.mul(Matrices.conj(x), y), 0);
  }

  private static State round(State s) {
    Tensor right = s.right();
    Tensor w = s.w();
    Tensor p = Np.real(columnDots(s.left(), s.left()));
    Tensor r = Np.real(columnDots(right, right));
    Tensor q = columnDots(s.left(), right);
    if (q.dtype().isComplex()) {
      Tensor size = Lax.abs(q);
      Tensor none = Lax.eq(size, Dims.constant(size, 0));
      Tensor safe =
          Lax.convertElementType(Lax.select(none, Dims.constant(size, 1), size), q.dtype());
      Tensor back = Lax.conj(Lax.select(none, Dims.constant(q, 1), Lax.div(q, safe)));
      right = Matrices.scaleColumns(right, back);
      w = Matrices.scaleColumns(w, back);
      q = size;
    }
    // Relative to the lengths, so that short columns become orthogonal as well as long ones.
    Tensor scale = Lax.mul(Lax.sqrt(p), Lax.sqrt(r));
    Tensor none = Lax.le(scale, Dims.constant(scale, 0));
    Tensor angle =
        Lax.select(
            none,
            Dims.constant(q, 0),
            Lax.div(Lax.abs(q), Lax.select(none, Dims.constant(scale, 1), scale)));
    Tensor skip =
        Lax.bitwiseOr(none, Lax.le(angle, Dims.constant(angle, Limits.epsilon(q.dtype()))));
    Tournament.Rotation g = Tournament.rotation(p, q, r, skip);
    Tensor newLeft = minus(s.left(), right, g);
    Tensor newRight = plus(s.left(), right, g);
    Tensor newV = minus(s.v(), w, g);
    Tensor newW = plus(s.v(), w, g);
    List<Tensor> columns = Tournament.move(newLeft, newRight, 1);
    List<Tensor> vectors = Tournament.move(newV, newW, 1);
    return new State(
        columns.get(0),
        columns.get(1),
        vectors.get(0),
        vectors.get(1),
        Lax.max(s.worst(), Np.max(angle)));
  }

  private static Tensor minus(Tensor x, Tensor y, Tournament.Rotation g) {
    return Lax.sub(Matrices.scaleColumns(x, g.cosine()), Matrices.scaleColumns(y, g.sine()));
  }

  private static Tensor plus(Tensor x, Tensor y, Tournament.Rotation g) {
    return Lax.add(Matrices.scaleColumns(x, g.sine()), Matrices.scaleColumns(y, g.cosine()));
  }
}
