package org.cornu.stablehlo.interpreter;

import java.util.List;
import org.cornu.stablehlo.ir.DType;

/** Ops that move elements without looking at them. */
final class ShapeKernels {
  private ShapeKernels() {}

  /** An array of these sizes whose elements all equal element 0 of {@code value}. */
  static Array splat(Array value, int[] dims) {
    return Array.zeros(value.element, dims).fill(value);
  }

  static Array iota(DType dtype, int[] dims, int axis) {
    Array out = Array.zeros(dtype, dims);
    int inner = Indexing.product(dims, axis + 1, dims.length);
    int size = dims[axis];
    for (int i = 0; i < out.count; i++) {
      int value = i / inner % size;
      if (dtype.isInexact()) {
        out.re[i] = Rounding.round(dtype.real(), value);
      } else {
        out.longs[i] = Rounding.wrap(dtype, value);
      }
    }
    return out;
  }

  static Array transpose(Array x, int[] permutation) {
    int[] dims = Indexing.pick(x.dims, permutation);
    int[] strides = Indexing.pick(Indexing.strides(x.dims), permutation);
    return x.take(Indexing.positions(dims, 0, strides), dims);
  }

  /** Operand dimension {@code i} becomes result dimension {@code to[i]}; size 1 is repeated. */
  static Array broadcastInDim(Array x, int[] dims, int[] to) {
    if (x.count == 1) {
      return splat(x, dims);
    }
    int[] own = Indexing.strides(x.dims);
    int[] strides = new int[dims.length];
    for (int i = 0; i < to.length; i++) {
      strides[to[i]] = x.dims[i] == 1 ? 0 : own[i];
    }
    return x.take(Indexing.positions(dims, 0, strides), dims);
  }

  static Array slice(Array x, int[] starts, int[] limits, int[] steps) {
    int[] dims = new int[x.rank()];
    int[] strides = Indexing.strides(x.dims);
    int offset = Indexing.dot(starts, strides);
    for (int i = 0; i < dims.length; i++) {
      dims[i] = Math.max(0, (limits[i] - starts[i] + steps[i] - 1) / steps[i]);
      strides[i] *= steps[i];
    }
    return x.take(Indexing.positions(dims, offset, strides), dims);
  }

  static Array reverse(Array x, int[] axes) {
    int[] strides = Indexing.strides(x.dims);
    int offset = 0;
    for (int axis : axes) {
      offset += strides[axis] * (x.dims[axis] - 1);
      strides[axis] = -strides[axis];
    }
    return x.take(Indexing.positions(x.dims, offset, strides), x.dims);
  }

  static Array concatenate(List<Array> inputs, int axis) {
    int[] dims = inputs.get(0).dims.clone();
    dims[axis] = 0;
    for (Array input : inputs) {
      dims[axis] += input.dims[axis];
    }
    Array out = Array.zeros(inputs.get(0).element, dims);
    int outer = Indexing.product(dims, 0, axis);
    int run = Indexing.product(dims, axis, dims.length);
    int at = 0;
    for (Array input : inputs) {
      int length = Indexing.product(input.dims, axis, dims.length);
      for (int o = 0; o < outer; o++) {
        out.copy(o * run + at, input, o * length, length);
      }
      at += length;
    }
    return out;
  }

  /** Cuts an array into {@code parts} equal pieces along an axis. */
  static Array part(Array x, int axis, int parts, int which) {
    int[] starts = new int[x.rank()];
    int[] limits = x.dims.clone();
    int[] steps = new int[x.rank()];
    java.util.Arrays.fill(steps, 1);
    int size = x.dims[axis] / parts;
    starts[axis] = size * which;
    limits[axis] = size * (which + 1);
    return slice(x, starts, limits, steps);
  }

  /** Pads at the edges, where a negative amount crops, and between elements. */
  static Array pad(Array x, Array value, int[] low, int[] high, int[] interior) {
    int rank = x.rank();
    int[] dims = new int[rank];
    int[] first = new int[rank];
    int[] limit = new int[rank];
    int[] steps = new int[rank];
    for (int i = 0; i < rank; i++) {
      int step = interior[i] + 1;
      int size = x.dims[i];
      dims[i] = Math.max(0, low[i] + high[i] + (size == 0 ? 0 : (size - 1) * step + 1));
      // Only elements that land inside the result are copied.
      first[i] = low[i] >= 0 ? 0 : (-low[i] + step - 1) / step;
      limit[i] = Math.min(size, Math.floorDiv(dims[i] - 1 - low[i], step) + 1);
      steps[i] = 1;
    }
    Array out = splat(value, dims);
    int[] kept = new int[rank];
    for (int i = 0; i < rank; i++) {
      kept[i] = limit[i] - first[i];
      if (kept[i] <= 0) {
        return out;
      }
    }
    Array inside = slice(x, first, limit, steps);
    int[] strides = Indexing.strides(dims);
    int offset = 0;
    for (int i = 0; i < rank; i++) {
      offset += strides[i] * (low[i] + first[i] * (interior[i] + 1));
      strides[i] *= interior[i] + 1;
    }
    out.put(Indexing.positions(kept, offset, strides), inside);
    return out;
  }

  static Array dynamicSlice(Array x, int[] starts, int[] sizes) {
    int[] from = clamped(starts, x.dims, sizes);
    int[] strides = Indexing.strides(x.dims);
    return x.take(Indexing.positions(sizes, Indexing.dot(from, strides), strides), sizes);
  }

  static Array dynamicUpdateSlice(Array x, Array update, int[] starts) {
    int[] from = clamped(starts, x.dims, update.dims);
    int[] strides = Indexing.strides(x.dims);
    Array out = x.copy();
    out.put(Indexing.positions(update.dims, Indexing.dot(from, strides), strides), update);
    return out;
  }

  private static int[] clamped(int[] starts, int[] dims, int[] sizes) {
    int[] out = new int[starts.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.max(0, Math.min(starts[i], dims[i] - sizes[i]));
    }
    return out;
  }

  /** A start index as an int; what lies beyond 32 bits is clamped there, which clamps the same. */
  static int index(Array scalar, int i) {
    long value = scalar.longs[i];
    if (scalar.dtype == DType.U64 && value < 0) {
      return Integer.MAX_VALUE;
    }
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
  }

  static int[] indices(List<Array> scalars) {
    int[] out = new int[scalars.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = index(scalars.get(i), 0);
    }
    return out;
  }

  /** The elements of a 1-d index tensor. */
  static int[] ints(Array x) {
    int[] out = new int[x.count];
    for (int i = 0; i < out.length; i++) {
      out[i] = index(x, i);
    }
    return out;
  }
}
