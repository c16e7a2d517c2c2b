package org.cornu.ops;

import java.util.List;
import org.cornu.stablehlo.build.Precision;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.tracer.F1;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/** Single matrices at full precision: what the decompositions are written in. */
final class Matrices {
  private Matrices() {}

  /** {@code x y} for matrices, as exact as the element type. */
  static Tensor product(Tensor x, Tensor y) {
    return Lax.dotGeneral(
        x,
        y,
        new DimensionNumbers.Dot(List.of(), List.of(), List.of(1L), List.of(0L)),
        Precision.HIGHEST,
        null);
  }

  /** The conjugate transpose. */
  static Tensor adjoint(Tensor x) {
    Tensor t = Lax.transpose(x, 1, 0);
    return x.dtype().isComplex() ? Lax.conj(t) : t;
  }

  /** The complex conjugate; real numbers stay. */
  static Tensor conj(Tensor x) {
    return x.dtype().isComplex() ? Lax.conj(x) : x;
  }

  /** {@code n} rows, {@code m} columns, ones on the diagonal. */
  static Tensor eye(DType dtype, long n, long m) {
    Tensor row = Lax.iota(DType.I32, 0, n, m);
    Tensor column = Lax.iota(DType.I32, 1, n, m);
    return Lax.convertElementType(Lax.eq(row, column), dtype);
  }

  /** The diagonal of a matrix. */
  static Tensor diagonal(Tensor x) {
    return Np.diagonal(x);
  }

  /** Each column {@code j} of a matrix times {@code factors[j]}. */
  static Tensor scaleColumns(Tensor x, Tensor factors) {
    return Lax.mul(x, Lax.broadcastInDim(Lax.convertElementType(factors, x.dtype()), x.shape(), 1));
  }

  /** Each row {@code i} of a matrix times {@code factors[i]}. */
  static Tensor scaleRows(Tensor x, Tensor factors) {
    return Lax.mul(x, Lax.broadcastInDim(Lax.convertElementType(factors, x.dtype()), x.shape(), 0));
  }

  /** Rows {@code from} to {@code to}. */
  static Tensor rows(Tensor x, long from, long to) {
    return Lax.sliceInDim(x, from, to, 1, 0);
  }

  /** Columns {@code from} to {@code to}. */
  static Tensor columns(Tensor x, long from, long to) {
    return Lax.sliceInDim(x, from, to, 1, 1);
  }

  /** Column {@code k}, which is computed, as a vector. */
  static Tensor column(Tensor x, Tensor k) {
    long n = x.shape().dim(0);
    Tensor zero = Lax.full(DType.I32, 0);
    return Lax.reshape(Lax.dynamicSlice(x, List.of(zero, k), n, 1), n);
  }

  /** Row {@code k}, which is computed, as a vector. */
  static Tensor row(Tensor x, Tensor k) {
    long n = x.shape().dim(1);
    Tensor zero = Lax.full(DType.I32, 0);
    return Lax.reshape(Lax.dynamicSlice(x, List.of(k, zero), 1, n), n);
  }

  /** Element {@code k}, which is computed, of a vector. */
  static Tensor element(Tensor x, Tensor k) {
    return Lax.reshape(Lax.dynamicSlice(x, List.of(k), 1));
  }

  /** A matrix with column {@code k} replaced. */
  static Tensor withColumn(Tensor x, Tensor k, Tensor column) {
    Tensor zero = Lax.full(DType.I32, 0);
    return Lax.dynamicUpdateSlice(
        x, Lax.reshape(column, column.shape().dim(0), 1), List.of(zero, k));
  }

  /** {@code x yᵀ} of two vectors. */
  static Tensor outer(Tensor x, Tensor y) {
    long n = x.shape().dim(0);
    long m = y.shape().dim(0);
    org.cornu.stablehlo.ir.Shape shape = org.cornu.stablehlo.ir.Shape.of(n, m);
    return Lax.mul(Lax.broadcastInDim(x, shape, 0), Lax.broadcastInDim(y, shape, 1));
  }

  /** {@code a x} of a matrix and a vector. */
  static Tensor times(Tensor a, Tensor x) {
    return Lax.dotGeneral(
        a,
        x,
        new DimensionNumbers.Dot(List.of(), List.of(), List.of(1L), List.of(0L)),
        Precision.HIGHEST,
        null);
  }

  /** Solves {@code a x = b} for lower or upper triangular {@code a}. */
  static Tensor solve(Tensor a, Tensor b, boolean lower, boolean unit) {
    return Lax.triangularSolve(a, b, true, lower, unit, "NO_TRANSPOSE");
  }

  /** Solves {@code x a = b} for lower or upper triangular {@code a}. */
  static Tensor solveRight(Tensor a, Tensor b, boolean lower, boolean unit) {
    return Lax.triangularSolve(a, b, false, lower, unit, "NO_TRANSPOSE");
  }

  /** A matrix with zeros above diagonal {@code k}. */
  static Tensor lower(Tensor x, int k) {
    return Np.tril(x, k);
  }

  /** A matrix with zeros below diagonal {@code k}. */
  static Tensor upper(Tensor x, int k) {
    return Np.triu(x, k);
  }

  /**
   * The type that decompositions are computed in: f64 or c128. In f32 the solution of a system of
   * condition 1e4 is right to three digits, and so are singular vectors; computed in f64 they are
   * right to the precision of f32, as NumPy's are.
   */
  static DType working(DType dtype) {
    return dtype.isComplex() ? DType.C128 : DType.F64;
  }

  /** The precision in which results are given for operands of this type: at least f32. */
  static double epsilon(DType dtype) {
    return Limits.epsilon(dtype.real() == DType.F64 ? DType.F64 : DType.F32);
  }

  /** A result in the precision of {@code dtype}, real or complex as it is; integers stay. */
  static Tensor rounded(Tensor x, DType dtype) {
    if (x.dtype().isComplex()) {
      return Lax.convertElementType(x, dtype.real() == DType.F64 ? DType.C128 : DType.C64);
    }
    return x.dtype().isFloat() ? Lax.convertElementType(x, dtype.real()) : x;
  }

  static void requireMatrix(String op, Tensor x) {
    if (x.rank() < 2) {
      throw new OpException(op + ": a matrix is needed: got " + x.type().brief());
    }
  }

  static void requireSquare(String op, Tensor x) {
    requireMatrix(op, x);
    if (x.shape().dim(-1) != x.shape().dim(-2)) {
      throw new OpException(
          op + ": a square matrix is needed: got " + x.type().brief(),
          "the last two axes must be equal; Linalg.lstsq and pinv take any");
    }
  }

  /**
   * Applies a function of one matrix, or of several, to all matrices of stacks {@code [..., m, n]};
   * leading dimensions must be equal.
   */
  static List<Tensor> batched(List<Tensor> stacks, F1<List<Tensor>, List<Tensor>> f) {
    int leading = stacks.get(0).rank() - 2;
    if (leading == 0) {
      return f.apply(stacks);
    }
    long[] batch = stacks.get(0).shape().slice(0, leading).dims();
    List<Tensor> flat =
        stacks.stream()
            .map(
                x -> {
                  long[] tail = x.shape().slice(leading, x.rank()).dims();
                  long[] dims = new long[tail.length + 1];
                  dims[0] = java.util.Arrays.stream(batch).reduce(1, (a, b) -> a * b);
                  System.arraycopy(tail, 0, dims, 1, tail.length);
                  return Lax.reshape(x, dims);
                })
            .toList();
    return Transforms.vmap(f).apply(flat).stream()
        .map(
            x ->
                Lax.reshape(
                    x, org.cornu.stablehlo.ir.Shape.of(batch).concat(x.shape().remove(0)).dims()))
        .toList();
  }
}
