package org.cornu.ops;

import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/** The part of {@link Np} that multiplies vectors, matrices and tensors. */
abstract sealed class NpLinear extends NpCumulative permits NpIndexing {

  /** Contraction of aligned operands; products of i8 are summed in i32. */
  static Tensor contract(
      Tensor left, Tensor right, int[] batchX, int[] batchY, int[] contractX, int[] contractY) {
    Tensor[] v = Dims.cast(Dims.promoted(left, right), left, right);
    Tensor x = v[0];
    Tensor y = v[1];
    DimensionNumbers.Dot dims =
        new DimensionNumbers.Dot(list(batchX), list(batchY), list(contractX), list(contractY));
    DType in = x.dtype();
    DType result = left.dtype() == DType.I8 && right.dtype() == DType.I8 ? DType.I32 : in;
    if (in.isBool()) {
      Tensor out =
          Lax.dotGeneral(
              Lax.convertElementType(x, DType.I32),
              Lax.convertElementType(y, DType.I32),
              dims,
              null,
              DType.I32);
      return nonzeroMask(out);
    }
    return Lax.dotGeneral(x, y, dims, null, result);
  }

  /** Sums of products of i8 are i32 where all operands are i8, else of the type they meet in. */
  private static Tensor summed(Tensor out, Tensor... operands) {
    DType met = Dims.promoted(operands);
    boolean narrow = met == DType.I8;
    for (Tensor operand : operands) {
      narrow &= operand.dtype() == DType.I8;
    }
    return met == DType.I8 ? Lax.convertElementType(out, narrow ? DType.I32 : DType.I8) : out;
  }

  static List<Long> list(int... axes) {
    return Arrays.stream(axes).mapToObj(i -> (long) i).toList();
  }

  /**
   * Product of matrices: {@code [..., m, k] x [..., k, n] -> [..., m, n]}; leading dimensions
   * broadcast, a vector is a row on the left and a column on the right.
   */
  public static Tensor matmul(Tensor x, Tensor y) {
    return Composed.of(
        x,
        y,
        (a, b) -> {
          if (a.rank() == 0 || b.rank() == 0) {
            throw new OpException(
                "matmul: scalars cannot be multiplied as matrices: got "
                    + Dims.briefs(List.of(a, b))
                    + "\n  hint: use mul");
          }
          Tensor[] v = Dims.cast(Dims.promoted(a, b), a, b);
          return summed(matrixProduct(v[0], v[1]), a, b);
        });
  }

  private static Tensor matrixProduct(Tensor x, Tensor y) {
    int lastX = x.rank() - 1;
    int innerY = Math.max(0, y.rank() - 2);
    if (x.shape().dim(lastX) != y.shape().dim(innerY)) {
      throw new OpException(
          "matmul: contracted dimensions differ: got "
              + Dims.briefs(List.of(x, y))
              + ", axis "
              + lastX
              + " of the left is "
              + x.shape().dim(lastX)
              + ", axis "
              + innerY
              + " of the right is "
              + y.shape().dim(innerY),
          "transpose one of them (Np.transpose), or name the axes with Np.einsum");
    }
    int[] none = {};
    if (y.rank() <= 2) {
      return contract(x, y, none, none, new int[] {lastX}, new int[] {innerY});
    }
    if (x.rank() == 1) {
      Tensor out = contract(y, x, none, none, new int[] {innerY}, new int[] {0});
      return out;
    }
    int batch = Math.max(x.rank(), y.rank()) - 2;
    Tensor batchX = Lax.full(DType.BOOL, 0, x.shape().slice(0, x.rank() - 2).dims());
    Tensor batchY = Lax.full(DType.BOOL, 0, y.shape().slice(0, y.rank() - 2).dims());
    Shape leading = Dims.broadcast("matmul", List.of(batchX, batchY));
    Tensor a = Dims.broadcastTo(x, leading.concat(x.shape().slice(x.rank() - 2, x.rank())));
    Tensor b = Dims.broadcastTo(y, leading.concat(y.shape().slice(y.rank() - 2, y.rank())));
    int[] axes = Dims.range(batch);
    return contract(a, b, axes, axes, new int[] {batch + 1}, new int[] {batch});
  }

  /**
   * NumPy's dot: of vectors the inner product, of matrices the product, beyond that the sum over
   * the last axis of x and the last but one of y; with a scalar the product.
   */
  public static Tensor dot(Tensor x, Tensor y) {
    return Composed.of(
        x,
        y,
        (a, b) -> {
          if (a.rank() == 0 || b.rank() == 0) {
            return multiply(a, b);
          }
          Tensor[] v = Dims.cast(Dims.promoted(a, b), a, b);
          int[] none = {};
          return contract(
              v[0],
              v[1],
              none,
              none,
              new int[] {a.rank() - 1},
              new int[] {Math.max(0, b.rank() - 2)});
        });
  }

  /** Sum of products over the last axes of both. */
  public static Tensor inner(Tensor x, Tensor y) {
    return Composed.of(
        x,
        y,
        (a, b) ->
            a.rank() == 0 || b.rank() == 0
                ? multiply(a, b)
                : tensordot(a, b, new int[] {a.rank() - 1}, new int[] {b.rank() - 1}));
  }

  /** All products of elements: {@code [count of x, count of y]}. */
  public static Tensor outer(Tensor x, Tensor y) {
    return Composed.of(x, y, (a, b) -> multiply(reshape(a, -1, 1), reshape(b, 1, -1)));
  }

  /** Sum of products of all elements, those of x conjugated. */
  public static Tensor vdot(Tensor x, Tensor y) {
    return Composed.of(x, y, (a, b) -> dot(ravel(conj(a)), ravel(b)));
  }

  /** Sum of products over the last {@code axes} axes of x and the first of y. */
  public static Tensor tensordot(Tensor x, Tensor y, int axes) {
    int[] left = new int[axes];
    Arrays.setAll(left, i -> x.rank() - axes + i);
    return tensordot(x, y, left, Dims.range(axes));
  }

  /** Sum of products over pairs of axes; what is left of x comes before what is left of y. */
  public static Tensor tensordot(Tensor x, Tensor y, int[] axesX, int[] axesY) {
    return Composed.of(
        x,
        y,
        (a, b) -> {
          if (axesX.length != axesY.length) {
            throw new OpException(
                "tensordot: as many axes of both are needed: got ["
                    + Dims.text(axesX)
                    + "] and ["
                    + Dims.text(axesY)
                    + "]");
          }
          int[] left = Dims.ordered("tensordot", axesX, a.rank());
          int[] right = Dims.ordered("tensordot", axesY, b.rank());
          int[] none = {};
          return contract(a, b, none, none, left, right);
        });
  }

  /** Kronecker product: each element of x times the whole of y, as blocks. */
  public static Tensor kron(Tensor x, Tensor y) {
    return Composed.of(
        x,
        y,
        (a, b) -> {
          int rank = Math.max(a.rank(), b.rank());
          long[] left = new long[2 * rank];
          long[] right = new long[2 * rank];
          long[] dims = new long[rank];
          for (int i = 0; i < rank; i++) {
            int atA = i - (rank - a.rank());
            int atB = i - (rank - b.rank());
            left[2 * i] = atA < 0 ? 1 : a.shape().dim(atA);
            left[2 * i + 1] = 1;
            right[2 * i] = 1;
            right[2 * i + 1] = atB < 0 ? 1 : b.shape().dim(atB);
            dims[i] = left[2 * i] * right[2 * i + 1];
          }
          Tensor out = multiply(Lax.reshape(a, left), Lax.reshape(b, right));
          return Lax.reshape(out, dims);
        });
  }

  /**
   * Cross product of vectors of 2 or 3 components; of two 2-vectors the scalar z component.
   *
   * @param axisX axis of the components of x
   * @param axisY axis of the components of y
   * @param axisOut axis of the components of the result
   */
  public static Tensor cross(Tensor x, Tensor y, int axisX, int axisY, int axisOut) {
    return Composed.of(
        x,
        y,
        (v, w) -> {
          Tensor a = moveaxis(v, axisX, -1);
          Tensor b = moveaxis(w, axisY, -1);
          long sizeA = a.shape().dim(-1);
          long sizeB = b.shape().dim(-1);
          if ((sizeA != 2 && sizeA != 3) || (sizeB != 2 && sizeB != 3)) {
            throw new OpException(
                "cross: vectors of 2 or 3 components are needed: got "
                    + Dims.briefs(List.of(v, w)));
          }
          List<Tensor> p = unstack(a, -1);
          List<Tensor> q = unstack(b, -1);
          Tensor z = subtract(multiply(p.get(0), q.get(1)), multiply(p.get(1), q.get(0)));
          if (sizeA == 2 && sizeB == 2) {
            return z;
          }
          Tensor p2 = sizeA == 3 ? p.get(2) : zerosLike(p.get(0));
          Tensor q2 = sizeB == 3 ? q.get(2) : zerosLike(q.get(0));
          Tensor cx = subtract(multiply(p.get(1), q2), multiply(p2, q.get(1)));
          Tensor cy = subtract(multiply(p2, q.get(0)), multiply(p.get(0), q2));
          return moveaxis(stack(List.of(cx, cy, z), -1), -1, axisOut);
        });
  }

  /** Cross product over the last axis. */
  public static Tensor cross(Tensor x, Tensor y) {
    return cross(x, y, -1, -1, -1);
  }

  /**
   * Einstein's summation: {@code "bij,bjk->bik"}. Letters that the result lacks are summed over, a
   * letter twice in one operand takes its diagonal, {@code ...} stands for axes that broadcast, and
   * without {@code ->} the result has the letters that occur once, in alphabetical order.
   */
  public static Tensor einsum(String subscripts, Tensor... operands) {
    return Composed.one(
        List.of(operands), v -> summed(Einsum.apply(subscripts, v), v.toArray(new Tensor[0])));
  }

  /** Euclidean distances between rows: {@code [..., m, d], [..., n, d] -> [..., m, n]}. */
  public static Tensor cdist(Tensor x, Tensor y) {
    return Composed.of(
        x,
        y,
        (a, b) -> {
          DType dtype = Promotion.inexact(Dims.promoted(a, b));
          Tensor[] v = Dims.cast(dtype, a, b);
          Tensor d = subtract(expandDims(v[0], -2), expandDims(v[1], -3));
          Tensor square = Np.sum(Lax.mul(d, d), -1);
          // The distance of equal points has no derivative: 0 is taken.
          Tensor zero = Lax.eq(square, Dims.constant(square, 0));
          Tensor safe = Lax.select(zero, Dims.constant(square, 1), square);
          return Lax.select(zero, square, Lax.sqrt(safe));
        });
  }

  /** Correlations between the rows of {@code x [variables, observations]}; a scalar for one. */
  public static Tensor corrcoef(Tensor x) {
    return Composed.of(
        x,
        w -> {
          Tensor v = Lax.convertElementType(w, Promotion.inexact(w.dtype()));
          Tensor rows = v.rank() == 1 ? reshape(v, 1, -1) : v;
          Tensor centered = subtract(rows, Np.mean(rows, true, 1));
          Tensor factor = Lax.full(v.dtype(), 1.0 / (rows.shape().dim(1) - 1));
          Tensor covariance = multiply(matmul(centered, conj(transpose(centered))), factor);
          Tensor deviation = Lax.sqrt(real(diagonal(covariance)));
          Tensor scale = outer(deviation, deviation);
          Tensor out = divide(covariance, scale);
          Tensor one = Lax.full(scale.dtype(), 1);
          Tensor limited = out.dtype().isComplex() ? out : Lax.clamp(Lax.neg(one), out, one);
          return rows.size(0) == 1 ? reshape(limited) : limited;
        });
  }

  /**
   * Cross-correlation of two vectors.
   *
   * @param mode {@code valid}, {@code same} or {@code full}
   */
  public static Tensor correlate(Tensor x, Tensor y, String mode) {
    return Composed.of(
        x,
        y,
        (v, w) -> {
          if (v.rank() != 1 || w.rank() != 1 || v.count() == 0 || w.count() == 0) {
            throw new OpException(
                "correlate: two vectors that are not empty are needed: got "
                    + Dims.briefs(List.of(v, w)));
          }
          Tensor[] c = Dims.cast(Promotion.inexact(Dims.promoted(v, w)), v, w);
          boolean swap = c[0].count() < c[1].count();
          Tensor a = swap ? c[1] : c[0];
          Tensor b = conj(swap ? c[0] : c[1]);
          long n = a.count();
          long m = b.count();
          long[] pad =
              switch (mode) {
                case "valid" -> new long[] {0, 0};
                case "same" -> new long[] {m / 2, m - m / 2 - 1};
                case "full" -> new long[] {m - 1, m - 1};
                default ->
                    throw new OpException(
                        "correlate: the mode must be valid, same or full: got " + mode);
              };
          Tensor padded =
              Lax.pad(
                  a, Lax.full(a.dtype(), 0), new long[] {pad[0]}, new long[] {pad[1]}, new long[1]);
          long size = n + pad[0] + pad[1] - m + 1;
          Tensor index = Lax.add(Lax.iota(DType.I32, 0, size, m), Lax.iota(DType.I32, 1, size, m));
          Tensor out = dot(Np.take(padded, index, 0), b);
          return swap ? conj(flip(out)) : out;
        });
  }
}
