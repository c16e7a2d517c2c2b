package org.cornu.ops;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/** The part of {@link Np} that orders, searches and counts. */
abstract sealed class NpSorting extends NpIndexing permits NpStatistics {

  /** In ascending order along an axis, stable; NaN comes last. */
  public static Tensor sort(Tensor x, int axis) {
    return Composed.of(x, v -> Lax.sort(v, Dims.axis("sort", axis, v.rank())));
  }

  /** In ascending order along the last axis, stable; NaN comes last. */
  public static Tensor sort(Tensor x) {
    return sort(x, -1);
  }

  /** Positions, i32, that put an axis into ascending order, stable; NaN comes last. */
  public static Tensor argsort(Tensor x, int axis) {
    return Composed.of(
        x,
        v -> {
          if (v.rank() == 0) {
            return Lax.full(DType.I32, 0, 1);
          }
          int at = Dims.axis("argsort", axis, v.rank());
          Tensor index = Lax.iota(DType.I32, at, v.shape().dims());
          return Lax.sort(List.of(v, index), at, true).get(1);
        });
  }

  /** Positions, i32, that put the last axis into ascending order, stable; NaN comes last. */
  public static Tensor argsort(Tensor x) {
    return argsort(x, -1);
  }

  /**
   * Positions, i32, such that the first {@code kth + 1} are those of the smallest elements in
   * ascending order, and the others follow in their own order.
   */
  public static Tensor argpartition(Tensor x, int kth, int axis) {
    return Composed.of(
        x,
        v -> {
          int at = Dims.axis("argpartition", axis, v.rank());
          long n = v.shape().dim(at);
          int k = Dims.axis("argpartition", kth, (int) n);
          Tensor lowest = Lax.sliceInDim(argsort(v, at), 0, k + 1L, 1, at);
          // Ranks: an element belongs to the first part when its rank is at most k.
          Tensor rank = argsort(argsort(v, at), at);
          Tensor taken = Lax.le(rank, Dims.constant(rank, k));
          Tensor rest =
              Lax.sliceInDim(
                  argsort(Lax.convertElementType(taken, DType.I32), at), 0, n - k - 1, 1, at);
          return Lax.concatenate(List.of(lowest, rest), at);
        });
  }

  /** The k largest of the last axis in descending order, and their positions, i32. */
  public static List<Tensor> topK(Tensor x, int k) {
    if (x.rank() == 0 || k < 0 || k > x.shape().dim(-1)) {
      throw new OpException(
          "topK: the last axis must have at least k elements: got k = "
              + k
              + " of "
              + x.type().brief());
    }
    return Composed.many(v -> Lax.topK(v.get(0), k), List.of(x));
  }

  /**
   * Positions, i32, at which values would be inserted into an ascending vector to keep it so.
   *
   * @param side {@code left}: before equal elements, {@code right}: behind them
   */
  public static Tensor searchsorted(Tensor sorted, Tensor values, String side) {
    if (!side.equals("left") && !side.equals("right")) {
      throw new OpException("searchsorted: the side must be left or right: got " + side);
    }
    return Composed.of(
        sorted,
        values,
        (s, v) -> {
          if (s.rank() != 1) {
            throw new OpException(
                "searchsorted: the sorted sequence must be a vector: got " + s.type().brief());
          }
          Tensor[] c = Dims.cast(Dims.promoted(s, v), s, v);
          return bisect(c[0], c[1], side.equals("left"));
        });
  }

  /** Halves the range of each value at once; one step for each bit of the length. */
  private static Tensor bisect(Tensor sorted, Tensor values, boolean left) {
    long n = sorted.shape().dim(0);
    Tensor low = Lax.full(DType.I32, 0, values.shape().dims());
    if (n == 0) {
      return low;
    }
    Tensor high = Dims.constant(low, n);
    Tensor one = Dims.constant(low, 1);
    for (long width = n; width > 0; width >>= 1) {
      Tensor middle = Lax.shiftRightLogical(Lax.add(low, high), one);
      Tensor element = get(sorted, Index.at(middle));
      Tensor behind = left ? before(element, values) : Lax.bitwiseNot(before(values, element));
      Tensor active = Lax.bitwiseAnd(behind, Lax.lt(low, high));
      Tensor stay = Lax.bitwiseAnd(Lax.bitwiseNot(behind), Lax.lt(low, high));
      low = Lax.select(active, Lax.add(middle, one), low);
      high = Lax.select(stay, middle, high);
    }
    return low;
  }

  /** {@code a < b} with NaN behind everything. */
  private static Tensor before(Tensor a, Tensor b) {
    Tensor less = Lax.lt(a, b);
    return a.dtype().isFloat()
        ? Lax.bitwiseOr(less, Lax.bitwiseAnd(isnan(b), Lax.bitwiseNot(isnan(a))))
        : less;
  }

  /** Number, i32, of the bin that an element falls into: 0 before the first edge. */
  public static Tensor digitize(Tensor x, Tensor bins) {
    return searchsorted(bins, x, "right");
  }

  /**
   * How often 0, 1, … occur in a vector of integers that are not negative, i32; or the sum of the
   * weights of their occurrences.
   *
   * @param length number of counts; larger elements are dropped
   */
  public static Tensor bincount(Tensor x, int length) {
    return bincount(x, Composed.of(x, v -> Lax.full(DType.I32, 1, v.shape().dims())), length);
  }

  /** Sums of the weights of the occurrences of 0, 1, …, {@code length - 1}, row by row. */
  public static Tensor bincount(Tensor x, Tensor weights, int length) {
    if (!x.dtype().isInteger() && !x.dtype().isBool()) {
      throw new OpException("bincount: integers are needed: got " + x.type().brief());
    }
    return Composed.of(
        x,
        weights,
        (v, w) -> {
          Tensor index =
              v.dtype().bits() < 32 || v.dtype().isUnsigned()
                  ? Lax.convertElementType(v, DType.I32)
                  : v;
          // Negative elements count as 0, as in jax.numpy.
          Tensor clipped = Lax.max(index, Dims.constant(index, 0));
          if (v.rank() == 1) {
            return scatter(expandDims(clipped, -1), w, length);
          }
          long rows = v.shape().dim(0);
          Tensor row = Lax.iota(clipped.dtype(), 0, v.shape().dims());
          Tensor pair = stack(List.of(row, clipped), -1);
          return scatter(pair, w, rows, length);
        });
  }

  /** The length that {@link #bincount} needs to count every element; reads them. */
  public static int binsFor(Tensor x, int atLeast) {
    if (!x.isConcrete()) {
      throw new OpException(
          "bincount: the largest element is not known while tracing: got "
              + x.type().brief()
              + "\n  hint: give the length");
    }
    long largest = -1;
    Literal values = x.toLiteral();
    for (int i = 0; i < values.count(); i++) {
      largest = Math.max(largest, values.longAt(i));
    }
    return (int) Math.max(atLeast, largest + 1);
  }

  /**
   * Counts, as floats, of the elements between edges {@code [bins + 1]}; the last bin is closed.
   */
  public static Tensor histogramCounts(Tensor x, Tensor edges) {
    return Composed.of(
        x,
        edges,
        (v, e) -> {
          DType dtype = Promotion.inexact(Dims.promoted(v, e));
          Tensor[] c = Dims.cast(dtype, ravel(v), e);
          int bins = e.size(0) - 1;
          Tensor right = searchsorted(c[1], c[0], "right");
          Tensor last = get(c[1], Index.at(-1));
          Tensor closed = Lax.eq(c[0], Dims.broadcastTo(last, c[0].shape()));
          Tensor bin = Lax.sub(right, Dims.constant(right, 1));
          bin = Lax.select(closed, Dims.constant(bin, bins - 1.0), bin);
          Tensor outside =
              Lax.bitwiseOr(
                  Lax.lt(bin, Dims.constant(bin, 0)), Lax.ge(bin, Dims.constant(bin, bins)));
          bin = Lax.select(outside, Dims.constant(bin, bins), bin);
          return scatter(
              expandDims(bin, -1),
              Lax.full(Promotion.inexact(v.dtype()), 1, bin.shape().dims()),
              bins);
        });
  }

  /** Edges {@code [bins + 1]} of equal bins over a range, or over the elements. */
  public static Tensor histogramEdges(
      Tensor x, int bins, double @org.jspecify.annotations.Nullable [] range) {
    return Composed.of(
        x,
        w -> {
          Tensor v = Lax.convertElementType(ravel(w), Promotion.inexact(w.dtype()));
          Tensor low = Lax.full(v.dtype(), range == null ? 0 : range[0]);
          Tensor high = Lax.full(v.dtype(), range == null ? 1 : range[1]);
          if (range == null && v.count() > 0) {
            low = Np.min(v);
            high = Np.max(v);
          }
          Tensor empty = Lax.eq(low, high);
          Tensor half = Lax.full(v.dtype(), 0.5);
          Tensor from = Lax.select(empty, Lax.sub(low, half), low);
          Tensor to = Lax.select(empty, Lax.add(high, half), high);
          return linspace(from, to, bins + 1, true, 0);
        });
  }

  /** Counts, and edges, of {@code bins} equal bins between the smallest and largest element. */
  public static List<Tensor> histogram(Tensor x, int bins) {
    List<Tensor> out = new ArrayList<>();
    Tensor edges = histogramEdges(x, bins, null);
    out.add(histogramCounts(x, edges));
    out.add(edges);
    return out;
  }
}
