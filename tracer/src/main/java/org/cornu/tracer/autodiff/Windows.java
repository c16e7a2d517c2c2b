package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.WindowConfig;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.Value;

/** Geometry of sliding windows. */
final class Windows {
  private Windows() {}

  static boolean allOnes(long[] values) {
    for (long value : values) {
      if (value != 1) {
        return false;
      }
    }
    return true;
  }

  /** Size of {@code n} elements spread {@code d} apart. */
  static long dilated(long n, long d) {
    return n == 0 ? 0 : 1 + (n - 1) * d;
  }

  static long[] low(long[][] padding) {
    long[] out = new long[padding.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = padding[i][0];
    }
    return out;
  }

  static long[] high(long[][] padding) {
    long[] out = new long[padding.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = padding[i][1];
    }
    return out;
  }

  static long[] minusOne(long[] dilations) {
    long[] out = dilations.clone();
    for (int i = 0; i < out.length; i++) {
      out[i]--;
    }
    return out;
  }

  /** The operand spread by its base dilation and padded with a scalar. */
  static Value padded(Builder b, Value x, Value padding, WindowConfig w) {
    return b.pad(x, padding, low(w.padding()), high(w.padding()), minusOne(w.baseDilations()));
  }

  /** The offsets of a window's elements in row-major order. */
  static List<long[]> offsets(WindowConfig w) {
    List<long[]> out = new ArrayList<>();
    out.add(new long[w.dimensions().length]);
    for (int d = 0; d < w.dimensions().length; d++) {
      List<long[]> next = new ArrayList<>();
      for (long[] prefix : out) {
        for (long k = 0; k < w.dimensions()[d]; k++) {
          long[] offset = prefix.clone();
          offset[d] = k * w.windowDilations()[d];
          next.add(offset);
        }
      }
      out = next;
    }
    return out;
  }

  /** Of every window the element at {@code offset}, from the padded operand. */
  static Value element(Builder b, Value padded, long[] offset, WindowConfig w, Shape out) {
    long[] limits = new long[offset.length];
    for (int d = 0; d < offset.length; d++) {
      limits[d] = out.dim(d) == 0 ? offset[d] : offset[d] + (out.dim(d) - 1) * w.strides()[d] + 1;
    }
    return b.slice(padded, offset, limits, w.strides());
  }

  /** The dimension of a cumulative reduction, or -1: each result covers all elements up to it. */
  static int cumulative(WindowConfig w, Shape shape) {
    if (!allOnes(w.strides()) || !allOnes(w.baseDilations()) || !allOnes(w.windowDilations())) {
      return -1;
    }
    int found = -1;
    for (int d = 0; d < shape.rank(); d++) {
      if (w.dimensions()[d] == 1 && w.padding()[d][0] == 0 && w.padding()[d][1] == 0) {
        continue;
      }
      boolean forward = w.padding()[d][0] == shape.dim(d) - 1 && w.padding()[d][1] == 0;
      boolean backward = w.padding()[d][1] == shape.dim(d) - 1 && w.padding()[d][0] == 0;
      boolean whole = w.dimensions()[d] == shape.dim(d) && (forward || backward);
      if (!whole || found >= 0) {
        return -1;
      }
      found = d;
    }
    return found;
  }
}
