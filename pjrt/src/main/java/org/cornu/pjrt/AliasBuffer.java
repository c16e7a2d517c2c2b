package org.cornu.pjrt;

import org.cornu.pjrt.capi.PJRT_Buffer;
import org.cornu.pjrt.capi.PJRT_Client;
import org.cornu.pjrt.capi.PJRT_Client_CreateAliasBuffer_Args;
import org.cornu.pjrt.capi.PJRT_Client_FulfillAliasBuffer_Args;
import org.cornu.pjrt.capi.PJRT_FulfillAliasBufferCallback;
import org.cornu.pjrt.capi.PJRT_Memory;
import org.cornu.pjrt.capi.Pjrt;

/**
 * A buffer that stands for another one that does not exist yet: programs can take it at once, and
 * run when it is fulfilled.
 *
 * <pre>{@code
 * AliasBuffer later = client.aliasBuffer(ArraySpec.of(F32, 4), device);
 * Buffer[] results = program.execute(later.buffer()); // waits
 * later.fulfill(client.bufferFromHost(data, F32, dims, device));
 * }</pre>
 *
 * <p>It must be fulfilled or failed once: whatever waits for it waits until then. An alias that
 * becomes unreachable unfulfilled is failed.
 */
public final class AliasBuffer implements AutoCloseable {
  private static final String FORGOTTEN = "the alias buffer was never fulfilled";

  private final Client client;
  private final ArraySpec spec;
  private final Buffer buffer;
  private final NativeHandle callback;
  private final Fulfilment fulfilment;

  AliasBuffer(Client client, ArraySpec spec, Device device) {
    this.client = client;
    this.spec = spec;
    Memory memory =
        device
            .defaultMemory()
            .orElseThrow(
                () -> new IllegalArgumentException("aliasBuffer: " + device + " has no memory"));
    try (Frame frame = new Frame()) {
      var args =
          frame.args(
              PJRT_Client_CreateAliasBuffer_Args.class, PJRT_Client_CreateAliasBuffer_Args::new);
      args.client(new PJRT_Client(new Address(client.handle)));
      args.memory(new PJRT_Memory(new Address(memory.handle)));
      args.shape_dims(frame.longs(spec.dims())).shape_num_dims(spec.dimensions().size());
      args.shape_element_type(spec.type().number());
      args.shape_layout(Layouts.rowMajor(frame, spec.dimensions().size()));
      client.enter();
      try {
        client.api().call(ApiFunction.PJRT_Client_CreateAliasBuffer, args);
        this.buffer =
            Buffer.single(
                client,
                Address.of(args.alias_buffer()),
                spec.type(),
                spec.dims(),
                device,
                client.sharesHostMemory() && !spec.type().isSubByte());
        this.fulfilment = new Fulfilment(client);
        long address = Address.of(args.fulfill_alias_buffer_cb());
        Fulfilment end = fulfilment;
        this.callback = new NativeHandle(this, client, address, end::forgotten);
      } finally {
        client.release();
      }
    }
  }

  /** Tells the plugin once; must not refer to the alias, whose end it also serves. */
  private static final class Fulfilment {
    private final Client client;
    private boolean done;

    Fulfilment(Client client) {
      this.client = client;
    }

    /** Returns false if the alias was told before. */
    synchronized boolean tell(long callback, long source, ErrorCode code, String message) {
      if (done) {
        return false;
      }
      try (Frame frame = new Frame()) {
        var args =
            frame.args(
                PJRT_Client_FulfillAliasBuffer_Args.class,
                PJRT_Client_FulfillAliasBuffer_Args::new);
        args.client(new PJRT_Client(new Address(client.handle)));
        if (source != 0) {
          args.buffer(new PJRT_Buffer(new Address(source)));
        }
        args.status_code(code.number());
        args.error_message(frame.text(message)).error_message_size(Frame.utf8Length(message));
        args.fulfill_alias_buffer_cb(new PJRT_FulfillAliasBufferCallback(new Address(callback)));
        try {
          client.api().call(ApiFunction.PJRT_Client_FulfillAliasBuffer, args);
        } catch (PjrtException e) {
          // A plugin hands the error that it was given back as its own.
          if (source != 0 || e.code() != code || !e.pluginMessage().contains(message)) {
            throw e;
          }
        }
        done = true;
        return true;
      }
    }

    void forgotten(long callback) {
      try {
        var unused = tell(callback, 0, ErrorCode.CANCELLED, FORGOTTEN);
      } catch (PjrtException e) {
        // Nobody is left to hear of it.
      }
    }
  }

  /** The buffer that programs can take. */
  public Buffer buffer() {
    return buffer;
  }

  /**
   * Says which buffer the alias stands for. The alias takes its data over: where the plugin hands
   * the memory itself over, the source counts as donated.
   *
   * @throws IllegalArgumentException if type or dimensions differ
   * @throws IllegalStateException if the alias was fulfilled or failed before
   */
  public void fulfill(Buffer source) {
    if (source.client() != client) {
      throw new IllegalArgumentException("fulfill: the clients differ: got " + source.client());
    }
    if (source.type() != spec.type() || !java.util.Arrays.equals(source.dims(), spec.dims())) {
      throw new IllegalArgumentException(
          "fulfill: the alias is "
              + spec
              + ": got "
              + Dimensions.text(source.type(), source.dims()));
    }
    long handle = source.acquire("fulfill");
    boolean consumed = false;
    try {
      tell(handle, ErrorCode.OK, "");
      consumed = Pjrt.cornu_buffer_is_deleted(client.api().address, handle);
    } finally {
      if (consumed) {
        source.releaseConsumed("donated to an alias" + CallSite.suffix());
      } else {
        source.release();
      }
    }
  }

  /** Gives up: everything that waits for the alias fails with this error. */
  public void fail(ErrorCode code, String message) {
    if (code == ErrorCode.OK) {
      throw new IllegalArgumentException("fail: OK is no error");
    }
    tell(0, code, message);
  }

  private void tell(long source, ErrorCode code, String message) {
    long address = callback.acquire();
    if (address == 0) {
      throw new IllegalStateException("fulfill: the alias is closed");
    }
    try {
      if (!fulfilment.tell(address, source, code, message)) {
        throw new IllegalStateException("fulfill: the alias was fulfilled or failed before");
      }
    } finally {
      callback.release();
    }
  }

  /** Fails the alias unless it was fulfilled; its buffer stays. Idempotent. */
  @Override
  public void close() {
    callback.close();
  }
}
