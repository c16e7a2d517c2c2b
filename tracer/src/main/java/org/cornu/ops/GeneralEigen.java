package org.cornu.ops;

import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.F1;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/**
 * Eigenvalues and vectors of one complex matrix: reduction to Hessenberg's form by reflections,
 * then QR iterations with Wilkinson's shift until it is triangular, then back substitution.
 */
final class GeneralEigen {
  /** Iterations for each eigenvalue, on average, before giving up. */
  private static final int MOST_STEPS = 60;

  private GeneralEigen() {}

  /** Eigenvalues {@code [n]} and vectors of length 1 as columns {@code [n, n]}. */
  static List<Tensor> of(Tensor a) {
    return DIFFERENTIABLE.apply(a);
  }

  private static final F1<Tensor, List<Tensor>> DIFFERENTIABLE =
      Transforms.customJvp(
          GeneralEigen::solve,
          (a, da) -> {
            List<Tensor> out = solve(a);
            Tensor w = out.get(0);
            Tensor v = out.get(1);
            long n = w.shape().dim(0);
            Tensor inner = LinalgSolve.solveMatrix(v, Matrices.product(da, v));
            Shape square = Shape.of(n, n);
            Tensor eye = Matrices.eye(w.dtype(), n, n);
            Tensor gaps =
                Lax.sub(Lax.broadcastInDim(w, square, 1), Lax.broadcastInDim(w, square, 0));
            Tensor inverse = Lax.sub(Lax.div(Dims.constant(eye, 1), Lax.add(eye, gaps)), eye);
            Tensor dv = Matrices.product(v, Lax.mul(inverse, inner));
            // Vectors keep length 1: what points along them is taken away.
            Tensor along = Np.sum(Lax.mul(Lax.conj(v), dv), 0);
            dv = Lax.sub(dv, Matrices.scaleColumns(v, along));
            return new Transforms.Jvp<>(out, List.of(Matrices.diagonal(inner), dv));
          });

  private record Similar(Tensor h, Tensor z) {}

  private static List<Tensor> solve(Tensor a) {
    int n = a.size(0);
    if (n == 0) {
      return List.of(Lax.full(a.dtype(), 0, 0), a);
    }
    Similar schur = triangular(hessenberg(a));
    Tensor w = Matrices.diagonal(schur.h());
    Tensor v = Matrices.product(schur.z(), vectors(schur.h(), w));
    Tensor size = Np.abs(v);
    Tensor length = Lax.sqrt(Np.sum(Lax.mul(size, size), 0));
    return List.of(w, Matrices.scaleColumns(v, Lax.div(Dims.constant(length, 1), length)));
  }

  /** {@code h = zᴴ a z}, zero below the first subdiagonal. */
  private static Similar hessenberg(Tensor a) {
    int n = a.size(0);
    Tensor eye = Matrices.eye(a.dtype(), n, n);
    if (n < 3) {
      return new Similar(a, eye);
    }
    Tensor rows = Lax.iota(DType.I32, n);
    DType dtype = a.dtype();
    return Lax.foriLoop(
        0,
        n - 2,
        (Tensor k, Similar s) -> {
          Tensor at = Dims.broadcastTo(k, rows.shape());
          Tensor column = Matrices.column(s.h(), k);
          Tensor lead = Matrices.element(column, Lax.add(k, Lax.full(DType.I32, 1)));
          Tensor open = Lax.select(Lax.gt(rows, at), column, Dims.constant(column, 0));
          Tensor size = Lax.abs(open);
          Tensor norm = Lax.sqrt(Np.sum(Lax.mul(size, size)));
          Tensor none = Lax.eq(norm, Dims.constant(norm, 0));
          Tensor leadSize = Lax.abs(lead);
          Tensor flat = Lax.eq(leadSize, Dims.constant(leadSize, 0));
          Tensor one = Lax.full(dtype, 1);
          Tensor phase =
              Lax.select(
                  flat,
                  one,
                  Lax.div(
                      lead,
                      Lax.convertElementType(
                          Lax.select(flat, Dims.constant(leadSize, 1), leadSize), dtype)));
          // v = x + phase |x| e, so that nothing cancels.
          Tensor shift = Lax.mul(phase, Lax.convertElementType(norm, dtype));
          Tensor isLead = Lax.eq(rows, Lax.add(at, Dims.constant(at, 1)));
          Tensor vector =
              Lax.select(isLead, Lax.add(open, Dims.broadcastTo(shift, open.shape())), open);
          Tensor lengths = Lax.abs(vector);
          Tensor square = Np.sum(Lax.mul(lengths, lengths));
          Tensor factor =
              Lax.select(
                  none,
                  Dims.constant(square, 0),
                  Lax.div(
                      Lax.full(square.dtype(), 2),
                      Lax.select(none, Dims.constant(square, 1), square)));
          Tensor beta = Dims.broadcastTo(Lax.convertElementType(factor, dtype), vector.shape());
          Tensor scaled = Lax.mul(vector, beta);
          Tensor left = Lax.conj(Matrices.times(Matrices.adjoint(s.h()), vector));
          Tensor h = Lax.sub(s.h(), Matrices.outer(scaled, left));
          Tensor right = Matrices.times(h, vector);
          h = Lax.sub(h, Matrices.outer(right, Lax.conj(scaled)));
          Tensor turned = Matrices.times(s.z(), vector);
          Tensor z = Lax.sub(s.z(), Matrices.outer(turned, Lax.conj(scaled)));
          return new Similar(h, z);
        },
        new Similar(a, eye));
  }

  private record Iteration(Tensor h, Tensor z, Tensor high, Tensor steps, Tensor total) {}

  private static Similar triangular(Similar start) {
    int n = start.h().size(0);
    if (n == 1) {
      return start;
    }
    Tensor clean = Matrices.upper(start.h(), -1);
    Tensor zero = Lax.full(DType.I32, 0);
    Tensor most = Lax.full(DType.I32, MOST_STEPS * n);
    Iteration end =
        Lax.whileLoop(
            (Iteration s) -> Lax.bitwiseAnd(Lax.gt(s.high(), zero), Lax.lt(s.total(), most)),
            (Iteration s) -> {
              Tensor one = Lax.full(DType.I32, 1);
              Tensor below = Lax.sub(s.high(), one);
              Tensor a = at(s.h(), below, below);
              Tensor b = at(s.h(), below, s.high());
              Tensor c = at(s.h(), s.high(), below);
              Tensor d = at(s.h(), s.high(), s.high());
              Tensor scale = Lax.add(Lax.abs(a), Lax.abs(d));
              Tensor whole = Np.max(Lax.abs(s.h()));
              Tensor reference = Lax.select(Lax.eq(scale, Dims.constant(scale, 0)), whole, scale);
              double epsilon = Limits.epsilon(s.h().dtype());
              Tensor small =
                  Lax.le(Lax.abs(c), Lax.mul(reference, Dims.constant(reference, epsilon)));
              Similar next = step(s, shift(a, b, c, d, s.steps()));
              Tensor cleared = without(s.h(), s.high(), below);
              return new Iteration(
                  select(small, cleared, next.h()),
                  select(small, s.z(), next.z()),
                  Lax.select(small, below, s.high()),
                  Lax.select(small, zero, Lax.add(s.steps(), one)),
                  Lax.add(s.total(), one));
            },
            new Iteration(clean, start.z(), Lax.full(DType.I32, n - 1), zero, zero));
    return new Similar(Matrices.upper(end.h(), 0), end.z());
  }

  private static Tensor select(Tensor flag, Tensor x, Tensor y) {
    return Lax.select(Dims.broadcastTo(flag, x.shape()), x, y);
  }

  private static Tensor at(Tensor x, Tensor i, Tensor j) {
    return Lax.reshape(Lax.dynamicSlice(x, List.of(i, j), 1, 1));
  }

  private static Tensor without(Tensor x, Tensor i, Tensor j) {
    return Lax.dynamicUpdateSlice(x, Lax.full(x.dtype(), 0, 1, 1), List.of(i, j));
  }

  /** The eigenvalue of the last two rows that is nearer to the last element; at times another. */
  private static Tensor shift(Tensor a, Tensor b, Tensor c, Tensor d, Tensor steps) {
    Tensor half = Dims.constant(a, 0.5);
    Tensor middle = Lax.mul(Lax.add(a, d), half);
    Tensor difference = Lax.mul(Lax.sub(a, d), half);
    Tensor root = Lax.sqrt(Lax.add(Lax.mul(difference, difference), Lax.mul(b, c)));
    Tensor first = Lax.add(middle, root);
    Tensor second = Lax.sub(middle, root);
    Tensor nearer =
        Lax.select(Lax.le(Lax.abs(Lax.sub(first, d)), Lax.abs(Lax.sub(second, d))), first, second);
    Tensor ten = Dims.constant(steps, 10);
    Tensor stuck =
        Lax.bitwiseAnd(
            Lax.eq(Lax.rem(steps, ten), Dims.constant(steps, 0)),
            Lax.gt(steps, Dims.constant(steps, 0)));
    Tensor exceptional =
        Lax.add(
            Lax.convertElementType(Lax.abs(c), a.dtype()),
            Lax.convertElementType(Lax.abs(d), a.dtype()));
    return Lax.select(stuck, exceptional, nearer);
  }

  private record Rows(Tensor h, Tensor cosines, Tensor sines) {}

  /**
   * One QR iteration of the rows up to the current one: {@code (h - shift) = q r -> r q + shift}.
   */
  private static Similar step(Iteration s, Tensor shift) {
    int n = s.h().size(0);
    DType dtype = s.h().dtype();
    Tensor diagonal = Matrices.eye(dtype, n, n);
    Tensor offset = Lax.mul(diagonal, Dims.broadcastTo(shift, diagonal.shape()));
    Rows rows =
        Lax.foriLoop(
            0,
            n - 1,
            (Tensor k, Rows r) -> {
              Tensor next = Lax.add(k, Lax.full(DType.I32, 1));
              Tensor a = at(r.h(), k, k);
              Tensor b = at(r.h(), next, k);
              Tensor sizeA = Lax.abs(a);
              Tensor sizeB = Lax.abs(b);
              Tensor length = NpArithmetic.hypot(sizeA, sizeB);
              Tensor idle =
                  Lax.bitwiseOr(Lax.eq(length, Dims.constant(length, 0)), Lax.ge(k, s.high()));
              Tensor safe =
                  Lax.convertElementType(Lax.select(idle, Dims.constant(length, 1), length), dtype);
              Tensor c = Lax.select(idle, Lax.full(dtype, 1), Lax.div(a, safe));
              Tensor d = Lax.select(idle, Lax.full(dtype, 0), Lax.div(b, safe));
              Tensor x = Matrices.row(r.h(), k);
              Tensor y = Matrices.row(r.h(), next);
              Tensor newX = Lax.add(times(Lax.conj(c), x), times(Lax.conj(d), y));
              Tensor newY = Lax.sub(times(c, y), times(d, x));
              Tensor h = withRow(withRow(r.h(), k, newX), next, newY);
              return new Rows(
                  h,
                  Lax.dynamicUpdateSlice(r.cosines(), Lax.reshape(c, 1), List.of(k)),
                  Lax.dynamicUpdateSlice(r.sines(), Lax.reshape(d, 1), List.of(k)));
            },
            new Rows(
                Lax.sub(s.h(), offset), Lax.full(dtype, 1, n - 1L), Lax.full(dtype, 0, n - 1L)));
    // Columns of h and z are rotated together, stacked.
    Tensor both = Lax.concatenate(List.of(rows.h(), s.z()), 0);
    Tensor rotated =
        Lax.foriLoop(
            0,
            n - 1,
            (Tensor k, Tensor m) -> {
              Tensor next = Lax.add(k, Lax.full(DType.I32, 1));
              Tensor c = Matrices.element(rows.cosines(), k);
              Tensor d = Matrices.element(rows.sines(), k);
              Tensor x = Matrices.column(m, k);
              Tensor y = Matrices.column(m, next);
              Tensor newX = Lax.add(times(c, x), times(d, y));
              Tensor newY = Lax.sub(times(Lax.conj(c), y), times(Lax.conj(d), x));
              return Matrices.withColumn(Matrices.withColumn(m, k, newX), next, newY);
            },
            both);
    return new Similar(
        Lax.add(Matrices.rows(rotated, 0, n), offset), Matrices.rows(rotated, n, 2L * n));
  }

  private static Tensor times(Tensor scalar, Tensor vector) {
    return Lax.mul(Dims.broadcastTo(scalar, vector.shape()), vector);
  }

  private static Tensor withRow(Tensor x, Tensor k, Tensor row) {
    Tensor zero = Lax.full(DType.I32, 0);
    return Lax.dynamicUpdateSlice(x, Lax.reshape(row, 1, row.shape().dim(0)), List.of(k, zero));
  }

  /** Vectors of a triangular matrix as columns with 1 on the diagonal, from the last row up. */
  private static Tensor vectors(Tensor t, Tensor w) {
    int n = t.size(0);
    double epsilon = Limits.epsilon(t.dtype());
    Tensor largest = Np.max(Lax.abs(t));
    Tensor least =
        Lax.max(
            Lax.mul(largest, Dims.constant(largest, epsilon)),
            Dims.constant(largest, t.dtype() == DType.C128 ? 1e-290 : 1e-30));
    Tensor columns = Lax.iota(DType.I32, n);
    Tensor strict = Matrices.upper(t, 1);
    return Lax.foriLoop(
        0,
        n,
        (Tensor i, Tensor x) -> {
          Tensor k = Lax.sub(Lax.full(DType.I32, n - 1), i);
          Tensor sum = Matrices.times(Lax.transpose(x, 1, 0), Matrices.row(strict, k));
          Tensor gap = Lax.sub(w, Dims.broadcastTo(Matrices.element(w, k), w.shape()));
          Tensor close = Lax.lt(Lax.abs(gap), Dims.broadcastTo(least, columns.shape()));
          Tensor limit =
              Lax.convertElementType(Dims.broadcastTo(least, columns.shape()), t.dtype());
          Tensor value = Lax.div(sum, Lax.select(close, limit, gap));
          Tensor at = Dims.broadcastTo(k, columns.shape());
          Tensor row =
              Lax.select(
                  Lax.gt(columns, at),
                  value,
                  Lax.select(
                      Lax.eq(columns, at), Dims.constant(value, 1), Dims.constant(value, 0)));
          return withRow(x, k, row);
        },
        Lax.full(t.dtype(), 0, n, n));
  }
}
