package org.cornu.tracer.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;

/** Copies rectangular parts of row-major host arrays. */
final class Slices {
  private Slices() {}

  /** The part of {@code data} from {@code start} on with shape {@code part}. */
  static ByteBuffer read(ByteBuffer data, TensorType type, long[] start, Shape part) {
    int size = type.dtype().bytes();
    byte[] out = new byte[Math.toIntExact(part.count() * size)];
    forEachRow(
        type.shape(),
        start,
        part,
        size,
        (whole, local, n) -> data.get(data.position() + whole, out, local, n));
    return ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Puts {@code values} of shape {@code part} at {@code start} of {@code whole}. */
  static void write(byte[] whole, TensorType type, long[] start, Shape part, byte[] values) {
    forEachRow(
        type.shape(),
        start,
        part,
        type.dtype().bytes(),
        (at, local, n) -> System.arraycopy(values, local, whole, at, n));
  }

  private interface Row {
    void copy(int wholeByte, int partByte, int bytes);
  }

  private static void forEachRow(Shape shape, long[] start, Shape part, int size, Row row) {
    if (part.count() == 0) {
      return;
    }
    int rank = shape.rank();
    if (rank == 0) {
      row.copy(0, 0, size);
      return;
    }
    long[] strides = new long[rank];
    strides[rank - 1] = 1;
    for (int d = rank - 2; d >= 0; d--) {
      strides[d] = strides[d + 1] * shape.dim(d + 1);
    }
    int rowBytes = Math.toIntExact(part.dim(rank - 1) * size);
    long[] index = new long[rank];
    int local = 0;
    while (true) {
      long at = 0;
      for (int d = 0; d < rank; d++) {
        at += (start[d] + index[d]) * strides[d];
      }
      row.copy(Math.toIntExact(at * size), local, rowBytes);
      local += rowBytes;
      int d = rank - 2;
      while (d >= 0 && ++index[d] == part.dim(d)) {
        index[d--] = 0;
      }
      if (d < 0) {
        return;
      }
    }
  }
}
