package org.cornu.ops;

import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * One entry of an index as NumPy writes it between brackets.
 *
 * <pre>{@code
 * x.get(Index.at(0), Index.slice(1, null), Index.ELLIPSIS);   // x[0, 1:, ...]
 * x.get(Index.NEW_AXIS, Index.slice(null, null, -1));         // x[None, ::-1]
 * x.get(Index.ALL, Index.at(rows));                           // x[:, rows]
 * }</pre>
 */
public sealed interface Index {
  /** {@code :}, a whole axis. */
  Index ALL = new Slice(null, null, 1);

  /** {@code ...}, as many whole axes as the other entries leave. */
  Index ELLIPSIS = new Ellipsis();

  /** {@code None}, a new axis of size 1. */
  Index NEW_AXIS = new NewAxis();

  /** One position of an axis, which disappears; counted from the end when negative. */
  record At(int position) implements Index {}

  /** Computed positions of an axis, integers of any shape, which replaces the axis. */
  record Gathered(Tensor positions) implements Index {}

  /** The elements where a bool tensor, which covers as many axes as it has, is true. */
  record Mask(Tensor mask) implements Index {}

  /** Positions {@code start} to {@code stop} (exclusive) in steps; null means the end. */
  record Slice(@Nullable Integer start, @Nullable Integer stop, int step) implements Index {
    /** Refuses a step of 0. */
    public Slice {
      if (step == 0) {
        throw new OpException("slice: the step must not be 0");
      }
    }

    /** First position, limit and step on an axis of this size, as Python clips them. */
    int[] resolve(int size) {
      int low = step > 0 ? 0 : -1;
      int high = step > 0 ? size : size - 1;
      int from = start == null ? (step > 0 ? low : high) : clip(start, size, low, high);
      int to = stop == null ? (step > 0 ? high : low) : clip(stop, size, low, high);
      return new int[] {from, to, step};
    }

    private static int clip(int position, int size, int low, int high) {
      int p = position < 0 ? position + size : position;
      return Math.max(low, Math.min(p, high));
    }
  }

  /** {@code ...}. */
  record Ellipsis() implements Index {}

  /** {@code None}. */
  record NewAxis() implements Index {}

  /** One position of an axis, which disappears; counted from the end when negative. */
  static Index at(int position) {
    return new At(position);
  }

  /** Computed positions of an axis; a bool tensor is a mask. */
  static Index at(Tensor positions) {
    return positions.dtype().isBool() ? new Mask(positions) : new Gathered(positions);
  }

  /** {@code start:stop}; null means the end. */
  static Index slice(@Nullable Integer start, @Nullable Integer stop) {
    return new Slice(start, stop, 1);
  }

  /** {@code start:stop:step}; null means the end, a negative step walks backward. */
  static Index slice(@Nullable Integer start, @Nullable Integer stop, int step) {
    return new Slice(start, stop, step);
  }
}
