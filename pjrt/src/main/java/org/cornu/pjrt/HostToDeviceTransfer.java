package org.cornu.pjrt;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.cornu.pjrt.capi.PJRT_AsyncHostToDeviceTransferManager;
import org.cornu.pjrt.capi.PJRT_AsyncHostToDeviceTransferManager_AddMetadata_Args;
import org.cornu.pjrt.capi.PJRT_AsyncHostToDeviceTransferManager_BufferCount_Args;
import org.cornu.pjrt.capi.PJRT_AsyncHostToDeviceTransferManager_BufferSize_Args;
import org.cornu.pjrt.capi.PJRT_AsyncHostToDeviceTransferManager_Destroy_Args;
import org.cornu.pjrt.capi.PJRT_AsyncHostToDeviceTransferManager_Device_Args;
import org.cornu.pjrt.capi.PJRT_AsyncHostToDeviceTransferManager_RetrieveBuffer_Args;
import org.cornu.pjrt.capi.PJRT_AsyncHostToDeviceTransferManager_SetBufferError_Args;
import org.cornu.pjrt.capi.PJRT_AsyncHostToDeviceTransferManager_TransferData_Args;
import org.cornu.pjrt.capi.PJRT_AsyncHostToDeviceTransferManager_TransferLiteral_Args;
import org.cornu.pjrt.capi.PJRT_Client;
import org.cornu.pjrt.capi.PJRT_Client_CreateBuffersForAsyncHostToDevice_Args;
import org.cornu.pjrt.capi.PJRT_Memory;
import org.cornu.pjrt.capi.PJRT_ShapeSpec;

/**
 * Buffers that exist before their data: they can be passed to programs at once, and are filled
 * piece by piece from host memory.
 *
 * <pre>{@code
 * try (HostToDeviceTransfer transfer = client.transfer(device, ArraySpec.of(F32, 1024))) {
 *   Buffer weights = transfer.buffer(0);
 *   transfer.write(0, firstHalf, 0, false);
 *   transfer.write(0, secondHalf, 2048, true).join();
 * }
 * }</pre>
 */
public final class HostToDeviceTransfer implements AutoCloseable {
  private final Client client;
  private final Device device;
  private final List<ArraySpec> specs;
  private final NativeHandle handle;

  HostToDeviceTransfer(Client client, Device device, List<ArraySpec> specs) {
    this.client = client;
    this.device = device;
    this.specs = List.copyOf(specs);
    Api api = client.api();
    api.require(ApiFunction.PJRT_Client_CreateBuffersForAsyncHostToDevice);
    Memory memory =
        device
            .defaultMemory()
            .orElseThrow(
                () -> new IllegalArgumentException("transfer: " + device + " has no memory"));
    try (Frame frame = new Frame()) {
      PJRT_ShapeSpec shapes =
          frame.structs(PJRT_ShapeSpec.class, PJRT_ShapeSpec::new, Math.max(1, specs.size()));
      for (int i = 0; i < specs.size(); i++) {
        PJRT_ShapeSpec shape = shapes.getPointer(i);
        shape.struct_size(Loader.sizeof(PJRT_ShapeSpec.class));
        shape.dims(frame.longs(specs.get(i).dims()));
        shape.num_dims(specs.get(i).dimensions().size());
        shape.element_type(specs.get(i).type().number());
      }
      var args =
          frame.args(
              PJRT_Client_CreateBuffersForAsyncHostToDevice_Args.class,
              PJRT_Client_CreateBuffersForAsyncHostToDevice_Args::new);
      args.client(new PJRT_Client(new Address(client.handle)));
      args.shape_specs(shapes).num_shape_specs(specs.size());
      args.memory(new PJRT_Memory(new Address(memory.handle)));
      client.enter();
      try {
        api.call(ApiFunction.PJRT_Client_CreateBuffersForAsyncHostToDevice, args);
        this.handle =
            new NativeHandle(this, client, Address.of(args.transfer_manager()), destroyer(api));
      } finally {
        client.release();
      }
    }
  }

  private static java.util.function.LongConsumer destroyer(Api api) {
    return address -> {
      try (Frame frame = new Frame()) {
        var args =
            frame
                .args(
                    PJRT_AsyncHostToDeviceTransferManager_Destroy_Args.class,
                    PJRT_AsyncHostToDeviceTransferManager_Destroy_Args::new)
                .transfer_manager(manager(address));
        var unused = api.tryCall(ApiFunction.PJRT_AsyncHostToDeviceTransferManager_Destroy, args);
      }
    };
  }

  private static PJRT_AsyncHostToDeviceTransferManager manager(long address) {
    return new PJRT_AsyncHostToDeviceTransferManager(new Address(address));
  }

  /** The buffer that a transfer fills. To be called once per index. */
  public Buffer buffer(int index) {
    ArraySpec spec = spec(index);
    try (Frame frame = new Frame()) {
      var args =
          frame.args(
              PJRT_AsyncHostToDeviceTransferManager_RetrieveBuffer_Args.class,
              PJRT_AsyncHostToDeviceTransferManager_RetrieveBuffer_Args::new);
      args.buffer_index(index);
      call(
          ApiFunction.PJRT_AsyncHostToDeviceTransferManager_RetrieveBuffer,
          args,
          args::transfer_manager);
      return Buffer.single(
          client,
          Address.of(args.buffer_out()),
          spec.type(),
          spec.dims(),
          device,
          client.sharesHostMemory() && !spec.type().isSubByte());
    }
  }

  /**
   * Copies a piece of a buffer's data.
   *
   * @param index which buffer
   * @param data a direct buffer, position to limit; must not be written until the future completes
   * @param offset where the piece starts, in bytes
   * @param last whether the buffer is complete with this piece
   * @return completes when the host memory is free again
   */
  public CompletableFuture<Void> write(int index, ByteBuffer data, long offset, boolean last) {
    ArraySpec spec = spec(index);
    if (!data.isDirect()) {
      throw new IllegalArgumentException("transfer: the data must be a direct buffer");
    }
    if (offset < 0 || offset + data.remaining() > spec.hostBytes()) {
      throw new IllegalArgumentException(
          "transfer: the piece lies outside the buffer: got bytes "
              + offset
              + " to "
              + (offset + data.remaining())
              + " of "
              + spec.hostBytes());
    }
    try (Frame frame = new Frame()) {
      var args =
          frame.args(
              PJRT_AsyncHostToDeviceTransferManager_TransferData_Args.class,
              PJRT_AsyncHostToDeviceTransferManager_TransferData_Args::new);
      args.buffer_index(index);
      args.data(new Address(Address.of(data) + data.position()));
      args.offset(offset).transfer_size(data.remaining()).is_last_transfer(last);
      call(
          ApiFunction.PJRT_AsyncHostToDeviceTransferManager_TransferData,
          args,
          args::transfer_manager);
      return Completions.future(
          client, Address.of(args.done_with_h2d_transfer()), "transfer", data);
    } finally {
      Reference.reachabilityFence(data);
    }
  }

  /**
   * Copies a whole buffer's data; the plugin brings it into the device's layout.
   *
   * @param data a direct buffer, position to limit: row-major; must not be written until the future
   *     completes
   * @throws PjrtException with {@code UNIMPLEMENTED} on plugins before API 0.83
   */
  public CompletableFuture<Void> writeAll(int index, ByteBuffer data) {
    ArraySpec spec = spec(index);
    if (!data.isDirect() || data.remaining() != spec.hostBytes()) {
      throw new IllegalArgumentException(
          "transfer: "
              + spec
              + " takes a direct buffer of "
              + spec.hostBytes()
              + " bytes: got "
              + data);
    }
    try (Frame frame = new Frame()) {
      var args =
          frame.args(
              PJRT_AsyncHostToDeviceTransferManager_TransferLiteral_Args.class,
              PJRT_AsyncHostToDeviceTransferManager_TransferLiteral_Args::new);
      args.buffer_index(index);
      args.data(new Address(Address.of(data) + data.position()));
      args.shape_dims(frame.longs(spec.dims())).shape_num_dims(spec.dimensions().size());
      args.shape_element_type(spec.type().number());
      args.shape_layout(Layouts.rowMajor(frame, spec.dimensions().size()));
      call(
          ApiFunction.PJRT_AsyncHostToDeviceTransferManager_TransferLiteral,
          args,
          args::transfer_manager);
      return Completions.future(
          client, Address.of(args.done_with_h2d_transfer()), "transfer", data);
    } finally {
      Reference.reachabilityFence(data);
    }
  }

  /** The device whose buffers are filled. */
  public Device device() {
    try (Frame frame = new Frame()) {
      var args =
          frame.args(
              PJRT_AsyncHostToDeviceTransferManager_Device_Args.class,
              PJRT_AsyncHostToDeviceTransferManager_Device_Args::new);
      call(ApiFunction.PJRT_AsyncHostToDeviceTransferManager_Device, args, args::transfer_manager);
      return client.deviceAt(Address.of(args.device_out()));
    }
  }

  /** The number of buffers. */
  public int bufferCount() {
    try (Frame frame = new Frame()) {
      var args =
          frame.args(
              PJRT_AsyncHostToDeviceTransferManager_BufferCount_Args.class,
              PJRT_AsyncHostToDeviceTransferManager_BufferCount_Args::new);
      call(
          ApiFunction.PJRT_AsyncHostToDeviceTransferManager_BufferCount,
          args,
          args::transfer_manager);
      return Math.toIntExact(args.buffer_count());
    }
  }

  /** Bytes of a buffer on the device. */
  public long bufferBytes(int index) {
    ArraySpec unused = spec(index);
    try (Frame frame = new Frame()) {
      var args =
          frame.args(
              PJRT_AsyncHostToDeviceTransferManager_BufferSize_Args.class,
              PJRT_AsyncHostToDeviceTransferManager_BufferSize_Args::new);
      args.buffer_index(index);
      call(
          ApiFunction.PJRT_AsyncHostToDeviceTransferManager_BufferSize,
          args,
          args::transfer_manager);
      return args.buffer_size();
    }
  }

  /** Notes something about the transfer for the plugin's own logs and profiles. */
  public void annotate(Map<String, String> metadata) {
    try (Frame frame = new Frame()) {
      var args =
          frame.args(
              PJRT_AsyncHostToDeviceTransferManager_AddMetadata_Args.class,
              PJRT_AsyncHostToDeviceTransferManager_AddMetadata_Args::new);
      args.transfer_metadata(NamedValues.write(frame, Map.copyOf(metadata)))
          .num_metadata(metadata.size());
      call(
          ApiFunction.PJRT_AsyncHostToDeviceTransferManager_AddMetadata,
          args,
          args::transfer_manager);
    }
  }

  /** Gives up on a buffer: everything that waits for it fails with this error. */
  public void fail(int index, ErrorCode code, String message) {
    ArraySpec unused = spec(index);
    try (Frame frame = new Frame()) {
      var args =
          frame.args(
              PJRT_AsyncHostToDeviceTransferManager_SetBufferError_Args.class,
              PJRT_AsyncHostToDeviceTransferManager_SetBufferError_Args::new);
      args.buffer_index(index).error_code(code.number());
      args.error_message(frame.text(message)).error_message_size(Frame.utf8Length(message));
      call(
          ApiFunction.PJRT_AsyncHostToDeviceTransferManager_SetBufferError,
          args,
          args::transfer_manager);
    }
  }

  private void call(
      ApiFunction function, Pointer args, Consumer<PJRT_AsyncHostToDeviceTransferManager> setter) {
    long address = handle.acquire();
    if (address == 0) {
      throw new IllegalStateException("the transfer is closed");
    }
    try {
      setter.accept(manager(address));
      client.api().call(function, args);
    } finally {
      handle.release();
      Reference.reachabilityFence(this);
    }
  }

  private ArraySpec spec(int index) {
    if (index < 0 || index >= specs.size()) {
      throw new IndexOutOfBoundsException(
          "transfer: there are " + specs.size() + " buffers: got index " + index);
    }
    return specs.get(index);
  }

  /** Ends the transfer; buffers that were completed stay. Idempotent. */
  @Override
  public void close() {
    handle.close();
  }
}
