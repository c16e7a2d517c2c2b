package org.cornu.ops;

import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.F1;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.jspecify.annotations.Nullable;

/** The part of {@link Linalg} about orthogonal factors, eigenvalues, and what rests on them. */
abstract sealed class LinalgSpectral extends LinalgSolve permits LinalgNorm {

  /** QR decomposition. */
  public record Qr(Tensor q, Tensor r) {}

  /**
   * {@code x = Q R} for {@code x [..., m, n]}: Q with orthonormal columns, R upper triangular.
   *
   * @param complete whether Q is {@code [m, m]}; else it has {@code min(m, n)} columns
   */
  public static Qr qr(Tensor x, boolean complete) {
    List<Tensor> out =
        decompositions("qr", x, complete ? QrDecomposition::complete : QrDecomposition::reduced);
    return new Qr(out.get(0), out.get(1));
  }

  /** The reduced QR decomposition. */
  public static Qr qr(Tensor x) {
    return qr(x, false);
  }

  /** Eigenvalues and vectors. */
  public record Eigen(Tensor values, Tensor vectors) {}

  /**
   * Eigenvalues, ascending, and orthonormal vectors as columns of symmetric or Hermitian matrices
   * {@code [..., n, n]}. The derivative of vectors needs distinct values.
   */
  public static Eigen eigh(Tensor x) {
    Matrices.requireSquare("eigh", x);
    List<Tensor> out =
        decompositions(
            "eigh",
            x,
            a ->
                SymmetricEigen.of(Lax.mul(Lax.add(a, Matrices.adjoint(a)), Dims.constant(a, 0.5))));
    return new Eigen(out.get(0), out.get(1));
  }

  /** Eigenvalues, ascending, of symmetric or Hermitian matrices. */
  public static Tensor eigvalsh(Tensor x) {
    return eigh(x).values();
  }

  /** Eigenvalues and vectors of length 1, complex, of square matrices, in no particular order. */
  public static Eigen eig(Tensor x) {
    Matrices.requireSquare("eig", x);
    List<Tensor> out =
        decompositions("eig", x, a -> GeneralEigen.of(Lax.convertElementType(a, DType.C128)));
    return new Eigen(out.get(0), out.get(1));
  }

  /** Eigenvalues, complex, of square matrices, in no particular order. */
  public static Tensor eigvals(Tensor x) {
    return eig(x).values();
  }

  /** Singular value decomposition {@code U diag(s) Vᴴ}. */
  public record Svd(Tensor u, Tensor s, Tensor vh) {}

  /**
   * {@code x = U diag(s) Vᴴ} for {@code x [..., m, n]}, s descending.
   *
   * @param fullMatrices whether U is {@code [m, m]} and Vᴴ {@code [n, n]}; else both have {@code
   *     min(m, n)} vectors
   */
  public static Svd svd(Tensor x, boolean fullMatrices) {
    List<Tensor> out =
        decompositions("svd", x, fullMatrices ? SingularValues::full : SingularValues::thin);
    return new Svd(out.get(0), out.get(1), out.get(2));
  }

  /** Singular values, descending. */
  public static Tensor svdvals(Tensor x) {
    return svd(x, false).s();
  }

  private static final F1<List<Tensor>, Tensor> PINV =
      Transforms.customJvp(
          v -> pseudoInverse(v.get(0), v.get(1)),
          (v, d) -> {
            Tensor a = v.get(0);
            Tensor p = pseudoInverse(a, v.get(1));
            Tensor da = d.get(0);
            Tensor direct = Matrices.product(p, Matrices.product(da, p));
            long m = a.shape().dim(0);
            long n = a.shape().dim(1);
            Tensor left = Lax.sub(Matrices.eye(a.dtype(), m, m), Matrices.product(a, p));
            Tensor right = Lax.sub(Matrices.eye(a.dtype(), n, n), Matrices.product(p, a));
            Tensor pa = Matrices.adjoint(p);
            Tensor daa = Matrices.adjoint(da);
            Tensor first = Matrices.product(p, Matrices.product(pa, Matrices.product(daa, left)));
            Tensor second = Matrices.product(right, Matrices.product(daa, Matrices.product(pa, p)));
            return new Transforms.Jvp<>(p, Lax.sub(Lax.add(first, second), direct));
          });

  private static Tensor pseudoInverse(Tensor a, Tensor rcond) {
    List<Tensor> svd = SingularValues.thin(a);
    Tensor s = svd.get(1);
    Tensor largest = Dims.broadcastTo(Np.max(s, 0.0, false), s.shape());
    Tensor kept = Lax.gt(s, Lax.mul(largest, Dims.broadcastTo(rcond, s.shape())));
    Tensor inverse =
        Lax.select(
            kept,
            Lax.div(Dims.constant(s, 1), Lax.select(kept, s, Dims.constant(s, 1))),
            Dims.constant(s, 0));
    return Matrices.product(
        Matrices.scaleColumns(Matrices.adjoint(svd.get(2)), inverse), Matrices.adjoint(svd.get(0)));
  }

  /**
   * Pseudo-inverse of Moore and Penrose.
   *
   * @param rcond singular values up to this fraction of the largest count as 0; null for {@code 10
   *     max(m, n)} times the precision of the type
   */
  public static Tensor pinv(Tensor x, @Nullable Double rcond) {
    double epsilon = Matrices.epsilon(Promotion.inexact(x.dtype()));
    return matrices(
        "pinv",
        x,
        a -> {
          double least = rcond != null ? rcond : 10.0 * Math.max(a.size(0), a.size(1)) * epsilon;
          return PINV.apply(List.of(a, Lax.full(a.dtype().real(), least)));
        });
  }

  /**
   * The rank: how many singular values exceed a bound.
   *
   * @param tol the bound, or null for {@code max(m, n)} times precision times the largest
   * @return {@code [...]} i32
   */
  public static Tensor matrixRank(Tensor x, @Nullable Double tol) {
    if (x.rank() < 2) {
      return Composed.of(x, v -> Lax.convertElementType(Np.any(v), DType.I32));
    }
    return Composed.of(
        x,
        w -> {
          DType dtype = Promotion.inexact(w.dtype());
          Tensor v = Lax.convertElementType(w, Matrices.working(dtype));
          Tensor s = Transforms.stopGradient(svd(v, false).s());
          Tensor bound =
              tol != null
                  ? Dims.constant(s, tol)
                  : Np.multiply(
                      Np.max(s, 0.0, true, -1),
                      Math.max(v.size(-1), v.size(-2)) * Matrices.epsilon(dtype));
          return Np.sum(Lax.convertElementType(Np.greater(s, bound), DType.I32), -1);
        });
  }

  /**
   * Least-squares solutions of {@code a x = b}, of least length where there are many.
   *
   * @param a {@code [m, n]}
   * @param b {@code [m, k]} or {@code [m]}
   * @param rcond singular values below this fraction of the largest count as 0; null for {@code
   *     max(m, n)} times the precision of the type
   */
  public static Tensor lstsq(Tensor a, Tensor b, @Nullable Double rcond) {
    return Composed.of(
        a,
        b,
        (p, q) -> {
          if (p.rank() != 2 || q.rank() > 2 || q.shape().dim(0) != p.shape().dim(0)) {
            throw new OpException(
                "lstsq: a matrix [m, n] and a right side [m, k] are needed: got "
                    + Dims.briefs(List.of(p, q)));
          }
          DType dtype = Promotion.inexact(Dims.promoted(p, q));
          Tensor[] c = Dims.cast(Matrices.working(dtype), p, q);
          Tensor right = q.rank() == 1 ? Np.expandDims(c[1], 1) : c[1];
          double least =
              rcond != null && rcond >= 0
                  ? rcond
                  : (rcond == null ? Math.max(p.size(0), p.size(1)) : 1) * Matrices.epsilon(dtype);
          List<Tensor> svd = SingularValues.thin(c[0]);
          Tensor s = svd.get(1);
          Tensor largest = Np.max(s, 0.0, false);
          Tensor bound =
              Dims.broadcastTo(Lax.mul(largest, Dims.constant(largest, least)), s.shape());
          Tensor kept = Lax.bitwiseAnd(Lax.gt(s, Dims.constant(s, 0)), Lax.ge(s, bound));
          Tensor inverse =
              Lax.select(
                  kept,
                  Lax.div(Dims.constant(s, 1), Lax.select(kept, s, Dims.constant(s, 1))),
                  Dims.constant(s, 0));
          Tensor projected = Matrices.product(Matrices.adjoint(svd.get(0)), right);
          Tensor out =
              Matrices.product(
                  Matrices.adjoint(svd.get(2)), Matrices.scaleRows(projected, inverse));
          out = Lax.convertElementType(out, dtype);
          return q.rank() == 1 ? Np.squeeze(out, 1) : out;
        });
  }
}
