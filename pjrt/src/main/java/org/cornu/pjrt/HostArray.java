package org.cornu.pjrt;

import java.nio.ByteBuffer;

/**
 * An array in memory that a custom call may look at while it runs.
 *
 * @param type the element type
 * @param dimensions the dimensions
 * @param data the row-major elements in native byte order; read-only for arguments. It must not be
 *     used after the call returned
 */
public record HostArray(BufferType type, java.util.List<Long> dimensions, ByteBuffer data) {
  /** The number of elements. */
  public long elementCount() {
    long count = 1;
    for (long dim : dimensions) {
      count *= dim;
    }
    return count;
  }
}
