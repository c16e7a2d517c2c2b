package org.cornu.ops;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/** Axes counted from the end, broadcasting and promotion: what the strict layer does not know. */
final class Dims {
  private Dims() {}

  /** {@code axis} counted from the front. */
  static int axis(String op, int axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw new OpException(
          op + ": the axis must lie in [" + -rank + ", " + rank + "): got " + axis,
          "axes count from 0, or from -1 backward");
    }
    return axis < 0 ? axis + rank : axis;
  }

  /** Axes counted from the front, ascending, distinct; none given means all. */
  static int[] axes(String op, int[] axes, int rank) {
    if (axes.length == 0) {
      return range(rank);
    }
    int[] out = ordered(op, axes, rank);
    Arrays.sort(out);
    return out;
  }

  /** Axes counted from the front, distinct, in the order given. */
  static int[] ordered(String op, int[] axes, int rank) {
    int[] out = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      out[i] = axis(op, axes[i], rank);
      for (int j = 0; j < i; j++) {
        if (out[j] == out[i]) {
          throw new OpException(
              op + ": axes must be distinct: got " + Arrays.toString(axes) + " of rank " + rank);
        }
      }
    }
    return out;
  }

  static int[] range(int n) {
    int[] out = new int[n];
    Arrays.setAll(out, i -> i);
    return out;
  }

  static boolean contains(int[] axes, int axis) {
    for (int a : axes) {
      if (a == axis) {
        return true;
      }
    }
    return false;
  }

  /** {@code axes} as the long dimension lists that the strict layer takes. */
  static long[] longs(int... axes) {
    long[] out = new long[axes.length];
    Arrays.setAll(out, i -> axes[i]);
    return out;
  }

  /** The axes of a tensor of this rank that are not in {@code axes}. */
  static int[] others(int[] axes, int rank) {
    int[] out = new int[rank - axes.length];
    int n = 0;
    for (int i = 0; i < rank; i++) {
      if (!contains(axes, i)) {
        out[n++] = i;
      }
    }
    return out;
  }

  static long[] filled(int n, long value) {
    long[] out = new long[n];
    Arrays.fill(out, value);
    return out;
  }

  /** The product of the sizes of these axes. */
  static long count(Tensor x, int... axes) {
    long out = 1;
    for (int axis : axes) {
      out *= x.shape().dim(axis);
    }
    return out;
  }

  /** The shape that all operands broadcast to. */
  static Shape broadcast(String op, List<Tensor> operands) {
    long[] out = new long[0];
    for (Tensor x : operands) {
      out = broadcast(op, out, x.shape().dims(), operands);
    }
    return Shape.of(out);
  }

  private static long[] broadcast(String op, long[] a, long[] b, List<Tensor> operands) {
    long[] out = new long[Math.max(a.length, b.length)];
    for (int i = 1; i <= out.length; i++) {
      long x = i <= a.length ? a[a.length - i] : 1;
      long y = i <= b.length ? b[b.length - i] : 1;
      if (x != y && x != 1 && y != 1) {
        throw new OpException(
            op
                + ": shapes do not broadcast: got "
                + briefs(operands)
                + ", axis "
                + -i
                + " is "
                + x
                + " against "
                + y,
            "sizes must be equal or 1, from the last axis on; Np.expandDims adds an axis of 1");
      }
      out[out.length - i] = x == 1 ? y : x;
    }
    return out;
  }

  static String briefs(List<Tensor> operands) {
    return operands.stream().map(x -> x.type().brief()).collect(Collectors.joining(", "));
  }

  /** {@code x} repeated along axes of size 1 and new leading axes. */
  static Tensor broadcastTo(Tensor x, Shape shape) {
    if (x.shape().equals(shape)) {
      return x;
    }
    int shift = shape.rank() - x.rank();
    long[] dims = new long[x.rank()];
    Arrays.setAll(dims, i -> i + shift);
    return Lax.broadcastInDim(x, shape, dims);
  }

  /** All operands in this type. */
  static Tensor[] cast(DType dtype, Tensor... operands) {
    Tensor[] out = new Tensor[operands.length];
    Arrays.setAll(out, i -> Lax.convertElementType(operands[i], dtype));
    return out;
  }

  /** All operands in this type, broadcast to one shape. */
  static Tensor[] align(String op, DType dtype, Tensor... operands) {
    Shape shape = broadcast(op, Arrays.asList(operands));
    Tensor[] out = cast(dtype, operands);
    for (int i = 0; i < out.length; i++) {
      out[i] = broadcastTo(out[i], shape);
    }
    return out;
  }

  /** All operands in the type they meet in, broadcast to one shape. */
  static Tensor[] promote(String op, Tensor... operands) {
    return align(op, promoted(operands), operands);
  }

  /** The type that the operands meet in. */
  static DType promoted(Tensor... operands) {
    DType[] types = new DType[operands.length];
    Arrays.setAll(types, i -> operands[i].dtype());
    return Promotion.result(types);
  }

  /** A constant of the type of {@code like} in its shape. */
  static Tensor constant(Tensor like, double value) {
    return Lax.full(like.dtype(), value, like.shape().dims());
  }

  static String text(int[] axes) {
    return Arrays.stream(axes).mapToObj(Integer::toString).collect(Collectors.joining(", "));
  }
}
