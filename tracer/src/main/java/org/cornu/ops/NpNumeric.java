package org.cornu.ops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** The part of {@link Np} about polynomials, interpolation, differences and sets. */
abstract sealed class NpNumeric extends NpSegments permits Np {

  // ---- elementwise

  /** The size of {@code x} with the sign of {@code y}. */
  public static Tensor copysign(Tensor x, Tensor y) {
    return Composed.of(
        x,
        y,
        (a, b) -> {
          DType dtype = Promotion.inexact(Dims.promoted(a, b));
          Tensor[] v = Dims.align("copysign", dtype, a, b);
          return where(signbit(v[1]), Lax.neg(Lax.abs(v[0])), Lax.abs(v[0]));
        });
  }

  /** Quotient rounded down, and remainder: {@code (floorDivide(x, y), mod(x, y))}. */
  public static List<Tensor> divmod(Tensor x, Tensor y) {
    return List.of(floorDivide(x, y), mod(x, y));
  }

  /** Fractional and whole part, both with the sign of {@code x}. */
  public static List<Tensor> modf(Tensor x) {
    return Composed.many(
        v -> {
          Tensor w = Lax.convertElementType(v.get(0), Promotion.inexact(v.get(0).dtype()));
          Tensor whole = trunc(w);
          Tensor none = isinf(w);
          Tensor rest = where(none, Dims.constant(w, 0), Lax.sub(w, where(none, 0.0, whole)));
          return List.of(copysign(rest, w), whole);
        },
        List.of(x));
  }

  /** Angles along an axis with jumps of more than half a period taken out by whole periods. */
  public static Tensor unwrap(Tensor x, double period, int axis) {
    return Composed.of(
        x,
        v -> {
          Tensor w = Lax.convertElementType(v, Promotion.inexact(v.dtype()));
          int at = Dims.axis("unwrap", axis, w.rank());
          if (w.size(at) < 2) {
            return w;
          }
          Tensor steps = diff(w, 1, at);
          Tensor inner = subtract(mod(add(steps, period / 2), period), period / 2);
          // A jump of exactly half a period keeps its sign.
          Tensor edge =
              logicalAnd(equal(inner, -period / 2), greater(steps, Dims.constant(steps, 0)));
          inner = where(edge, Dims.constant(inner, period / 2), inner);
          Tensor small = less(abs(steps), period / 2);
          Tensor corrections = cumsum(where(small, 0.0, subtract(inner, steps)), at);
          Tensor first = Lax.sliceInDim(w, 0, 1, 1, at);
          Tensor others = Lax.sliceInDim(w, 1, w.shape().dim(at), 1, at);
          return concatenate(List.of(first, add(others, corrections)), at);
        });
  }

  // ---- differences

  /** Central differences along an axis, one-sided at both ends, of points {@code spacing} apart. */
  public static Tensor gradient(Tensor x, double spacing, int axis) {
    return Composed.of(
        x,
        v -> {
          Tensor w = Lax.convertElementType(v, Promotion.inexact(v.dtype()));
          int at = Dims.axis("gradient", axis, w.rank());
          long n = w.shape().dim(at);
          if (n < 2) {
            throw new OpException(
                "gradient: at least two points are needed along the axis: got "
                    + v.type().brief()
                    + ", axis "
                    + axis);
          }
          Tensor steps = diff(w, 1, at);
          Tensor first = Lax.sliceInDim(steps, 0, 1, 1, at);
          Tensor last = Lax.sliceInDim(steps, n - 2, n - 1, 1, at);
          Tensor inner =
              multiply(
                  Lax.add(
                      Lax.sliceInDim(steps, 0, n - 2, 1, at),
                      Lax.sliceInDim(steps, 1, n - 1, 1, at)),
                  0.5);
          return divide(concatenate(List.of(first, inner, last), at), spacing);
        });
  }

  /** Differences of neighbours in the row-major order. */
  public static Tensor ediff1d(Tensor x) {
    return diff(ravel(x), 1, 0);
  }

  // ---- interpolation

  /**
   * Values at {@code x} of the lines that join the points {@code (xp, fp)}; xp ascends. Beside the
   * points lie the first and last value, or {@code left} and {@code right}.
   *
   * @param xp {@code [n]}
   * @param fp {@code [n]}
   */
  public static Tensor interp(
      Tensor x, Tensor xp, Tensor fp, @Nullable Double left, @Nullable Double right) {
    return Composed.of(
        x,
        xp,
        fp,
        (a, b, c) -> {
          if (b.rank() != 1 || c.rank() != 1 || b.count() != c.count() || b.count() == 0) {
            throw new OpException(
                "interp: points and values must be vectors of one length, not empty: got "
                    + Dims.briefs(List.of(b, c)));
          }
          DType dtype = Promotion.inexact(Dims.promoted(a, b, c));
          Tensor[] v = Dims.cast(dtype, a, b, c);
          long n = b.shape().dim(0);
          Tensor upper = clip(searchsorted(v[1], v[0], "right"), 1L, Math.max(1, n - 1));
          Tensor lower = subtract(upper, 1);
          Tensor above = minimum(upper, n - 1);
          Tensor from = take(v[1], lower);
          Tensor low = take(v[2], lower);
          Tensor span = subtract(take(v[1], above), from);
          Tensor flat = equal(span, 0);
          Tensor slope =
              divide(subtract(take(v[2], above), low), where(flat, Dims.constant(span, 1), span));
          Tensor inner = add(low, multiply(where(flat, 0.0, subtract(v[0], from)), slope));
          Tensor first = left == null ? take(v[2], fullLike(lower, 0)) : fullLike(inner, left);
          Tensor last =
              right == null ? take(v[2], fullLike(lower, n - 1.0)) : fullLike(inner, right);
          Tensor low1 = Dims.broadcastTo(get(v[1], Index.at(0)), inner.shape());
          Tensor high1 = Dims.broadcastTo(get(v[1], Index.at(-1)), inner.shape());
          return where(less(v[0], low1), first, where(greater(v[0], high1), last, inner));
        });
  }

  // ---- statistics

  /**
   * Covariances of variables, which are the rows of {@code x [n, observations]} (or one variable
   * {@code [observations]}).
   *
   * @param ddof subtracted from the number of observations; 1 for the unbiased estimate
   */
  public static Tensor cov(Tensor x, int ddof) {
    return Composed.of(
        x,
        v -> {
          if (v.rank() > 2) {
            throw new OpException("cov: at most two dimensions: got " + v.type().brief());
          }
          Tensor w = Lax.convertElementType(v, Promotion.inexact(v.dtype()));
          Tensor rows = w.rank() == 2 ? w : reshape(w, 1, -1);
          Tensor centred = subtract(rows, mean(rows, true, 1));
          Tensor out =
              divide(
                  matmul(centred, conj(transpose(centred, 1, 0))),
                  (double) rows.shape().dim(1) - ddof);
          return w.rank() == 2 && w.size(0) != 1 ? out : squeeze(out, 0, 1);
        });
  }

  // ---- polynomials: coefficients stand highest degree first

  /** Discrete convolution of two vectors; {@code mode} is full, same or valid. */
  public static Tensor convolve(Tensor x, Tensor y, String mode) {
    Tensor longer = x.count() >= y.count() ? x : y;
    Tensor shorter = x.count() >= y.count() ? y : x;
    return correlate(longer, flip(conj(shorter), 0), mode);
  }

  /** The value at {@code x} of the polynomial with these coefficients {@code [degree + 1]}. */
  public static Tensor polyval(Tensor coefficients, Tensor x) {
    return Composed.of(
        coefficients,
        x,
        (c, v) -> {
          DType dtype = Dims.promoted(c, v);
          Tensor[] w = Dims.cast(dtype, c, v);
          Tensor out = Dims.constant(w[1], 0);
          for (Tensor coefficient : unstack(w[0], 0)) {
            out = Lax.add(Lax.mul(out, w[1]), Dims.broadcastTo(coefficient, out.shape()));
          }
          return out;
        });
  }

  /** Sum of two polynomials. */
  public static Tensor polyadd(Tensor x, Tensor y) {
    int n = Math.max(x.size(0), y.size(0));
    return add(pad(x, new int[][] {{n - x.size(0), 0}}), pad(y, new int[][] {{n - y.size(0), 0}}));
  }

  /** Difference of two polynomials. */
  public static Tensor polysub(Tensor x, Tensor y) {
    return polyadd(x, negative(y));
  }

  /** Product of two polynomials. */
  public static Tensor polymul(Tensor x, Tensor y) {
    return convolve(x, y, "full");
  }

  /** Derivative of a polynomial. */
  public static Tensor polyder(Tensor x) {
    int n = x.size(0);
    if (n < 2) {
      return get(x, Index.slice(0, 0));
    }
    double[] factors = new double[n - 1];
    Arrays.setAll(factors, i -> n - 1 - i);
    return multiply(get(x, Index.slice(0, n - 1)), numbers(x, factors));
  }

  /** Antiderivative of a polynomial, whose constant is 0. */
  public static Tensor polyint(Tensor x) {
    int n = x.size(0);
    double[] factors = new double[n];
    Arrays.setAll(factors, i -> 1.0 / (n - i));
    return pad(multiply(x, numbers(x, factors)), new int[][] {{0, 1}});
  }

  private static Tensor numbers(Tensor like, double[] values) {
    DType dtype = Promotion.inexact(like.dtype());
    return NpCreation.host(dtype, values, values.length);
  }

  /** Coefficients of the polynomial of a degree that fits points best, by least squares. */
  public static Tensor polyfit(Tensor x, Tensor y, int degree) {
    return Composed.of(
        x,
        y,
        (a, b) -> {
          Tensor basis = vander(a, degree + 1, false);
          // Columns of one length, so that small powers are not cut off.
          Tensor size = sqrt(sum(square(basis), 0));
          Tensor solution = Linalg.lstsq(divide(basis, size), b, null);
          return divide(solution, size);
        });
  }

  // ---- sets and orders

  /**
   * The order that sorts by several keys, the last of them first; stable.
   *
   * @param keys of one shape
   */
  public static Tensor lexsort(List<Tensor> keys, int axis) {
    if (keys.isEmpty()) {
      throw new OpException("lexsort: at least one key is needed: got none");
    }
    int rank = keys.get(0).rank();
    int at = Dims.axis("lexsort", axis, rank);
    return Composed.one(
        keys,
        v -> {
          Tensor order = Lax.iota(DType.I32, at, v.get(0).shape().dims());
          for (Tensor key : v) {
            order = takeAlongAxis(order, argsort(takeAlongAxis(key, order, at), at), at);
          }
          return order;
        });
  }

  /** Whether two tensors have one shape and equal elements. */
  public static Tensor arrayEqual(Tensor x, Tensor y) {
    return x.shape().equals(y.shape()) ? all(equal(x, y)) : Lax.full(DType.BOOL, 0);
  }

  /**
   * Values that are in both vectors, ascending, without repetition.
   *
   * @param size how many, filled with the largest of its type behind the last; null counts them,
   *     outside of programs only
   */
  public static Tensor intersect1d(Tensor x, Tensor y, @Nullable Integer size) {
    return chosen(x, isin(x, y), size);
  }

  /** Values of {@code x} that are not in {@code y}; see {@link #intersect1d}. */
  public static Tensor setdiff1d(Tensor x, Tensor y, @Nullable Integer size) {
    return chosen(x, isin(x, y, true), size);
  }

  /** Values that are in one vector or in both; see {@link #intersect1d}. */
  public static Tensor union1d(Tensor x, Tensor y, @Nullable Integer size) {
    Tensor both = concatenate(ravel(x), ravel(y));
    return chosen(both, Lax.full(DType.BOOL, 1, both.shape().dims()), size);
  }

  /** Values that are in one of two vectors and not in the other; see {@link #intersect1d}. */
  public static Tensor setxor1d(Tensor x, Tensor y, @Nullable Integer size) {
    Tensor both = concatenate(ravel(x), ravel(y));
    return chosen(both, concatenate(ravel(isin(x, y, true)), ravel(isin(y, x, true))), size);
  }

  private static Tensor chosen(Tensor x, Tensor flags, @Nullable Integer size) {
    if (size == null) {
      Tensor kept = extract(ravel(flags), ravel(x));
      return kept.count() == 0 ? kept : unique(kept, null, null, null).values();
    }
    Tensor v = ravel(x);
    Tensor most = Lax.broadcastInDim(Lax.constant(Lax.Reduction.MIN.neutral(v.dtype())), v.shape());
    // What is not chosen, and what is repeated, moves behind the end.
    Tensor sorted = sort(where(ravel(flags), v, most), 0);
    Tensor first = Lax.full(DType.BOOL, 1, Math.min(1, v.count()));
    long n = v.count();
    Tensor fresh =
        concatenate(
            first,
            notEqual(
                get(sorted, Index.slice(1, null)),
                get(sorted, Index.slice(0, (int) Math.max(0, n - 1)))));
    Tensor out = sort(where(fresh, sorted, most), 0);
    int missing = (int) Math.max(0, size - n);
    List<Tensor> parts = new ArrayList<>();
    parts.add(get(out, Index.slice(0, (int) Math.min(size, n))));
    if (missing > 0) {
      parts.add(
          Lax.broadcastInDim(
              Lax.constant(Lax.Reduction.MIN.neutral(v.dtype())),
              org.cornu.stablehlo.ir.Shape.of(missing)));
    }
    return concatenate(parts, 0);
  }

  /** The element of {@code choices} that {@code index} names, position by position. */
  public static Tensor choose(Tensor index, List<Tensor> choices) {
    List<Tensor> all = new ArrayList<>(choices);
    all.add(index);
    return Composed.one(
        all,
        v -> {
          Tensor i = v.get(v.size() - 1);
          Tensor out = v.get(0);
          for (int k = 1; k < v.size() - 1; k++) {
            out = where(equal(i, (long) k), v.get(k), out);
          }
          return out;
        });
  }
}
