package org.cornu.pjrt;

import org.cornu.pjrt.capi.PJRT_Client;
import org.cornu.pjrt.capi.PJRT_Client_CreateErrorBuffer_Args;
import org.cornu.pjrt.capi.PJRT_Client_CreateUninitializedBuffer_Args;
import org.cornu.pjrt.capi.PJRT_Client_CreateViewOfDeviceBuffer_Args;
import org.cornu.pjrt.capi.PJRT_Device;
import org.cornu.pjrt.capi.PJRT_Memory;
import org.cornu.pjrt.capi.Pjrt;

/** Buffers without data, with a failure instead of data, or over memory of somebody else. */
final class BufferMaker {
  private final Client client;

  BufferMaker(Client client) {
    this.client = client;
  }

  Buffer uninitialized(ArraySpec spec, Device device) {
    requireOwn(device, "uninitializedBuffer");
    try (Frame frame = new Frame()) {
      var args =
          frame.args(
              PJRT_Client_CreateUninitializedBuffer_Args.class,
              PJRT_Client_CreateUninitializedBuffer_Args::new);
      args.client(new PJRT_Client(new Address(client.handle)));
      args.shape_dims(frame.longs(spec.dims())).shape_num_dims(spec.dimensions().size());
      args.shape_element_type(spec.type().number());
      args.device(new PJRT_Device(new Address(device.handle)));
      client.enter();
      try {
        client.api().call(ApiFunction.PJRT_Client_CreateUninitializedBuffer, args);
        return wrap(Address.of(args.buffer()), spec, device);
      } finally {
        client.release();
      }
    }
  }

  Buffer error(ErrorCode code, String message, ArraySpec spec, Device device) {
    requireOwn(device, "errorBuffer");
    if (code == ErrorCode.OK) {
      throw new IllegalArgumentException("errorBuffer: OK is no error");
    }
    try (Frame frame = new Frame()) {
      var args =
          frame.args(
              PJRT_Client_CreateErrorBuffer_Args.class, PJRT_Client_CreateErrorBuffer_Args::new);
      args.client(new PJRT_Client(new Address(client.handle)));
      args.error_code(code.number());
      args.error_message(frame.text(message)).error_message_size(Frame.utf8Length(message));
      args.shape_dims(frame.longs(spec.dims())).shape_num_dims(spec.dimensions().size());
      args.shape_element_type(spec.type().number());
      Memory memory =
          device
              .defaultMemory()
              .orElseThrow(
                  () -> new IllegalArgumentException("errorBuffer: " + device + " has no memory"));
      args.memory(new PJRT_Memory(new Address(memory.handle)));
      client.enter();
      try {
        client.api().call(ApiFunction.PJRT_Client_CreateErrorBuffer, args);
        return wrap(Address.of(args.buffer()), spec, device);
      } finally {
        client.release();
      }
    }
  }

  Buffer view(long address, ArraySpec spec, Device device, Runnable onRelease) {
    requireOwn(device, "bufferView");
    if (address == 0) {
      throw new IllegalArgumentException("bufferView: the address is 0");
    }
    try (Frame frame = new Frame()) {
      var args =
          frame
              .args(
                  PJRT_Client_CreateViewOfDeviceBuffer_Args.class,
                  PJRT_Client_CreateViewOfDeviceBuffer_Args::new)
              .client(new PJRT_Client(new Address(client.handle)))
              .device_buffer_ptr(new Address(address))
              .dims(frame.longs(spec.dims()))
              .num_dims(spec.dimensions().size())
              .element_type(spec.type().number())
              .device(new PJRT_Device(new Address(device.handle)));
      client.enter();
      try {
        client.api().require(ApiFunction.PJRT_Client_CreateViewOfDeviceBuffer);
        long id = Completions.expect(client, "bufferView", onRelease);
        long[] callback = new long[2];
        Pjrt.cornu_view_callback(id, callback);
        args.on_delete_callback(new Address(callback[0]));
        args.on_delete_callback_arg(new Address(callback[1]));
        try {
          client.api().call(ApiFunction.PJRT_Client_CreateViewOfDeviceBuffer, args);
        } catch (PjrtException e) {
          Completions.forget(id);
          Pjrt.cornu_view_callback_free(callback[1]);
          throw e;
        }
        return wrap(Address.of(args.buffer()), spec, device);
      } finally {
        client.release();
      }
    }
  }

  private Buffer wrap(long handle, ArraySpec spec, Device device) {
    boolean readable = client.sharesHostMemory() && !spec.type().isSubByte();
    return Buffer.single(client, handle, spec.type(), spec.dims(), device, readable);
  }

  private void requireOwn(Device device, String operation) {
    if (device.client() != client) {
      throw new IllegalArgumentException(operation + ": " + device + " belongs to another client");
    }
  }
}
