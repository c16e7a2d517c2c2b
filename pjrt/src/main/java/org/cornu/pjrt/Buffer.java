package org.cornu.pjrt;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.cornu.pjrt.capi.PJRT_Buffer;
import org.cornu.pjrt.capi.PJRT_Buffer_CopyToDevice_Args;
import org.cornu.pjrt.capi.PJRT_Buffer_CopyToMemory_Args;
import org.cornu.pjrt.capi.PJRT_Buffer_ReadyEvent_Args;
import org.cornu.pjrt.capi.PJRT_Device;
import org.cornu.pjrt.capi.PJRT_Memory;
import org.cornu.pjrt.capi.Pjrt;
import org.jspecify.annotations.Nullable;

/**
 * An array in a device's memory: element type, dimensions, device.
 *
 * <p>A buffer may exist before its data: it is produced asynchronously, and every read waits.
 * Closing is idempotent and optional; a buffer that is forgotten is freed after the garbage
 * collector found it. A buffer that was closed, or donated to a program, refuses every use but
 * {@link #close}, {@link #isDeleted}, {@link #type}, {@link #dimensions} and {@link #device}.
 * Thread-safe.
 */
public final class Buffer implements AutoCloseable {
  /** How long a reader waits for the launch that took its buffer to say so. */
  private static final long CONSUMER_NANOS = 1_000_000_000L;

  private final BufferOwner owner;
  private final int index;
  private final BufferType type;
  private final long[] dims;

  /** Whether the memory can be read in place: host-visible, row-major, whole bytes. */
  private final boolean readable;

  /**
   * How the buffer ended, as text or as something whose text is only made when needed. Not
   * volatile: written before the owner's use count changes, and only for messages.
   */
  private @Nullable Object ending;

  Buffer(BufferOwner owner, int index, BufferType type, long[] dims, boolean readable) {
    this.owner = owner;
    this.index = index;
    this.type = type;
    this.dims = dims;
    this.readable = readable;
    owner.begin(index, type, dims);
    if (LeakTracking.ENABLED) {
      owner.describe(index, Dimensions.text(type, dims), CallSite.here());
    }
  }

  /** A buffer that owns one handle of its own. */
  static Buffer single(
      Client client, long handle, BufferType type, long[] dims, Device device, boolean readable) {
    long bytes = type.deviceBytes(Dimensions.elements("buffer", dims));
    device.allocated(bytes, 1);
    BufferOwner owner = new BufferOwner(client, device, new long[] {handle}, 1, new long[] {bytes});
    MemoryPressure.allocated(device, bytes);
    return new Buffer(owner, 0, type, dims, readable);
  }

  /** The element type. */
  public BufferType type() {
    return type;
  }

  /** A copy of the dimensions; empty for a scalar. */
  public long[] dimensions() {
    return dims.clone();
  }

  /** The dimensions themselves, not to be written. */
  long[] dims() {
    return dims;
  }

  /** The number of elements. */
  public long elementCount() {
    long count = 1;
    for (long dim : dims) {
      count *= dim;
    }
    return count;
  }

  /** Bytes of the elements in host memory. */
  public long hostBytes() {
    return type.hostBytes(elementCount());
  }

  /** The device that holds the data. */
  public Device device() {
    return owner.device;
  }

  /** The client the buffer belongs to. */
  public Client client() {
    return owner.client;
  }

  /** Whether the buffer was closed or donated. */
  public boolean isDeleted() {
    return owner.isClosed(index);
  }

  /** Waits until the data is there; throws the failure of the program that makes it. */
  public void await() {
    long handle = acquire("await");
    try {
      check(Pjrt.cornu_buffer_await(client().api().address, handle), "await", handle);
    } finally {
      release();
    }
  }

  /** Waits until the data of all buffers is there, in one native call; throws the first failure. */
  public static void awaitAll(Buffer... buffers) {
    if (buffers.length == 0) {
      return;
    }
    Api api = buffers[0].client().api();
    long[] handles = new long[buffers.length];
    int acquired = 0;
    try {
      for (; acquired < buffers.length; acquired++) {
        buffers[0].requireSameClient(buffers[acquired].client());
        handles[acquired] = buffers[acquired].acquire("await");
      }
      api.check(Pjrt.cornu_buffers_await(api.address, handles, acquired), "await");
    } finally {
      for (int i = 0; i < acquired; i++) {
        buffers[i].release();
      }
    }
  }

  /** Completes when the data is there, or exceptionally with the failure. Blocks no thread. */
  public CompletableFuture<Void> ready() {
    long handle = acquire("ready");
    try (Frame frame = new Frame()) {
      var args =
          frame
              .args(PJRT_Buffer_ReadyEvent_Args.class, PJRT_Buffer_ReadyEvent_Args::new)
              .buffer(new PJRT_Buffer(new Address(handle)));
      client().api().call(ApiFunction.PJRT_Buffer_ReadyEvent, args);
      return Completions.future(client(), Address.of(args.event()), "ready", this);
    } finally {
      release();
    }
  }

  /** Whether the data is there, or failed to come. Does not wait. */
  public boolean isReady() {
    return BufferQuestions.outcome(this).known();
  }

  /** The failure of the program that makes the data; empty if there is none yet. Does not wait. */
  public Optional<PjrtException> failure() {
    return BufferQuestions.outcome(this).failure();
  }

  /** The memory of {@link #device} that holds the data. */
  public Optional<Memory> memory() {
    return BufferQuestions.memory(this);
  }

  /** Whether the data lies in memory that this process can read. */
  public boolean isOnHost() {
    return BufferQuestions.isOnHost(this);
  }

  /** Bytes of the data in device memory, padding included. */
  public long onDeviceBytes() {
    return BufferQuestions.onDeviceBytes(this);
  }

  /** The dimensions without padding: differ from {@link #dimensions} where those are bounds. */
  public long[] unpaddedDimensions() {
    return BufferQuestions.unpaddedDimensions(this);
  }

  /** The indices of the dimensions whose size is only known while running. */
  public int[] dynamicDimensions() {
    return BufferQuestions.dynamicDimensions(this);
  }

  /**
   * Copies bytes as they lie in device memory: in the device's layout, with packed small types.
   *
   * @param destination a direct buffer, filled from position to limit; not to be read until the
   *     future completes
   * @param offset where the piece starts, in bytes
   */
  public CompletableFuture<Void> copyRawToHost(ByteBuffer destination, long offset) {
    return BufferQuestions.copyRaw(this, destination, offset);
  }

  /**
   * The same memory as an array of another type and shape. Where the plugin hands the memory over,
   * this buffer counts as donated.
   *
   * @throws IllegalArgumentException if the sizes in bytes differ
   * @throws PjrtException with {@code UNIMPLEMENTED} on plugins before API 0.98
   */
  public Buffer bitcast(BufferType newType, long... newDims) {
    return BufferQuestions.bitcast(this, ArraySpec.of(newType, newDims));
  }

  /**
   * The same memory as a buffer that is ready only when a future has completed too, and fails if
   * that fails. This buffer counts as donated.
   *
   * @throws PjrtException with {@code UNIMPLEMENTED} on plugins before API 0.88
   */
  public Buffer donateAfter(CompletableFuture<?> dependency) {
    return BufferQuestions.donateAfter(this, dependency);
  }

  /**
   * Copies the data into a host buffer, after waiting for it.
   *
   * @param destination direct or on the heap, with {@link #hostBytes} bytes between position and
   *     limit or more; its position moves behind the data
   */
  public void toHost(ByteBuffer destination) {
    HostReads.toHost(this, destination);
  }

  /** Starts a copy into a direct host buffer; the future completes when the data is there. */
  public CompletableFuture<Void> toHostAsync(ByteBuffer destination) {
    return HostReads.toHostAsync(this, destination);
  }

  /** The data in a new direct buffer in native byte order, at most 2 GiB - 1. */
  public ByteBuffer toByteBuffer() {
    ByteBuffer copy =
        ByteBuffer.allocateDirect(Math.toIntExact(hostBytes())).order(ByteOrder.nativeOrder());
    toHost(copy);
    return copy.flip().order(ByteOrder.nativeOrder());
  }

  /** The elements of an {@code F32} buffer; pairs of a {@code C64} buffer. */
  public float[] toFloatArray() {
    return HostReads.floats(this);
  }

  /** The elements of an {@code F64} buffer; pairs of a {@code C128} buffer. */
  public double[] toDoubleArray() {
    return HostReads.doubles(this);
  }

  /** The elements of an {@code S32} or {@code U32} buffer. */
  public int[] toIntArray() {
    return HostReads.ints(this);
  }

  /** The elements of an {@code S64} or {@code U64} buffer. */
  public long[] toLongArray() {
    return HostReads.longs(this);
  }

  /**
   * The elements of an {@code S16} or {@code U16} buffer; the bits of {@code F16}, {@code BF16}.
   */
  public short[] toShortArray() {
    return HostReads.shorts(this);
  }

  /**
   * The elements of a buffer of 8-bit elements, or of narrower ones: one byte each, and signed ones
   * sign-extended.
   */
  public byte[] toByteArray() {
    return HostReads.bytes(this);
  }

  /** The elements of a {@code PRED} buffer. */
  public boolean[] toBooleanArray() {
    return HostReads.booleans(this);
  }

  /**
   * The bits of one element of at most 8 bytes, zero-extended. On CPU this costs one native call
   * and no copy of the rest.
   *
   * @param element the row-major index
   */
  public long elementBits(long element) {
    return HostReads.elementBits(this, element);
  }

  /** The one element of an {@code F32} or {@code F64} buffer. */
  public double scalar() {
    return HostReads.scalar(this);
  }

  /** Copies the data to another device of the same client, or to the same one. */
  public Buffer copyTo(Device target) {
    requireSameClient(target.client());
    long handle = acquire("copyTo");
    try (Frame frame = new Frame()) {
      var args =
          frame
              .args(PJRT_Buffer_CopyToDevice_Args.class, PJRT_Buffer_CopyToDevice_Args::new)
              .buffer(new PJRT_Buffer(new Address(handle)))
              .dst_device(new PJRT_Device(new Address(target.handle)));
      client().api().call(ApiFunction.PJRT_Buffer_CopyToDevice, args);
      return single(client(), Address.of(args.dst_buffer()), type, dims, target, readable);
    } finally {
      release();
    }
  }

  /** Copies the data to a memory of a device, such as {@code pinned_host}. */
  public Buffer copyTo(Device target, Memory memory) {
    requireSameClient(target.client());
    long handle = acquire("copyTo");
    try (Frame frame = new Frame()) {
      var args =
          frame
              .args(PJRT_Buffer_CopyToMemory_Args.class, PJRT_Buffer_CopyToMemory_Args::new)
              .buffer(new PJRT_Buffer(new Address(handle)))
              .dst_memory(new PJRT_Memory(new Address(memory.handle)));
      client().api().call(ApiFunction.PJRT_Buffer_CopyToMemory, args);
      return single(client(), Address.of(args.dst_buffer()), type, dims, target, readable);
    } finally {
      release();
    }
  }

  /** How the data lies in device memory, as XLA writes it: {@code {1,0}} for a row-major matrix. */
  public String layout() {
    long handle = acquire("layout");
    try {
      return new Layouts(client().api()).ofBuffer(handle);
    } finally {
      release();
    }
  }

  private void requireSameClient(Client other) {
    if (other != client()) {
      throw new IllegalArgumentException(
          "buffer: the clients differ: got " + client() + " and " + other);
    }
  }

  /** Frees the device memory. Does nothing the second time, or after a donation. */
  @Override
  public void close() {
    if (owner.close(index)) {
      ending = "closed" + CallSite.suffix();
    }
  }

  BufferOwner owner() {
    return owner;
  }

  long deviceBytes() {
    return owner.bytes(index);
  }

  boolean isReadable() {
    return readable;
  }

  /** The native handle, safe until {@link #release}; throws when closed or donated. */
  long acquire(String operation) {
    long handle = owner.acquire(index);
    if (handle == 0) {
      throw deleted(operation);
    }
    return handle;
  }

  void release() {
    try {
      owner.release(index);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Ends a use whose call consumed the buffer: see {@link BufferOwner#releaseDonated}. */
  long releaseDonated(Object consumer) {
    if (ending == null) {
      ending = consumer;
    }
    return owner.releaseDonated(index);
  }

  /** Ends a use whose call took the memory away, and accounts for it. */
  void releaseConsumed(Object consumer) {
    long orphan = releaseDonated(consumer);
    boolean first = orphan >= 0;
    long handle = first ? orphan : ~orphan;
    owner.donated(first ? 1 : 0, handle == 0 ? 0 : 1, first ? deviceBytes() : 0);
    if (handle != 0) {
      Pjrt.cornu_buffer_destroy(client().api().address, handle);
    }
  }

  /**
   * Throws if a call on the acquired handle failed. Where that is because a launch on another
   * thread consumed the buffer in between, the exception says so.
   */
  void check(long error, String operation, long handle) {
    if (error == 0) {
      return;
    }
    Api api = client().api();
    PjrtException failure = api.exception(error, operation);
    if (Pjrt.cornu_buffer_is_deleted(api.address, handle)) {
      long end = System.nanoTime() + CONSUMER_NANOS;
      while (!isDeleted() && System.nanoTime() < end) {
        Thread
            .yield(); // the launch has returned from the plugin, and is about to mark its arguments
      }
      if (isDeleted()) {
        throw deleted(operation);
      }
    }
    throw failure;
  }

  private IllegalStateException deleted(String operation) {
    String how = ending == null ? "closed" : String.valueOf(ending);
    String hint =
        how.equals("closed")
            ? " (run with -Dcornu.trackLeaks=true to see where)"
            : how.contains("donated")
                ? "\n  hint: use what that call returned, or do not donate the argument"
                : "\n  hint: close it after its last use, or leave that to a scope";
    return new IllegalStateException(
        operation + ": the buffer " + Dimensions.text(type, dims) + " was " + how + hint);
  }

  @Override
  public String toString() {
    return "Buffer["
        + Dimensions.text(type, dims)
        + " on "
        + device()
        + (isDeleted() ? ", deleted]" : "]");
  }
}
