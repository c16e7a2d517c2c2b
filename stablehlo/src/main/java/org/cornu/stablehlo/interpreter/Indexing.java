package org.cornu.stablehlo.interpreter;

/** Row-major positions in tensors. */
final class Indexing {
  private Indexing() {}

  /** Number of elements. */
  static int count(int[] dims) {
    long count = 1;
    for (int dim : dims) {
      count *= dim;
    }
    return Math.toIntExact(count);
  }

  /** How far apart neighbours along each dimension lie. */
  static int[] strides(int[] dims) {
    int[] out = new int[dims.length];
    int stride = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      out[i] = stride;
      stride *= dims[i];
    }
    return out;
  }

  /** Product of the sizes from {@code from} inclusive to {@code to} exclusive. */
  static int product(int[] dims, int from, int to) {
    int out = 1;
    for (int i = from; i < to; i++) {
      out *= dims[i];
    }
    return out;
  }

  /** Moves {@code index} to the next one in row-major order; false after the last. */
  static boolean next(int[] index, int[] dims) {
    for (int i = dims.length - 1; i >= 0; i--) {
      if (++index[i] < dims[i]) {
        return true;
      }
      index[i] = 0;
    }
    return false;
  }

  static int dot(int[] index, int[] strides) {
    int out = 0;
    for (int i = 0; i < index.length; i++) {
      out += index[i] * strides[i];
    }
    return out;
  }

  /** {@code offset + index . strides} for every index of {@code dims}, in row-major order. */
  static int[] positions(int[] dims, int offset, int[] strides) {
    int n = count(dims);
    int[] out = new int[n];
    if (n == 0) {
      return out;
    }
    if (dims.length == 0) {
      out[0] = offset;
      return out;
    }
    int last = dims.length - 1;
    int inner = dims[last];
    int step = strides[last];
    int[] index = new int[dims.length];
    int at = offset;
    for (int done = 0; done < n; ) {
      int position = at;
      for (int j = 0; j < inner; j++) {
        out[done++] = position;
        position += step;
      }
      for (int i = last - 1; i >= 0; i--) {
        at += strides[i];
        if (++index[i] < dims[i]) {
          break;
        }
        at -= strides[i] * dims[i];
        index[i] = 0;
      }
    }
    return out;
  }

  /** The elements of {@code values} as ints; an error beyond 32 bits. */
  static int[] ints(long[] values) {
    int[] out = new int[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.toIntExact(values[i]);
    }
    return out;
  }

  static int[] ints(java.util.List<Long> values) {
    int[] out = new int[values.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.toIntExact(values.get(i));
    }
    return out;
  }

  static boolean contains(int[] values, int wanted) {
    return indexOf(values, wanted) >= 0;
  }

  static int indexOf(int[] values, int wanted) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  /** The numbers below {@code rank} that are in none of the lists, ascending. */
  static int[] others(int rank, int[]... taken) {
    int[] out = new int[rank];
    int n = 0;
    for (int i = 0; i < rank; i++) {
      boolean free = true;
      for (int[] list : taken) {
        free &= !contains(list, i);
      }
      if (free) {
        out[n++] = i;
      }
    }
    return java.util.Arrays.copyOf(out, n);
  }

  /** {@code values[at[0]], values[at[1]], …}. */
  static int[] pick(int[] values, int[] at) {
    int[] out = new int[at.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = values[at[i]];
    }
    return out;
  }

  static int[] concat(int[]... parts) {
    int n = 0;
    for (int[] part : parts) {
      n += part.length;
    }
    int[] out = new int[n];
    int at = 0;
    for (int[] part : parts) {
      System.arraycopy(part, 0, out, at, part.length);
      at += part.length;
    }
    return out;
  }
}
