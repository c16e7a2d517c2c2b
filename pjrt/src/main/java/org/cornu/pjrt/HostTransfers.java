package org.cornu.pjrt;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.cornu.pjrt.capi.Pjrt;

/**
 * Host memory to device memory.
 *
 * <p>Small arrays go through a staging buffer of the calling thread and are copied by the plugin
 * during the call. Large ones are copied once, into fresh aligned memory that passes into the
 * device buffer's keeping: a CPU plugin uses it in place, others read it and let go.
 */
final class HostTransfers {
  /** Up to here the plugin's own copy is cheaper than an allocation. */
  private static final int SMALL_BYTES = 64 << 10;

  /** Bytes of one step of a copy from the Java heap; views of native memory hold an int's worth. */
  private static final int STEP = 1 << 30;

  private static final int ONLY_DURING_CALL =
      Pjrt.PJRT_HostBufferSemantics_kImmutableOnlyDuringCall;
  private static final int ZERO_COPY = Pjrt.PJRT_HostBufferSemantics_kImmutableZeroCopy;
  private static final long[] NO_STRIDES = {};

  private static final class Staging {
    final ByteBuffer memory = ByteBuffer.allocateDirect(SMALL_BYTES).order(ByteOrder.nativeOrder());
    final long address = Address.of(memory);
    final long[] result = new long[2];
  }

  private static final ThreadLocal<Staging> STAGING = ThreadLocal.withInitial(Staging::new);

  private final Client client;

  HostTransfers(Client client) {
    this.client = client;
  }

  Buffer copy(ByteBuffer data, BufferType type, long[] dims, Device device) {
    long bytes = checkedBytes(type, dims, device);
    requireBytes(data.remaining(), 1, bytes, type, dims);
    client.enter();
    TransferEvent event = new TransferEvent();
    event.begin();
    try {
      if (bytes > SMALL_BYTES) {
        return large(bytes, type, dims, device, (view, offset) -> put(view, data, offset));
      }
      if (data.isDirect()) {
        return copyDuringCall(Address.of(data) + data.position(), type, dims, device);
      }
      Staging staging = STAGING.get();
      staging.memory.clear().put(data.duplicate());
      return copyDuringCall(staging.address, type, dims, device);
    } finally {
      event.finish("host to device", type, dims, bytes, device);
      client.release();
      Reference.reachabilityFence(data);
    }
  }

  Buffer copy(Object array, int length, int width, BufferType type, long[] dims, Device device) {
    long bytes = checkedBytes(type, dims, device);
    requireWidth(array, width, type);
    requireBytes(length, width, bytes, type, dims);
    client.enter();
    TransferEvent event = new TransferEvent();
    event.begin();
    try {
      if (bytes > SMALL_BYTES) {
        return large(bytes, type, dims, device, (view, offset) -> put(view, array, offset / width));
      }
      Staging staging = STAGING.get();
      put(staging.memory.clear().limit((int) bytes), array, 0);
      return copyDuringCall(staging.address, type, dims, device);
    } finally {
      event.finish("host to device", type, dims, bytes, device);
      client.release();
    }
  }

  Buffer share(ByteBuffer data, BufferType type, long[] dims, Device device) {
    long bytes = checkedBytes(type, dims, device);
    requireBytes(data.remaining(), 1, bytes, type, dims);
    if (!data.isDirect()) {
      throw new IllegalArgumentException("bufferFromHostZeroCopy: the memory must be direct");
    }
    long[] result = new long[2];
    long address = Address.of(data) + data.position();
    client.enter();
    try {
      call(address, type, dims, ZERO_COPY, device, result);
      Buffer buffer = wrap(result[0], type, dims, device);
      Completions.keepUntil(client, result[1], data);
      return buffer;
    } finally {
      client.release();
    }
  }

  private interface Filler {
    /** Copies as much as fits from a byte offset of the source. */
    void fill(ByteBuffer view, long offset);
  }

  private Buffer large(long bytes, BufferType type, long[] dims, Device device, Filler filler) {
    long memory = Pjrt.cornu_staging_allocate(bytes);
    if (memory == 0 && MemoryPressure.reclaim()) {
      memory = Pjrt.cornu_staging_allocate(bytes);
    }
    if (memory == 0) {
      throw new PjrtException(
          "bufferFromHost",
          ErrorCode.RESOURCE_EXHAUSTED,
          "no host memory for " + bytes + " bytes of " + Dimensions.text(type, dims));
    }
    boolean filled = false;
    try {
      for (long offset = 0; offset < bytes; offset += STEP) {
        filler.fill(Address.view(memory + offset, (int) Math.min(STEP, bytes - offset)), offset);
      }
      filled = true;
    } finally {
      if (!filled) {
        Pjrt.cornu_staging_free(memory);
      }
    }
    long[] result = new long[2];
    client
        .api()
        .check(
            Pjrt.cornu_buffer_from_staging(
                client.api().address,
                client.handle,
                memory,
                type.number(),
                dims,
                dims.length,
                device.handle,
                0,
                result),
            "bufferFromHost");
    return wrap(result[0], type, dims, device);
  }

  private Buffer copyDuringCall(long address, BufferType type, long[] dims, Device device) {
    long[] result = STAGING.get().result;
    call(address, type, dims, ONLY_DURING_CALL, device, result);
    return wrap(result[0], type, dims, device);
  }

  private void call(
      long address, BufferType type, long[] dims, int semantics, Device device, long[] result) {
    long error = tryCall(address, type, dims, semantics, device, result);
    if (error == 0) {
      return;
    }
    PjrtException failure = client.api().exception(error, "bufferFromHost");
    if (failure.code() == ErrorCode.RESOURCE_EXHAUSTED && MemoryPressure.reclaim()) {
      error = tryCall(address, type, dims, semantics, device, result);
      if (error == 0) {
        return;
      }
      failure = client.api().exception(error, "bufferFromHost");
    }
    throw failure;
  }

  private long tryCall(
      long address, BufferType type, long[] dims, int semantics, Device device, long[] result) {
    return Pjrt.cornu_buffer_from_host(
        client.api().address,
        client.handle,
        address,
        type.number(),
        dims,
        dims.length,
        NO_STRIDES,
        0,
        semantics,
        device.handle,
        0,
        result);
  }

  private Buffer wrap(long handle, BufferType type, long[] dims, Device device) {
    boolean readable = client.sharesHostMemory() && !type.isSubByte();
    return Buffer.single(client, handle, type, dims.clone(), device, readable);
  }

  private long checkedBytes(BufferType type, long[] dims, Device device) {
    if (!type.hasData()) {
      throw new IllegalArgumentException("bufferFromHost: " + type + " holds no data");
    }
    if (device.client() != client) {
      throw new IllegalArgumentException(
          "bufferFromHost: " + device + " belongs to another client");
    }
    if (!device.isAddressable()) {
      throw new IllegalArgumentException(
          "bufferFromHost: " + device + " belongs to process " + device.processIndex());
    }
    long elements = Dimensions.elements("bufferFromHost", dims);
    try {
      return type.hostBytes(elements);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "bufferFromHost: the size exceeds 2^63 bytes: got " + Dimensions.text(type, dims), e);
    }
  }

  private static void requireBytes(
      long length, int width, long bytes, BufferType type, long[] dims) {
    if (length * width != bytes) {
      throw new IllegalArgumentException(
          "bufferFromHost: the data does not fill the shape: got "
              + length * width
              + " bytes for "
              + Dimensions.text(type, dims)
              + ", which takes "
              + bytes);
    }
  }

  private static void requireWidth(Object array, int width, BufferType type) {
    int component = type.isComplex() ? type.byteSize() / 2 : type.byteSize();
    if (component != width) {
      throw new IllegalArgumentException(
          "bufferFromHost: "
              + array.getClass().getSimpleName()
              + " does not hold elements of "
              + type
              + ", which take "
              + component
              + " bytes");
    }
  }

  private static void put(ByteBuffer view, ByteBuffer data, long offset) {
    int start = data.position() + (int) offset;
    view.put(data.duplicate().limit(start + view.remaining()).position(start));
  }

  private static void put(ByteBuffer view, Object array, long start) {
    int from = (int) start;
    if (array instanceof float[] a) {
      view.asFloatBuffer().put(a, from, view.remaining() / Float.BYTES);
    } else if (array instanceof double[] a) {
      view.asDoubleBuffer().put(a, from, view.remaining() / Double.BYTES);
    } else if (array instanceof int[] a) {
      view.asIntBuffer().put(a, from, view.remaining() / Integer.BYTES);
    } else if (array instanceof long[] a) {
      view.asLongBuffer().put(a, from, view.remaining() / Long.BYTES);
    } else if (array instanceof short[] a) {
      view.asShortBuffer().put(a, from, view.remaining() / Short.BYTES);
    } else if (array instanceof char[] a) {
      view.asCharBuffer().put(a, from, view.remaining() / Character.BYTES);
    } else {
      view.put((byte[]) array, from, view.remaining());
    }
  }
}
