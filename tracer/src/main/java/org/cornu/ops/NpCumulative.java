package org.cornu.ops;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.F2;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Trees;

/** The part of {@link Np} that accumulates along an axis, and takes differences. */
abstract sealed class NpCumulative extends NpReduction permits NpLinear {

  /**
   * All prefixes of a sequence combined by an associative function, in logarithmic depth.
   *
   * @param f combines slices {@code [..., n, ...]} of two trees elementwise
   * @param xs tree of tensors of equal size along {@code axis}
   * @param reverse suffixes instead of prefixes
   */
  public static <X> X associativeScan(F2<X, X, X> f, X xs, boolean reverse, int axis) {
    Trees.Flat flat = Trees.flatten(xs);
    if (flat.leaves().isEmpty()) {
      throw new OpException("associativeScan: at least one tensor is needed: got none");
    }
    F2<List<Tensor>, List<Tensor>, List<Tensor>> combine =
        (a, b) ->
            Trees.leaves(
                f.apply(
                    Trees.<X>unflatten(flat.structure(), a),
                    Trees.<X>unflatten(flat.structure(), b)));
    List<Tensor> out = Composed.many(v -> scan(combine, v, reverse, axis), flat.leaves());
    return Trees.unflatten(flat.structure(), out);
  }

  private static List<Tensor> scan(
      F2<List<Tensor>, List<Tensor>, List<Tensor>> f, List<Tensor> xs, boolean reverse, int axis) {
    int at = Dims.axis("associativeScan", axis, xs.get(0).rank());
    for (Tensor x : xs) {
      if (x.rank() <= at || x.shape().dim(at) != xs.get(0).shape().dim(at)) {
        throw new OpException(
            "associativeScan: sizes along axis " + at + " must be equal: got " + Dims.briefs(xs));
      }
    }
    List<Tensor> in = reverse ? xs.stream().map(x -> Lax.rev(x, at)).toList() : xs;
    List<Tensor> out = prefixes(f, in, at);
    return reverse ? out.stream().map(x -> Lax.rev(x, at)).toList() : out;
  }

  /** Pairs are combined, their prefixes found by recursion, the elements in between completed. */
  private static List<Tensor> prefixes(
      F2<List<Tensor>, List<Tensor>, List<Tensor>> f, List<Tensor> xs, int axis) {
    long n = xs.get(0).shape().dim(axis);
    if (n < 2) {
      return xs;
    }
    List<Tensor> pairs = f.apply(every(xs, 0, n - 1, axis), every(xs, 1, n, axis));
    List<Tensor> odd = prefixes(f, pairs, axis);
    List<Tensor> even =
        n % 2 == 0
            ? f.apply(cut(odd, 0, n / 2 - 1, axis), every(xs, 2, n, axis))
            : f.apply(odd, every(xs, 2, n, axis));
    List<Tensor> out = new ArrayList<>();
    for (int i = 0; i < xs.size(); i++) {
      Tensor first = Lax.sliceInDim(xs.get(i), 0, 1, 1, axis);
      Tensor rest = even.get(i);
      Tensor evens =
          rest.shape().dim(axis) == 0 ? first : Lax.concatenate(List.of(first, rest), axis);
      out.add(interleave(evens, odd.get(i), axis));
    }
    return out;
  }

  private static List<Tensor> every(List<Tensor> xs, long start, long limit, int axis) {
    return xs.stream().map(x -> Lax.sliceInDim(x, Math.min(start, limit), limit, 2, axis)).toList();
  }

  private static List<Tensor> cut(List<Tensor> xs, long start, long limit, int axis) {
    return xs.stream().map(x -> Lax.sliceInDim(x, start, limit, 1, axis)).toList();
  }

  private static Tensor interleave(Tensor even, Tensor odd, int axis) {
    long n = even.shape().dim(axis) + odd.shape().dim(axis);
    Tensor zero = Lax.full(even.dtype(), 0);
    Tensor spreadEven = spread(even, zero, 0, n, axis);
    Tensor spreadOdd = spread(odd, zero, 1, n, axis);
    return even.dtype().isBool()
        ? Lax.bitwiseOr(spreadEven, spreadOdd)
        : Lax.add(spreadEven, spreadOdd);
  }

  private static Tensor spread(Tensor x, Tensor zero, long start, long n, int axis) {
    long[] low = new long[x.rank()];
    long[] high = new long[x.rank()];
    long[] interior = new long[x.rank()];
    low[axis] = start;
    interior[axis] = 1;
    high[axis] = n - start - (2 * x.shape().dim(axis) - 1);
    return Lax.pad(x, zero, low, high, interior);
  }

  private static Tensor cumulative(Tensor x, int axis, F2<Tensor, Tensor, Tensor> f) {
    return Composed.of(
        x,
        v -> {
          Tensor number = v.dtype().isBool() ? Lax.convertElementType(v, DType.I32) : v;
          return scan((a, b) -> List.of(f.apply(a.get(0), b.get(0))), List.of(number), false, axis)
              .get(0);
        });
  }

  /** Running sum along an axis; of bool i32. */
  public static Tensor cumsum(Tensor x, int axis) {
    return cumulative(x, axis, Lax::add);
  }

  /** Running sum of all elements in row-major order, {@code [count]}. */
  public static Tensor cumsum(Tensor x) {
    return cumsum(ravel(x), 0);
  }

  /** Running product along an axis; of bool i32. */
  public static Tensor cumprod(Tensor x, int axis) {
    return cumulative(x, axis, Lax::mul);
  }

  /** Running product of all elements in row-major order, {@code [count]}. */
  public static Tensor cumprod(Tensor x) {
    return cumprod(ravel(x), 0);
  }

  /** Running maximum along an axis. */
  public static Tensor cummax(Tensor x, int axis) {
    return cumulative(x, axis, Lax::max);
  }

  /** Running minimum along an axis. */
  public static Tensor cummin(Tensor x, int axis) {
    return cumulative(x, axis, Lax::min);
  }

  /** Running logarithm of the sum of exponentials along an axis, without overflow. */
  public static Tensor cumlogsumexp(Tensor x, int axis) {
    return Composed.of(
        x,
        v ->
            cumulative(
                Lax.convertElementType(v, Promotion.inexact(v.dtype())),
                axis,
                NpArithmetic::logaddexp));
  }

  /** Running sum along an axis with NaN counted as 0. */
  public static Tensor nancumsum(Tensor x, int axis) {
    return Composed.of(x, v -> cumsum(Lax.select(isnan(v), Dims.constant(v, 0), v), axis));
  }

  /** Running product along an axis with NaN counted as 1. */
  public static Tensor nancumprod(Tensor x, int axis) {
    return Composed.of(x, v -> cumprod(Lax.select(isnan(v), Dims.constant(v, 1), v), axis));
  }

  /** Differences of neighbours along an axis, taken {@code n} times; of bool: xor. */
  public static Tensor diff(Tensor x, int n, int axis) {
    return Composed.of(
        x,
        v -> {
          int at = Dims.axis("diff", axis, v.rank());
          Tensor out = v;
          for (int i = 0; i < n && out.shape().dim(at) > 0; i++) {
            long size = out.shape().dim(at);
            Tensor behind = Lax.sliceInDim(out, 1, size, 1, at);
            Tensor before = Lax.sliceInDim(out, 0, size - 1, 1, at);
            out = v.dtype().isBool() ? Lax.ne(behind, before) : Lax.sub(behind, before);
          }
          return out;
        });
  }

  /** Differences of neighbours along the last axis. */
  public static Tensor diff(Tensor x) {
    return diff(x, 1, -1);
  }

  /** Integral along an axis by the trapezoidal rule with points {@code dx} apart. */
  public static Tensor trapezoid(Tensor y, double dx, int axis) {
    return Composed.of(
        y,
        v -> {
          Tensor f = Lax.convertElementType(v, Promotion.inexact(v.dtype()));
          Tensor sum = Np.sum(neighbourSums(f, axis), axis);
          return Lax.mul(sum, Dims.constant(sum, dx / 2));
        });
  }

  /** Integral along an axis by the trapezoidal rule over the points {@code x}. */
  public static Tensor trapezoid(Tensor y, Tensor x, int axis) {
    return Composed.of(
        y,
        x,
        (v, p) -> {
          DType dtype = Promotion.inexact(Dims.promoted(v, p));
          Tensor[] c = Dims.cast(dtype, v, p);
          int at = Dims.axis("trapezoid", axis, v.rank());
          Tensor steps = diff(c[1], 1, p.rank() == 1 ? 0 : at);
          if (p.rank() == 1) {
            long[] dims = Dims.filled(v.rank(), 1);
            dims[at] = steps.shape().dim(0);
            steps = Lax.reshape(steps, dims);
          }
          Tensor sum = Np.sum(multiply(neighbourSums(c[0], at), steps), at);
          return Lax.mul(sum, Dims.constant(sum, 0.5));
        });
  }

  private static Tensor neighbourSums(Tensor x, int axis) {
    int at = Dims.axis("trapezoid", axis, x.rank());
    long n = x.shape().dim(at);
    return Lax.add(
        Lax.sliceInDim(x, 1, Math.max(1, n), 1, at),
        Lax.sliceInDim(x, 0, Math.max(0, n - 1), 1, at));
  }
}
