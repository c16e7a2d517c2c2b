package org.cornu.pjrt;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.cornu.pjrt.capi.Pjrt;

/**
 * Device memory to host memory.
 *
 * <p>Where the host can read device memory (CPU), the data is copied straight from the pinned
 * device pointer, on the calling thread; the plugin's own transfer would change threads first.
 */
final class HostReads {
  private HostReads() {}

  static void toHost(Buffer buffer, ByteBuffer destination) {
    long bytes = buffer.hostBytes();
    requireRoom(destination, bytes);
    if (!destination.isDirect()) {
      read(
          buffer,
          "toHost",
          view -> {
            destination.put(view);
          });
      return;
    }
    long address = Address.of(destination) + destination.position();
    long handle = buffer.acquire("toHost");
    TransferEvent event = new TransferEvent();
    event.begin();
    try {
      Api api = buffer.client().api();
      if (buffer.isReadable()) {
        buffer.check(
            Pjrt.cornu_buffer_read(api.address, handle, 0, bytes, address), "toHost", handle);
      } else {
        transfer(buffer, handle, address, bytes);
      }
    } finally {
      event.finish("device to host", buffer.type(), buffer.dims(), bytes, buffer.device());
      buffer.release();
      Reference.reachabilityFence(destination);
    }
    destination.position(destination.position() + (int) bytes);
  }

  static CompletableFuture<Void> toHostAsync(Buffer buffer, ByteBuffer destination) {
    long bytes = buffer.hostBytes();
    requireRoom(destination, bytes);
    if (!destination.isDirect()) {
      throw new IllegalArgumentException("toHostAsync: the destination must be a direct buffer");
    }
    long handle = buffer.acquire("toHostAsync");
    try {
      Api api = buffer.client().api();
      long[] event = new long[1];
      api.check(
          Pjrt.cornu_buffer_to_host(
              api.address,
              handle,
              buffer.dims().length,
              Address.of(destination) + destination.position(),
              bytes,
              event),
          "toHostAsync");
      return Completions.future(buffer.client(), event[0], "toHostAsync", destination);
    } finally {
      buffer.release();
    }
  }

  static float[] floats(Buffer buffer) {
    require(buffer, "toFloatArray", BufferType.F32, BufferType.C64);
    float[] data = new float[length(buffer, Float.BYTES)];
    read(buffer, "toFloatArray", view -> view.asFloatBuffer().get(data));
    return data;
  }

  static double[] doubles(Buffer buffer) {
    require(buffer, "toDoubleArray", BufferType.F64, BufferType.C128);
    double[] data = new double[length(buffer, Double.BYTES)];
    read(buffer, "toDoubleArray", view -> view.asDoubleBuffer().get(data));
    return data;
  }

  static int[] ints(Buffer buffer) {
    require(buffer, "toIntArray", BufferType.S32, BufferType.U32);
    int[] data = new int[length(buffer, Integer.BYTES)];
    read(buffer, "toIntArray", view -> view.asIntBuffer().get(data));
    return data;
  }

  static long[] longs(Buffer buffer) {
    require(buffer, "toLongArray", BufferType.S64, BufferType.U64);
    long[] data = new long[length(buffer, Long.BYTES)];
    read(buffer, "toLongArray", view -> view.asLongBuffer().get(data));
    return data;
  }

  static short[] shorts(Buffer buffer) {
    requireWidth(buffer, "toShortArray", Short.BYTES);
    short[] data = new short[length(buffer, Short.BYTES)];
    read(buffer, "toShortArray", view -> view.asShortBuffer().get(data));
    return data;
  }

  static byte[] bytes(Buffer buffer) {
    requireWidth(buffer, "toByteArray", Byte.BYTES);
    byte[] data = new byte[length(buffer, Byte.BYTES)];
    read(buffer, "toByteArray", view -> view.get(data));
    int unused = signedUnusedBits(buffer.type());
    if (unused > 0) {
      // The plugin hands out the bare nibble, without its sign.
      for (int i = 0; i < data.length; i++) {
        data[i] = (byte) ((byte) (data[i] << unused) >> unused);
      }
    }
    return data;
  }

  static boolean[] booleans(Buffer buffer) {
    require(buffer, "toBooleanArray", BufferType.PRED, BufferType.PRED);
    byte[] bytes = new byte[length(buffer, Byte.BYTES)];
    read(buffer, "toBooleanArray", view -> view.get(bytes));
    boolean[] data = new boolean[bytes.length];
    for (int i = 0; i < data.length; i++) {
      data[i] = bytes[i] != 0;
    }
    return data;
  }

  static long elementBits(Buffer buffer, long element) {
    int size = buffer.type().byteSize();
    if (size == 0 || size > Long.BYTES) {
      throw new IllegalArgumentException(
          "elementBits: an element must take 1 to 8 bytes: got " + buffer.type());
    }
    if (element < 0 || element >= buffer.elementCount()) {
      throw new IndexOutOfBoundsException(
          "elementBits: element "
              + element
              + " of "
              + Dimensions.text(buffer.type(), buffer.dims()));
    }
    if (!buffer.isReadable()) {
      long[] bits = new long[1];
      read(
          buffer,
          "elementBits",
          view -> {
            for (int i = 0; i < size; i++) {
              bits[0] |= (view.get((int) element * size + i) & 0xFFL) << (8 * i);
            }
          });
      return bits[0];
    }
    long handle = buffer.acquire("elementBits");
    try {
      Api api = buffer.client().api();
      long[] value = new long[1];
      long error = Pjrt.cornu_buffer_read_element(api.address, handle, element * size, size, value);
      buffer.check(error, "elementBits", handle);
      return value[0];
    } finally {
      buffer.release();
    }
  }

  static double scalar(Buffer buffer) {
    require(buffer, "scalar", BufferType.F32, BufferType.F64);
    if (buffer.elementCount() != 1) {
      throw new IllegalStateException(
          "scalar: the buffer must have one element: got "
              + Dimensions.text(buffer.type(), buffer.dims()));
    }
    long bits = elementBits(buffer, 0);
    return buffer.type() == BufferType.F32
        ? Float.intBitsToFloat((int) bits)
        : Double.longBitsToDouble(bits);
  }

  /** Lets a reader see all of the data as one direct buffer, at most 2 GiB - 1. */
  private static void read(Buffer buffer, String operation, Consumer<ByteBuffer> reader) {
    long bytes = buffer.hostBytes();
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          operation
              + ": "
              + Dimensions.text(buffer.type(), buffer.dims())
              + " takes more than 2 GiB; slice it on the device");
    }
    Api api = buffer.client().api();
    long handle = buffer.acquire(operation);
    TransferEvent event = new TransferEvent();
    event.begin();
    try {
      if (buffer.isReadable()) {
        long[] pointer = new long[1];
        buffer.check(Pjrt.cornu_buffer_pin(api.address, handle, pointer), operation, handle);
        try {
          reader.accept(Address.view(pointer[0], (int) bytes));
        } finally {
          Pjrt.cornu_buffer_unpin(api.address, handle);
        }
      } else {
        ByteBuffer copy = ByteBuffer.allocateDirect((int) bytes).order(ByteOrder.nativeOrder());
        transfer(buffer, handle, Address.of(copy), bytes);
        reader.accept(copy);
      }
    } finally {
      event.finish("device to host", buffer.type(), buffer.dims(), bytes, buffer.device());
      buffer.release();
    }
  }

  private static void transfer(Buffer buffer, long handle, long address, long bytes) {
    Api api = buffer.client().api();
    int rank = buffer.dims().length;
    long[] event = new long[1];
    buffer.check(
        Pjrt.cornu_buffer_to_host(api.address, handle, rank, address, bytes, event),
        "toHost",
        handle);
    long error = Pjrt.cornu_event_await(api.address, event[0]);
    Pjrt.cornu_event_destroy(api.address, event[0]);
    api.check(error, "toHost");
  }

  private static int length(Buffer buffer, int width) {
    return Math.toIntExact(buffer.hostBytes() / width);
  }

  private static void requireRoom(ByteBuffer destination, long bytes) {
    if (destination.isReadOnly()) {
      throw new ReadOnlyBufferException();
    }
    if (destination.remaining() < bytes) {
      throw new IllegalArgumentException(
          "toHost: the destination is too small: got "
              + destination.remaining()
              + " bytes for "
              + bytes);
    }
  }

  private static void require(Buffer buffer, String operation, BufferType one, BufferType other) {
    if (buffer.type() != one && buffer.type() != other) {
      throw new IllegalStateException(
          operation
              + ": the element type must be "
              + one
              + (one == other ? "" : " or " + other)
              + ": got "
              + Dimensions.text(buffer.type(), buffer.dims()));
    }
  }

  private static void requireWidth(Buffer buffer, String operation, int width) {
    if (buffer.type().byteSize() != width) {
      throw new IllegalStateException(
          operation
              + ": elements must take "
              + width
              + " bytes: got "
              + Dimensions.text(buffer.type(), buffer.dims()));
    }
  }

  private static int signedUnusedBits(BufferType type) {
    return type == BufferType.S1 || type == BufferType.S2 || type == BufferType.S4
        ? 8 - type.bits()
        : 0;
  }
}
