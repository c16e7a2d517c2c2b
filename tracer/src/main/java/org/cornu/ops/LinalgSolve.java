package org.cornu.ops;

import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.F1;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/** The part of {@link Linalg} that factors by elimination, and solves. */
abstract sealed class LinalgSolve permits LinalgSpectral {

  /** Runs {@code f} on stacks of matrices in the working type, and converts back. */
  static Tensor matrices(String op, Tensor x, F1<Tensor, Tensor> f) {
    return decompositions(op, x, a -> List.of(f.apply(a))).get(0);
  }

  /** Like {@link #matrices} with several results. */
  static List<Tensor> decompositions(String op, Tensor x, F1<Tensor, List<Tensor>> f) {
    return Composed.many(
        operands -> {
          Tensor w = operands.get(0);
          Matrices.requireMatrix(op, w);
          DType dtype = Promotion.inexact(w.dtype());
          Tensor v = Lax.convertElementType(w, Matrices.working(dtype));
          return Matrices.batched(List.of(v), m -> f.apply(m.get(0))).stream()
              .map(out -> Matrices.rounded(out, dtype))
              .toList();
        },
        List.of(x));
  }

  /**
   * Cholesky's factor of Hermitian positive definite matrices {@code [..., n, n]}: lower {@code L}
   * with {@code L Lᴴ = x}, or upper {@code U} with {@code Uᴴ U = x}. NaN where a matrix is not
   * positive definite.
   */
  public static Tensor cholesky(Tensor x, boolean upper) {
    Matrices.requireSquare("cholesky", x);
    return Composed.of(
        x,
        w -> {
          DType dtype = Promotion.inexact(w.dtype());
          Tensor v = Lax.convertElementType(w, Matrices.working(dtype));
          Tensor symmetric = Lax.mul(Lax.add(v, adjoint(v)), Dims.constant(v, 0.5));
          Tensor l = Np.tril(Lax.cholesky(symmetric, true));
          return Lax.convertElementType(upper ? adjoint(l) : l, dtype);
        });
  }

  /** Cholesky's lower factor. */
  public static Tensor cholesky(Tensor x) {
    return cholesky(x, false);
  }

  /** Conjugate transpose of the last two axes. */
  static Tensor adjoint(Tensor x) {
    return Np.conj(Np.swapaxes(x, -1, -2));
  }

  /** The inverse of {@code L Lᴴ} (or {@code Uᴴ U}) from the triangular factor. */
  public static Tensor choleskyInverse(Tensor factor, boolean upper) {
    Matrices.requireSquare("choleskyInverse", factor);
    return matrices(
        "choleskyInverse",
        factor,
        f -> {
          Tensor l = upper ? Matrices.adjoint(f) : f;
          Tensor eye = Matrices.eye(l.dtype(), l.shape().dim(0), l.shape().dim(0));
          Tensor inverse = Matrices.solve(l, eye, true, false);
          return Matrices.product(Matrices.adjoint(inverse), inverse);
        });
  }

  /**
   * Solves {@code a x = b} for triangular {@code a [..., n, n]}; b is {@code [..., n, k]}, or a
   * vector {@code [n]}.
   */
  public static Tensor solveTriangular(Tensor a, Tensor b, boolean lower) {
    Matrices.requireSquare("solveTriangular", a);
    return systems("solveTriangular", a, b, v -> Matrices.solve(v.get(0), v.get(1), lower, false));
  }

  private static Tensor systems(String op, Tensor a, Tensor b, F1<List<Tensor>, Tensor> f) {
    return Composed.of(
        a,
        b,
        (p, q) -> {
          DType dtype = Promotion.inexact(Dims.promoted(p, q));
          Tensor[] c = Dims.cast(Matrices.working(dtype), p, q);
          boolean vector = q.rank() == 1 || q.rank() == p.rank() - 1;
          Tensor right = vector ? Np.expandDims(c[1], -1) : c[1];
          if (right.shape().dim(-2) != p.shape().dim(-2)) {
            throw new OpException(
                op
                    + ": the right side must have as many rows as the matrix: got "
                    + Dims.briefs(List.of(p, q)));
          }
          Tensor left = c[0];
          int rank = Math.max(left.rank(), right.rank());
          Tensor leadA = Lax.full(DType.BOOL, 0, left.shape().slice(0, left.rank() - 2).dims());
          Tensor leadB = Lax.full(DType.BOOL, 0, right.shape().slice(0, right.rank() - 2).dims());
          org.cornu.stablehlo.ir.Shape batch = Dims.broadcast(op, List.of(leadA, leadB));
          left =
              Dims.broadcastTo(
                  left, batch.concat(left.shape().slice(left.rank() - 2, left.rank())));
          right =
              Dims.broadcastTo(
                  right, batch.concat(right.shape().slice(right.rank() - 2, right.rank())));
          Tensor out = Matrices.batched(List.of(left, right), v -> List.of(f.apply(v))).get(0);
          out = Lax.convertElementType(out, dtype);
          return vector && rank >= 2 ? Np.squeeze(out, -1) : out;
        });
  }

  private static final F1<List<Tensor>, Tensor> SOLVE =
      Transforms.customJvp(
          v -> {
            List<Tensor> lu = LuDecomposition.of(v.get(0));
            return LuDecomposition.solve(lu.get(0), lu.get(2), v.get(1));
          },
          (v, d) -> {
            List<Tensor> lu = LuDecomposition.of(v.get(0));
            Tensor x = LuDecomposition.solve(lu.get(0), lu.get(2), v.get(1));
            Tensor right = Lax.sub(d.get(1), Matrices.product(d.get(0), x));
            return new Transforms.Jvp<>(x, LuDecomposition.solve(lu.get(0), lu.get(2), right));
          });

  /** Solves for one matrix. */
  static Tensor solveMatrix(Tensor a, Tensor b) {
    return SOLVE.apply(List.of(a, b));
  }

  /**
   * Solves {@code a x = b} for square {@code a [..., n, n]} by elimination with partial pivoting; b
   * is {@code [..., n, k]}, or a vector {@code [n]}. Infinite or NaN where a matrix is singular.
   */
  public static Tensor solve(Tensor a, Tensor b) {
    Matrices.requireSquare("solve", a);
    return systems("solve", a, b, SOLVE);
  }

  /** Inverse of square matrices {@code [..., n, n]}. */
  public static Tensor inv(Tensor x) {
    Matrices.requireSquare("inv", x);
    return matrices(
        "inv", x, a -> solveMatrix(a, Matrices.eye(a.dtype(), a.shape().dim(0), a.shape().dim(0))));
  }

  /** LU decomposition with partial pivoting. */
  public record Lu(Tensor lu, Tensor pivots, Tensor permutation) {}

  /**
   * {@code x[permutation] = L U} for {@code x [..., m, n]}: L below the diagonal of {@code lu} with
   * an implicit diagonal of 1, U on and above it; {@code pivots [..., min(m, n)]} i32: the row each
   * row was exchanged with; {@code permutation [..., m]} i32.
   */
  public static Lu luFactor(Tensor x) {
    List<Tensor> out = decompositions("luFactor", x, LuDecomposition::of);
    return new Lu(out.get(0), out.get(1), out.get(2));
  }

  /** Sign and logarithm of the absolute value of a determinant. */
  public record SlogDet(Tensor sign, Tensor logabsdet) {}

  private static final F1<Tensor, List<Tensor>> SLOGDET =
      Transforms.customJvp(
          a -> LinalgSolve.signAndLog(LuDecomposition.of(a)),
          (a, da) -> {
            List<Tensor> lu = LuDecomposition.of(a);
            List<Tensor> out = signAndLog(lu);
            Tensor inner = LuDecomposition.solve(lu.get(0), lu.get(2), da);
            Tensor trace = Np.trace(inner);
            Tensor sign =
                trace.dtype().isComplex()
                    ? Lax.mul(
                        out.get(0),
                        Lax.sub(trace, Lax.convertElementType(Lax.real(trace), trace.dtype())))
                    : Dims.constant(trace, 0);
            return new Transforms.Jvp<>(out, List.of(sign, Np.real(trace)));
          });

  private static List<Tensor> signAndLog(List<Tensor> lu) {
    Tensor diagonal = Matrices.diagonal(lu.get(0));
    Tensor sign = LuDecomposition.sign(lu.get(1), lu.get(0).dtype());
    sign = Lax.mul(sign, Np.prod(Lax.sign(diagonal)));
    Tensor log = Np.sum(Lax.log(Np.abs(diagonal)));
    return List.of(sign, log);
  }

  /** Sign (a phase for complex matrices) and logarithm of the absolute value of determinants. */
  public static SlogDet slogdet(Tensor x) {
    Matrices.requireSquare("slogdet", x);
    List<Tensor> out = decompositions("slogdet", x, SLOGDET);
    return new SlogDet(out.get(0), out.get(1));
  }

  /** Logarithm of the determinant of positive definite matrices. */
  public static Tensor logdet(Tensor x) {
    return slogdet(x).logabsdet();
  }

  private static final F1<Tensor, Tensor> DET =
      Transforms.customJvp(
          LinalgSolve::product,
          (a, da) ->
              new Transforms.Jvp<>(
                  product(a), Np.trace(Matrices.product(Cofactors.adjugate(a), da))));

  private static Tensor product(Tensor a) {
    return ofFactors(LuDecomposition.of(a));
  }

  private static Tensor ofFactors(List<Tensor> lu) {
    Tensor sign = LuDecomposition.sign(lu.get(1), lu.get(0).dtype());
    return Lax.mul(sign, Np.prod(Matrices.diagonal(lu.get(0))));
  }

  /**
   * Determinants of square matrices {@code [..., n, n]}. The first derivative is that by cofactors,
   * also where a matrix is singular; the second needs an inverse from n = 4 on.
   */
  public static Tensor det(Tensor x) {
    Matrices.requireSquare("det", x);
    int n = x.size(-1);
    return matrices("det", x, a -> n <= 3 ? smallDet(a, n) : DET.apply(a));
  }

  private static Tensor smallDet(Tensor a, int n) {
    if (n == 0) {
      return Lax.full(a.dtype(), 1);
    }
    Tensor[][] e = new Tensor[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        e[i][j] = Np.get(a, Index.at(i), Index.at(j));
      }
    }
    if (n == 1) {
      return e[0][0];
    }
    if (n == 2) {
      return minor(e, 0, 1, 0, 1);
    }
    Tensor first = Lax.mul(e[0][0], minor(e, 1, 2, 1, 2));
    Tensor second = Lax.mul(e[0][1], minor(e, 1, 2, 0, 2));
    Tensor third = Lax.mul(e[0][2], minor(e, 1, 2, 0, 1));
    return Lax.add(Lax.sub(first, second), third);
  }

  private static Tensor minor(Tensor[][] e, int i, int j, int k, int l) {
    return Lax.sub(Lax.mul(e[i][k], e[j][l]), Lax.mul(e[i][l], e[j][k]));
  }
}
