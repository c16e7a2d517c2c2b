package org.cornu.pjrt;

import java.util.ArrayList;
import java.util.List;

/**
 * Element type and dimensions of an array.
 *
 * @param type the element type
 * @param dimensions the dimensions; empty for a scalar
 */
public record ArraySpec(BufferType type, List<Long> dimensions) {
  /** Checks that the type holds data and no dimension is negative. */
  public ArraySpec {
    dimensions = List.copyOf(dimensions);
    if (!type.hasData()) {
      throw new IllegalArgumentException("array: " + type + " holds no data");
    }
    long unused = Dimensions.elements("array", toArray(dimensions));
  }

  /** A spec from a type and dimensions. */
  public static ArraySpec of(BufferType type, long... dimensions) {
    List<Long> list = new ArrayList<>(dimensions.length);
    for (long dim : dimensions) {
      list.add(dim);
    }
    return new ArraySpec(type, list);
  }

  private static long[] toArray(List<Long> dimensions) {
    return dimensions.stream().mapToLong(Long::longValue).toArray();
  }

  long[] dims() {
    return toArray(dimensions);
  }

  /** Bytes of the elements in host memory. */
  public long hostBytes() {
    return type.hostBytes(Dimensions.elements("array", dims()));
  }

  @Override
  public String toString() {
    return Dimensions.text(type, dims());
  }
}
