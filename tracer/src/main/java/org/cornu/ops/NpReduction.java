package org.cornu.ops;

import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/**
 * The part of {@link Np} that reduces axes. Everywhere no axis means all of them; {@code keepdims}
 * keeps reduced dimensions with size 1, so that the result broadcasts against the operand.
 */
abstract sealed class NpReduction extends NpCreation permits NpCumulative {

  private static Tensor reduce(
      String op, Tensor x, Lax.Reduction kind, boolean keepdims, int... axes) {
    int[] reduced = Dims.axes(op, axes, x.rank());
    Tensor out = reduced.length == 0 ? x : Lax.reduce(x, kind, Dims.longs(reduced));
    return keepdims ? restore(out, x.shape(), reduced) : out;
  }

  /** Puts reduced dimensions back with size 1. */
  static Tensor restore(Tensor reduced, Shape shape, int... axes) {
    Shape kept = shape;
    for (int axis : axes) {
      kept = kept.with(axis, 1);
    }
    return Lax.reshape(reduced, kept.dims());
  }

  /** Sum. Bool and narrow integers are summed in 32 bits, narrow floats in f32. */
  public static Tensor sum(Tensor x, int... axes) {
    return sum(x, false, axes);
  }

  /** Sum. Bool and narrow integers are summed in 32 bits, narrow floats in f32. */
  public static Tensor sum(Tensor x, boolean keepdims, int... axes) {
    return Composed.of(x, v -> accumulated("sum", v, Lax.Reduction.ADD, keepdims, axes));
  }

  private static Tensor accumulated(
      String op, Tensor x, Lax.Reduction kind, boolean keepdims, int... axes) {
    DType dtype = x.dtype();
    if (dtype.isFloat() && dtype.bits() < 32) {
      Tensor wide = Lax.convertElementType(x, DType.F32);
      return Lax.convertElementType(reduce(op, wide, kind, keepdims, axes), dtype);
    }
    Tensor v = Lax.convertElementType(x, Promotion.accumulator(dtype));
    return reduce(op, v, kind, keepdims, axes);
  }

  /** Product. Bool and narrow integers are multiplied in 32 bits, narrow floats in f32. */
  public static Tensor prod(Tensor x, int... axes) {
    return prod(x, false, axes);
  }

  /** Product. Bool and narrow integers are multiplied in 32 bits, narrow floats in f32. */
  public static Tensor prod(Tensor x, boolean keepdims, int... axes) {
    return Composed.of(x, v -> accumulated("prod", v, Lax.Reduction.MUL, keepdims, axes));
  }

  /** Mean: of integers f32; of narrow floats computed in f32. NaN over nothing. */
  public static Tensor mean(Tensor x, int... axes) {
    return mean(x, false, axes);
  }

  /** Mean: of integers f32; of narrow floats computed in f32. NaN over nothing. */
  public static Tensor mean(Tensor x, boolean keepdims, int... axes) {
    return Composed.of(
        x,
        v -> {
          DType result = Promotion.inexact(v.dtype());
          Tensor wide = Lax.convertElementType(v, Promotion.wide(v.dtype()));
          return Lax.convertElementType(wideMean(wide, keepdims, axes), result);
        });
  }

  private static Tensor wideMean(Tensor x, boolean keepdims, int... axes) {
    Tensor sum = reduce("mean", x, Lax.Reduction.ADD, keepdims, axes);
    long count = Dims.count(x, Dims.axes("mean", axes, x.rank()));
    return Lax.div(sum, Dims.constant(sum, count));
  }

  /** Largest element; NaN wins. Equal ones share the derivative. */
  public static Tensor max(Tensor x, int... axes) {
    return max(x, false, axes);
  }

  /** Largest element; NaN wins. Equal ones share the derivative. */
  public static Tensor max(Tensor x, boolean keepdims, int... axes) {
    requireElements("max", x, axes);
    return Composed.of(x, v -> reduce("max", v, Lax.Reduction.MAX, keepdims, axes));
  }

  /** Smallest element; NaN wins. Equal ones share the derivative. */
  public static Tensor min(Tensor x, int... axes) {
    return min(x, false, axes);
  }

  /** Smallest element; NaN wins. Equal ones share the derivative. */
  public static Tensor min(Tensor x, boolean keepdims, int... axes) {
    requireElements("min", x, axes);
    return Composed.of(x, v -> reduce("min", v, Lax.Reduction.MIN, keepdims, axes));
  }

  /** Larger of {@code initial} and the largest element; of nothing {@code initial}. */
  public static Tensor max(Tensor x, double initial, boolean keepdims, int... axes) {
    return Composed.of(
        x,
        v -> {
          Tensor out = reduce("max", v, Lax.Reduction.MAX, keepdims, axes);
          return Lax.max(out, Dims.constant(out, initial));
        });
  }

  /** Smaller of {@code initial} and the smallest element; of nothing {@code initial}. */
  public static Tensor min(Tensor x, double initial, boolean keepdims, int... axes) {
    return Composed.of(
        x,
        v -> {
          Tensor out = reduce("min", v, Lax.Reduction.MIN, keepdims, axes);
          return Lax.min(out, Dims.constant(out, initial));
        });
  }

  static void requireElements(String op, Tensor x, int... axes) {
    if (Dims.count(x, Dims.axes(op, axes, x.rank())) == 0) {
      throw new OpException(
          op
              + ": nothing has no largest, smallest or first element: got "
              + x.type().brief()
              + "\n  hint: give an initial value");
    }
  }

  /** True where all elements are true or not zero. */
  public static Tensor all(Tensor x, int... axes) {
    return all(x, false, axes);
  }

  /** True where all elements are true or not zero. */
  public static Tensor all(Tensor x, boolean keepdims, int... axes) {
    return Composed.of(x, v -> reduce("all", nonzeroMask(v), Lax.Reduction.AND, keepdims, axes));
  }

  /** True where at least one element is true or not zero. */
  public static Tensor any(Tensor x, int... axes) {
    return any(x, false, axes);
  }

  /** True where at least one element is true or not zero. */
  public static Tensor any(Tensor x, boolean keepdims, int... axes) {
    return Composed.of(x, v -> reduce("any", nonzeroMask(v), Lax.Reduction.OR, keepdims, axes));
  }

  /** Number of elements that are not zero, i32. */
  public static Tensor countNonzero(Tensor x, int... axes) {
    return Composed.of(x, v -> sum(Lax.convertElementType(nonzeroMask(v), DType.I32), axes));
  }

  /** Variance over the population: the mean of the squared distance from the mean. */
  public static Tensor var(Tensor x, int... axes) {
    return var(x, false, axes);
  }

  /** Variance over the population: the mean of the squared distance from the mean. */
  public static Tensor var(Tensor x, boolean keepdims, int... axes) {
    return Composed.of(
        x,
        v -> {
          DType result = Promotion.inexact(v.dtype()).real();
          Tensor wide = Lax.convertElementType(v, Promotion.wide(v.dtype()));
          Tensor centered = subtract(wide, wideMean(wide, true, axes));
          Tensor square =
              centered.dtype().isComplex()
                  ? Lax.real(Lax.mul(centered, Lax.conj(centered)))
                  : Lax.mul(centered, centered);
          return Lax.convertElementType(wideMean(square, keepdims, axes), result);
        });
  }

  /** Standard deviation over the population: the square root of the variance. */
  public static Tensor std(Tensor x, int... axes) {
    return std(x, false, axes);
  }

  /** Standard deviation over the population: the square root of the variance. */
  public static Tensor std(Tensor x, boolean keepdims, int... axes) {
    return Composed.of(x, v -> Lax.sqrt(var(v, keepdims, axes)));
  }

  /** Largest minus smallest element. */
  public static Tensor ptp(Tensor x, boolean keepdims, int... axes) {
    return Composed.of(x, v -> Lax.sub(max(v, keepdims, axes), min(v, keepdims, axes)));
  }

  /** {@code log(sum(e^x))} without overflow in between; -infinity of nothing but -infinity. */
  public static Tensor logsumexp(Tensor x, int... axes) {
    return logsumexp(x, false, axes);
  }

  /** {@code log(sum(e^x))} without overflow in between; -infinity of nothing but -infinity. */
  public static Tensor logsumexp(Tensor x, boolean keepdims, int... axes) {
    requireElements("logsumexp", x, axes);
    return Composed.of(
        x,
        w -> {
          Tensor v = Lax.convertElementType(w, Promotion.inexact(w.dtype()));
          int[] reduced = Dims.axes("logsumexp", axes, v.rank());
          Tensor max =
              Transforms.stopGradient(reduce("logsumexp", v, Lax.Reduction.MAX, true, axes));
          Tensor shift = Lax.select(isfinite(max), max, Dims.constant(max, 0));
          Tensor sum = sum(Lax.exp(subtract(v, shift)), true, axes);
          Tensor out = Lax.add(Lax.log(sum), shift);
          return keepdims ? out : Lax.reshape(out, dimsWithout(v.shape(), reduced));
        });
  }

  /** The shape without these axes. */
  static long[] dimsWithout(Shape shape, int... axes) {
    int[] kept = Dims.others(axes, shape.rank());
    long[] out = new long[kept.length];
    for (int i = 0; i < kept.length; i++) {
      out[i] = shape.dim(kept[i]);
    }
    return out;
  }

  /** Index of the largest element in row-major order, i32; NaN is largest, the first of equals. */
  public static Tensor argmax(Tensor x) {
    return Composed.of(x, v -> argmax(ravel(v), 0, false));
  }

  /** Index of the largest element along an axis, i32; NaN is largest, the first of equals. */
  public static Tensor argmax(Tensor x, int axis) {
    return argmax(x, axis, false);
  }

  /** Index of the largest element along an axis, i32; NaN is largest, the first of equals. */
  public static Tensor argmax(Tensor x, int axis, boolean keepdims) {
    requireElements("argmax", x, axis);
    return Composed.of(x, v -> first(v, max(numeric(v), true, axis), axis, keepdims));
  }

  /**
   * Index of the smallest element in row-major order, i32; NaN is smallest, the first of equals.
   */
  public static Tensor argmin(Tensor x) {
    return Composed.of(x, v -> argmin(ravel(v), 0, false));
  }

  /** Index of the smallest element along an axis, i32; NaN is smallest, the first of equals. */
  public static Tensor argmin(Tensor x, int axis) {
    return argmin(x, axis, false);
  }

  /** Index of the smallest element along an axis, i32; NaN is smallest, the first of equals. */
  public static Tensor argmin(Tensor x, int axis, boolean keepdims) {
    requireElements("argmin", x, axis);
    return Composed.of(x, v -> first(v, min(numeric(v), true, axis), axis, keepdims));
  }

  private static Tensor numeric(Tensor x) {
    return x.dtype().isBool() ? Lax.convertElementType(x, DType.I32) : x;
  }

  /** Index of the first element that equals {@code wanted}, or is NaN. */
  private static Tensor first(Tensor x, Tensor wanted, int axis, boolean keepdims) {
    // Two plain reductions: XLA vectorizes those, but not one over pairs of value and index.
    Tensor v = Transforms.stopGradient(numeric(x));
    Tensor hit = equal(v, Transforms.stopGradient(wanted));
    hit = v.dtype().isFloat() ? Lax.bitwiseOr(hit, isnan(v)) : hit;
    int at = Dims.axis("argmax", axis, x.rank());
    Tensor index = Lax.iota(DType.I32, at, x.shape().dims());
    Tensor none = Dims.constant(index, x.shape().dim(at));
    return reduce("argmax", Lax.select(hit, index, none), Lax.Reduction.MIN, keepdims, at);
  }

  /** Mean weighted by {@code weights}, which have the shape of x or of the one axis. */
  public static Tensor average(Tensor x, Tensor weights, int... axes) {
    return Composed.of(
        x,
        weights,
        (v, w) -> {
          DType dtype = Promotion.inexact(Dims.promoted(v, w));
          Tensor[] c = Dims.cast(dtype, v, w);
          Tensor full = c[1];
          if (!full.shape().equals(c[0].shape())) {
            if (axes.length != 1 || full.rank() != 1) {
              throw new OpException(
                  "average: weights must have the shape of x, or be a vector along the one axis:"
                      + " got "
                      + w.type().brief()
                      + " for "
                      + v.type().brief());
            }
            int at = Dims.axis("average", axes[0], v.rank());
            full = Lax.broadcastInDim(full, c[0].shape(), at);
          }
          return Lax.div(sum(Lax.mul(c[0], full), axes), sum(full, axes));
        });
  }

  // What ignores NaN.

  private static Tensor withoutNan(Tensor x, double replacement) {
    return x.dtype().isInexact() ? Lax.select(isnan(x), Dims.constant(x, replacement), x) : x;
  }

  private static Tensor numbers(Tensor x, boolean keepdims, int... axes) {
    Tensor valid = Lax.bitwiseNot(isnan(x));
    return sum(Lax.convertElementType(valid, Promotion.inexact(x.dtype())), keepdims, axes);
  }

  /** Sum of the elements that are not NaN. */
  public static Tensor nansum(Tensor x, boolean keepdims, int... axes) {
    return Composed.of(x, v -> sum(withoutNan(v, 0), keepdims, axes));
  }

  /** Product of the elements that are not NaN. */
  public static Tensor nanprod(Tensor x, boolean keepdims, int... axes) {
    return Composed.of(x, v -> prod(withoutNan(v, 1), keepdims, axes));
  }

  /** Mean of the elements that are not NaN; NaN where there are none. */
  public static Tensor nanmean(Tensor x, boolean keepdims, int... axes) {
    return x.dtype().isInexact()
        ? Composed.of(x, v -> Lax.div(nansum(v, keepdims, axes), numbers(v, keepdims, axes)))
        : mean(x, keepdims, axes);
  }

  /** Variance over the elements that are not NaN; NaN where there are none. */
  public static Tensor nanvar(Tensor x, boolean keepdims, int... axes) {
    if (!x.dtype().isInexact()) {
      return var(x, keepdims, axes);
    }
    return Composed.of(
        x,
        v -> {
          Tensor nan = isnan(v);
          Tensor centered = subtract(v, nanmean(v, true, axes));
          Tensor clean = Lax.select(nan, Dims.constant(v, 0), centered);
          return Lax.div(sum(Lax.mul(clean, clean), keepdims, axes), numbers(v, keepdims, axes));
        });
  }

  /** Standard deviation over the elements that are not NaN; NaN where there are none. */
  public static Tensor nanstd(Tensor x, boolean keepdims, int... axes) {
    return Composed.of(x, v -> Lax.sqrt(nanvar(v, keepdims, axes)));
  }

  /** Largest element that is not NaN; NaN where there is none. */
  public static Tensor nanmax(Tensor x, boolean keepdims, int... axes) {
    return x.dtype().isFloat()
        ? Composed.of(x, v -> extreme(v, true, keepdims, axes))
        : max(x, keepdims, axes);
  }

  /** Smallest element that is not NaN; NaN where there is none. */
  public static Tensor nanmin(Tensor x, boolean keepdims, int... axes) {
    return x.dtype().isFloat()
        ? Composed.of(x, v -> extreme(v, false, keepdims, axes))
        : min(x, keepdims, axes);
  }

  private static Tensor extreme(Tensor x, boolean largest, boolean keepdims, int... axes) {
    double neutral = largest ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    Tensor clean = withoutNan(x, neutral);
    Tensor out = largest ? max(clean, keepdims, axes) : min(clean, keepdims, axes);
    return Lax.select(all(isnan(x), keepdims, axes), Dims.constant(out, Double.NaN), out);
  }

  /** Index of the largest element that is not NaN, i32; -1 where there is none. */
  public static Tensor nanargmax(Tensor x, int axis, boolean keepdims) {
    return Composed.of(x, v -> nanarg(v, true, axis, keepdims));
  }

  /** Index of the smallest element that is not NaN, i32; -1 where there is none. */
  public static Tensor nanargmin(Tensor x, int axis, boolean keepdims) {
    return Composed.of(x, v -> nanarg(v, false, axis, keepdims));
  }

  private static Tensor nanarg(Tensor x, boolean largest, int axis, boolean keepdims) {
    if (!x.dtype().isFloat()) {
      return largest ? argmax(x, axis, keepdims) : argmin(x, axis, keepdims);
    }
    Tensor clean = withoutNan(x, largest ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    Tensor out = largest ? argmax(clean, axis, keepdims) : argmin(clean, axis, keepdims);
    return Lax.select(all(isnan(x), keepdims, axis), Dims.constant(out, -1), out);
  }
}
