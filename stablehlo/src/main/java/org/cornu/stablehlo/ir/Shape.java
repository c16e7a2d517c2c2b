package org.cornu.stablehlo.ir;

import com.google.errorprone.annotations.Immutable;
import java.util.Arrays;

/**
 * An immutable list of dimension sizes. A size is at least 0, or {@link #DYNAMIC} where a program
 * leaves it open.
 */
@Immutable
@SuppressWarnings("Immutable") // the array never escapes
public final class Shape {
  /** The size of a dimension that is only known at run time, printed {@code ?}. */
  public static final long DYNAMIC = Long.MIN_VALUE;

  /** The shape of a scalar. */
  public static final Shape SCALAR = new Shape(new long[0]);

  private final long[] dims;

  private Shape(long[] dims) {
    this.dims = dims;
  }

  /** The shape with these sizes. */
  public static Shape of(long... dims) {
    for (long dim : dims) {
      if (dim < 0 && dim != DYNAMIC) {
        throw new IllegalArgumentException(
            "shape: sizes must be at least 0: got " + Arrays.toString(dims));
      }
    }
    return dims.length == 0 ? SCALAR : new Shape(dims.clone());
  }

  /** Number of dimensions. */
  public int rank() {
    return dims.length;
  }

  /** Size of dimension {@code axis}, counted from 0, or from the end when negative. */
  public long dim(int axis) {
    return dims[axis < 0 ? axis + dims.length : axis];
  }

  /** Size of dimension {@code axis} as an int. */
  public int size(int axis) {
    return Math.toIntExact(dim(axis));
  }

  /** A copy of the sizes. */
  public long[] dims() {
    return dims.clone();
  }

  /** True when no size is {@link #DYNAMIC}. */
  public boolean isStatic() {
    for (long dim : dims) {
      if (dim == DYNAMIC) {
        return false;
      }
    }
    return true;
  }

  /** Number of elements: the product of the sizes, 1 for a scalar. */
  public long count() {
    long count = 1;
    for (long dim : dims) {
      if (dim == DYNAMIC) {
        throw new IllegalStateException("shape " + this + " has no element count: a size is open");
      }
      count = Math.multiplyExact(count, dim);
    }
    return count;
  }

  /** This shape with dimension {@code axis} set to {@code size}. */
  public Shape with(int axis, long size) {
    long[] out = dims.clone();
    out[axis < 0 ? axis + dims.length : axis] = size;
    return of(out);
  }

  /** This shape with a dimension of {@code size} inserted before position {@code axis}. */
  public Shape insert(int axis, long size) {
    long[] out = new long[dims.length + 1];
    System.arraycopy(dims, 0, out, 0, axis);
    out[axis] = size;
    System.arraycopy(dims, axis, out, axis + 1, dims.length - axis);
    return of(out);
  }

  /** This shape without dimension {@code axis}. */
  public Shape remove(int axis) {
    long[] out = new long[dims.length - 1];
    System.arraycopy(dims, 0, out, 0, axis);
    System.arraycopy(dims, axis + 1, out, axis, out.length - axis);
    return of(out);
  }

  /** The sizes of the dimensions from {@code from} inclusive to {@code to} exclusive. */
  public Shape slice(int from, int to) {
    return of(Arrays.copyOfRange(dims, from, to));
  }

  /** The sizes of this shape followed by those of {@code other}. */
  public Shape concat(Shape other) {
    long[] out = Arrays.copyOf(dims, dims.length + other.dims.length);
    System.arraycopy(other.dims, 0, out, dims.length, other.dims.length);
    return of(out);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape && Arrays.equals(dims, ((Shape) other).dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  /** {@code [2,3]}; an open size is {@code ?}. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder("[");
    for (int i = 0; i < dims.length; i++) {
      out.append(i == 0 ? "" : ",");
      out.append(dims[i] == DYNAMIC ? "?" : Long.toString(dims[i]));
    }
    return out.append(']').toString();
  }
}
