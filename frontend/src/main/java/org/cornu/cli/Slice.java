package org.cornu.cli;

import java.util.List;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;

/** A box of an array: {@code [start, stop)} per dimension. */
public final class Slice {
  private final long[] starts;
  private final long[] stops;

  private Slice(long[] starts, long[] stops) {
    this.starts = starts;
    this.stops = stops;
  }

  /** From {@code [[start, stop], …]}. */
  static Slice of(List<?> bounds) {
    long[] starts = new long[bounds.size()];
    long[] stops = new long[bounds.size()];
    for (int i = 0; i < starts.length; i++) {
      List<?> pair = (List<?>) bounds.get(i);
      starts[i] = ((Number) pair.get(0)).longValue();
      stops[i] = ((Number) pair.get(1)).longValue();
    }
    return new Slice(starts, stops);
  }

  /** The shape of the box. */
  public Shape shape() {
    long[] dims = new long[starts.length];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = stops[i] - starts[i];
    }
    return Shape.of(dims);
  }

  /** Cuts the box out of an array. */
  public Literal cut(Literal whole) {
    TensorType type = whole.type().withShape(shape());
    byte[] part = new byte[(int) (type.shape().count() * type.dtype().bytes())];
    move(whole.expandedBytes(), whole.type().shape(), part, type.dtype().bytes(), true);
    return Literal.ofBytes(type, part);
  }

  /** Puts a part in its place. */
  void paste(byte[] part, byte[] whole, Shape wholeShape, int elementBytes) {
    move(whole, wholeShape, part, elementBytes, false);
  }

  private void move(
      byte[] whole, Shape wholeShape, byte[] part, int elementBytes, boolean outOfWhole) {
    Shape box = shape();
    int rank = box.rank();
    int row = rank == 0 ? elementBytes : (int) box.dim(rank - 1) * elementBytes;
    long rows = rank == 0 ? 1 : row == 0 ? 0 : box.count() * elementBytes / row;
    for (long r = 0; r < rows; r++) {
      long offset = 0;
      long rest = r;
      long stride = 1;
      for (int d = rank - 1; d >= 0; d--) {
        long index = starts[d];
        if (d < rank - 1) {
          index += rest % box.dim(d);
          rest /= box.dim(d);
        }
        offset += index * stride;
        stride *= wholeShape.dim(d);
      }
      int inWhole = (int) (offset * elementBytes);
      int inPart = (int) (r * row);
      if (outOfWhole) {
        System.arraycopy(whole, inWhole, part, inPart, row);
      } else {
        System.arraycopy(part, inPart, whole, inWhole, row);
      }
    }
  }
}
