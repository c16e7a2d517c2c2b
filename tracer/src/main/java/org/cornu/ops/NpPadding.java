package org.cornu.ops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/** The part of {@link Np} that pads. */
abstract sealed class NpPadding extends NpStatistics permits NpSegments {

  /** How {@link #pad} makes up elements beyond the edges. */
  public enum PadMode {
    /** A constant. */
    CONSTANT,
    /** The element at the edge. */
    EDGE,
    /** Mirrored, without repeating the edge. */
    REFLECT,
    /** Mirrored, repeating the edge. */
    SYMMETRIC,
    /** From the other end. */
    WRAP,
    /** A straight line from the edge to 0. */
    LINEAR_RAMP,
    /** The maximum of the axis. */
    MAXIMUM,
    /** The minimum of the axis. */
    MINIMUM,
    /** The mean of the axis. */
    MEAN,
    /** The median of the axis. */
    MEDIAN,
    /** Zeros, whatever they are. */
    EMPTY;

    /** The mode by NumPy's name. */
    public static PadMode of(String name) {
      for (PadMode mode : values()) {
        if (mode.name().equalsIgnoreCase(name)) {
          return mode;
        }
      }
      throw new OpException("pad: no mode is named '" + name + "'");
    }
  }

  /** Zeros around: {@code widths[axis] = {before, behind}}. */
  public static Tensor pad(Tensor x, int[][] widths) {
    return pad(x, widths, 0);
  }

  /** A constant around: {@code widths[axis] = {before, behind}}. */
  public static Tensor pad(Tensor x, int[][] widths, double value) {
    return Composed.of(
        x,
        v -> {
          int[][] w = checked(v, widths);
          long[] low = Arrays.stream(w).mapToLong(p -> p[0]).toArray();
          long[] high = Arrays.stream(w).mapToLong(p -> p[1]).toArray();
          return Lax.pad(v, Lax.full(v.dtype(), value), low, high, new long[v.rank()]);
        });
  }

  /** {@code x} with {@code widths[axis] = {before, behind}} elements more, made up by the mode. */
  public static Tensor pad(Tensor x, int[][] widths, PadMode mode) {
    return Composed.of(
        x,
        v -> {
          int[][] w = checked(v, widths);
          if (mode == PadMode.CONSTANT || mode == PadMode.EMPTY) {
            return pad(v, w, 0);
          }
          Tensor out = v;
          for (int axis = 0; axis < v.rank(); axis++) {
            if (w[axis][0] != 0 || w[axis][1] != 0) {
              out = along(out, axis, w[axis][0], w[axis][1], mode);
            }
          }
          return out;
        });
  }

  private static int[][] checked(Tensor x, int[][] widths) {
    int[][] out = widths;
    if (widths.length == 1 && x.rank() != 1) {
      out = new int[x.rank()][];
      Arrays.fill(out, widths[0]);
    }
    if (out.length != x.rank()) {
      throw new OpException(
          "pad: one pair of widths for each axis is needed: got "
              + widths.length
              + " for "
              + x.type().brief());
    }
    for (int[] pair : out) {
      if (pair.length != 2 || pair[0] < 0 || pair[1] < 0) {
        throw new OpException(
            "pad: widths are pairs {before, behind} that are not negative: got "
                + Arrays.deepToString(widths));
      }
    }
    return out;
  }

  private static Tensor along(Tensor x, int axis, int before, int behind, PadMode mode) {
    int n = x.size(axis);
    if (n == 0) {
      throw new OpException(
          "pad: an empty axis can only be padded with a constant: got axis "
              + axis
              + " of "
              + x.type().brief());
    }
    return switch (mode) {
      case EDGE, REFLECT, SYMMETRIC, WRAP -> {
        int[] sources = new int[before + n + behind];
        Arrays.setAll(sources, i -> source(i - before, n, mode));
        yield picked(x, axis, sources);
      }
      case LINEAR_RAMP -> ramp(x, axis, before, behind);
      case MAXIMUM -> framed(x, axis, before, behind, Np.max(x, true, axis));
      case MINIMUM -> framed(x, axis, before, behind, Np.min(x, true, axis));
      case MEAN -> framed(x, axis, before, behind, rounded(x, Np.mean(x, true, axis)));
      case MEDIAN -> framed(x, axis, before, behind, rounded(x, median(x, true, axis)));
      case CONSTANT, EMPTY -> throw new IllegalStateException("handled before");
    };
  }

  private static int source(int i, int n, PadMode mode) {
    return switch (mode) {
      case EDGE -> Math.max(0, Math.min(n - 1, i));
      case WRAP -> Math.floorMod(i, n);
      case SYMMETRIC -> {
        int p = Math.floorMod(i, 2 * n);
        yield p < n ? p : 2 * n - 1 - p;
      }
      default -> {
        int period = Math.max(1, 2 * (n - 1));
        int p = Math.floorMod(i, period);
        yield p < n ? p : period - p;
      }
    };
  }

  /** Elements at these positions of an axis, as joined slices of runs up or down. */
  private static Tensor picked(Tensor x, int axis, int[] sources) {
    List<Tensor> parts = new ArrayList<>();
    int i = 0;
    while (i < sources.length) {
      int j = i + 1;
      int step = j < sources.length ? sources[j] - sources[i] : 1;
      if (step == 0) {
        while (j < sources.length && sources[j] == sources[i]) {
          j++;
        }
        Tensor one = Lax.sliceInDim(x, sources[i], sources[i] + 1L, 1, axis);
        parts.add(
            Lax.broadcastInDim(
                one, one.shape().with(axis, j - i), Dims.longs(Dims.range(x.rank()))));
      } else {
        int sign = step > 0 ? 1 : -1;
        while (j < sources.length && sources[j] == sources[j - 1] + sign) {
          j++;
        }
        int low = Math.min(sources[i], sources[j - 1]);
        int high = Math.max(sources[i], sources[j - 1]);
        Tensor run = Lax.sliceInDim(x, low, high + 1L, 1, axis);
        parts.add(sign > 0 || low == high ? run : Lax.rev(run, axis));
      }
      i = j;
    }
    return Lax.concatenate(parts, axis);
  }

  private static Tensor framed(Tensor x, int axis, int before, int behind, Tensor value) {
    Tensor v = Lax.convertElementType(value, x.dtype());
    List<Tensor> parts = new ArrayList<>();
    long[] dims = Dims.longs(Dims.range(x.rank()));
    parts.add(Lax.broadcastInDim(v, x.shape().with(axis, before), dims));
    parts.add(x);
    parts.add(Lax.broadcastInDim(v, x.shape().with(axis, behind), dims));
    return Lax.concatenate(parts, axis);
  }

  private static Tensor rounded(Tensor x, Tensor value) {
    return x.dtype().isInteger() ? round(value) : value;
  }

  private static Tensor ramp(Tensor x, int axis, int before, int behind) {
    int n = x.size(axis);
    Tensor first = Lax.sliceInDim(x, 0, 1, 1, axis);
    Tensor last = Lax.sliceInDim(x, n - 1L, n, 1, axis);
    List<Tensor> parts = new ArrayList<>();
    parts.add(line(first, axis, before, false));
    parts.add(x);
    parts.add(line(last, axis, behind, true));
    return Lax.concatenate(parts, axis);
  }

  private static Tensor line(Tensor edge, int axis, int width, boolean falling) {
    double[] weights = new double[width];
    Arrays.setAll(weights, i -> falling ? (double) (width - 1 - i) / width : (double) i / width);
    DType dtype = Promotion.inexact(edge.dtype());
    long[] dims = Dims.filled(edge.rank(), 1);
    dims[axis] = width;
    Tensor t = Lax.reshape(NpCreation.host(dtype, weights, width), dims);
    Tensor out = multiply(edge, t);
    if (edge.dtype().isInteger()) {
      out = trunc(out);
    }
    return Lax.convertElementType(out, edge.dtype());
  }
}
