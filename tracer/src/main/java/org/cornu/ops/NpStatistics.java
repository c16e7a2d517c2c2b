package org.cornu.ops;

import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/** The part of {@link Np} about quantiles. */
abstract sealed class NpStatistics extends NpSorting permits NpPadding {

  /**
   * Quantiles of the elements, in their type; NaN where an element is. Positions between elements
   * are computed in the type of {@code q}, for f64 elements in f64.
   *
   * @param q levels in [0, 1], of any shape, which leads the shape of the result
   * @param method between two elements: {@code linear}, {@code lower}, {@code higher}, {@code
   *     midpoint} or {@code nearest}
   */
  public static Tensor quantile(Tensor x, Tensor q, String method, boolean keepdims, int... axes) {
    return quantiles(x, q, method, false, keepdims, axes);
  }

  /** One quantile, linear between elements. */
  public static Tensor quantile(Tensor x, double q, int... axes) {
    return quantile(x, level(x, q), "linear", false, axes);
  }

  /** Like {@link #quantile(Tensor, Tensor, String, boolean, int...)}, ignoring NaN. */
  public static Tensor nanquantile(
      Tensor x, Tensor q, String method, boolean keepdims, int... axes) {
    return quantiles(x, q, method, true, keepdims, axes);
  }

  /** Median: the mean of the two middle elements when their number is even. */
  public static Tensor median(Tensor x, boolean keepdims, int... axes) {
    return quantiles(x, level(x, 0.5), "midpoint", false, keepdims, axes);
  }

  /** Median: the mean of the two middle elements when their number is even. */
  public static Tensor median(Tensor x, int... axes) {
    return median(x, false, axes);
  }

  /** Median of the elements that are not NaN. */
  public static Tensor nanmedian(Tensor x, boolean keepdims, int... axes) {
    return quantiles(x, level(x, 0.5), "midpoint", true, keepdims, axes);
  }

  /** Quantiles of levels in percent. */
  public static Tensor percentile(
      Tensor x, Tensor q, String method, boolean keepdims, int... axes) {
    return quantiles(x, divide(q, 100.0), method, false, keepdims, axes);
  }

  /** Quantiles of levels in percent, ignoring NaN. */
  public static Tensor nanpercentile(
      Tensor x, Tensor q, String method, boolean keepdims, int... axes) {
    return quantiles(x, divide(q, 100.0), method, true, keepdims, axes);
  }

  private static Tensor level(Tensor x, double q) {
    return Scalars.of(x.dtype() == DType.F64 ? DType.F64 : DType.F32, q);
  }

  private static Tensor quantiles(
      Tensor x, Tensor q, String method, boolean ignoreNan, boolean keepdims, int... axes) {
    requireElements("quantile", x, axes);
    return Composed.of(
        x,
        q,
        (w, levels) -> {
          Tensor elements = Lax.convertElementType(w, Promotion.inexact(w.dtype()));
          DType level = w.dtype() == DType.F64 ? DType.F64 : Promotion.inexact(levels.dtype());
          Tensor places = Lax.convertElementType(levels, level);
          int[] reduced = Dims.axes("quantile", axes, w.rank());
          int[] others = Dims.others(reduced, w.rank());
          long n = Dims.count(w, reduced);
          int[] order = Arrays.copyOf(others, w.rank());
          System.arraycopy(reduced, 0, order, others.length, reduced.length);
          long[] lines = new long[others.length + 1];
          for (int i = 0; i < others.length; i++) {
            lines[i] = w.shape().dim(others[i]);
          }
          lines[others.length] = n;
          Tensor rows = Lax.reshape(permuted(elements, order), lines);
          Tensor out = ofRows(rows, ravel(places), method, ignoreNan);
          // [lines, levels] to [levels, lines].
          Tensor leading = moveaxis(out, -1, 0);
          long[] kept = w.shape().dims();
          for (int axis : reduced) {
            kept[axis] = 1;
          }
          long[] tail = keepdims ? kept : dimsWithout(w.shape(), reduced);
          long[] head = levels.shape().dims();
          long[] dims = Arrays.copyOf(head, head.length + tail.length);
          System.arraycopy(tail, 0, dims, head.length, tail.length);
          return Lax.reshape(leading, dims);
        });
  }

  private static Tensor ofRows(Tensor rows, Tensor levels, String method, boolean ignoreNan) {
    int last = rows.rank() - 1;
    Tensor sorted = Lax.sort(rows, last);
    Tensor nan = isnan(rows);
    Tensor count =
        ignoreNan
            ? Np.sum(Lax.convertElementType(Lax.bitwiseNot(nan), levels.dtype()), true, last)
            : Lax.full(levels.dtype(), rows.shape().dim(last), rows.shape().with(last, 1).dims());
    Tensor top = subtract(count, 1L);
    Tensor position = multiply(levels, top);
    Tensor low = Lax.floor(position);
    Tensor high = Lax.ceil(position);
    Tensor upper = subtract(position, low);
    Tensor lower = subtract(Dims.constant(upper, 1), upper);
    Tensor a = element(sorted, low, top);
    Tensor b = element(sorted, high, top);
    Tensor out =
        switch (method) {
          case "linear" ->
              Lax.convertElementType(
                  Lax.add(
                      Lax.mul(Lax.convertElementType(a, levels.dtype()), lower),
                      Lax.mul(Lax.convertElementType(b, levels.dtype()), upper)),
                  rows.dtype());
          case "lower" -> a;
          case "higher" -> b;
          case "midpoint" -> Lax.mul(Lax.add(a, b), Dims.constant(a, 0.5));
          case "nearest" -> Lax.select(Lax.le(upper, Dims.constant(upper, 0.5)), a, b);
          default ->
              throw new OpException(
                  "quantile: the method must be linear, lower, higher, midpoint or nearest: got "
                      + method);
        };
    Tensor none = ignoreNan ? Np.all(nan, true, last) : Np.any(nan, true, last);
    return where(none, Double.NaN, out);
  }

  private static Tensor element(Tensor sorted, Tensor position, Tensor top) {
    Tensor limited = maximum(minimum(position, top), 0L);
    Tensor index = Lax.convertElementType(limited, DType.I32);
    return takeAlongAxis(sorted, index, -1);
  }

  /** True where the target class is among the k largest predictions of its row. */
  public static Tensor inTopK(Tensor targets, Tensor predictions, int k) {
    return Composed.of(
        targets,
        predictions,
        (t, p) -> {
          if (p.rank() != t.rank() + 1) {
            throw new OpException(
                "inTopK: predictions must have one axis more than targets: got "
                    + Dims.briefs(List.of(t, p)));
          }
          Tensor score = takeAlongAxis(p, expandDims(t, -1), -1);
          Tensor larger = Np.sum(Lax.convertElementType(greater(p, score), DType.I32), -1);
          Tensor valid = isfinite(squeeze(score, -1));
          return Lax.bitwiseAnd(Lax.lt(larger, Dims.constant(larger, k)), valid);
        });
  }
}
