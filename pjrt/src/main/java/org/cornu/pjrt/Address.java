package org.cornu.pjrt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** A bare native address as a JavaCPP pointer. Owns nothing. */
final class Address extends Pointer {
  Address(long address) {
    this.address = address;
  }

  /** Bytes at an address: only a {@link BytePointer} counts its capacity in bytes. */
  private static final class Bytes extends BytePointer {
    Bytes(long address, long size) {
      this.address = address;
      this.limit = size;
      this.capacity = size;
    }
  }

  /** Memory at an address as a direct buffer in native byte order; at most 2 GiB - 1. */
  static ByteBuffer view(long address, int size) {
    if (size == 0) {
      return ByteBuffer.allocateDirect(0).order(ByteOrder.nativeOrder());
    }
    return new Bytes(address, size).asByteBuffer().order(ByteOrder.nativeOrder());
  }

  static long of(Pointer pointer) {
    return pointer == null || pointer.isNull() ? 0 : pointer.address();
  }

  /** The address of a direct buffer's first byte (position 0 is not added). */
  static long of(ByteBuffer buffer) {
    return new Pointer(buffer.duplicate().clear()).address();
  }
}
