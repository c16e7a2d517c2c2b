package org.cornu.pjrt;

import java.nio.ByteBuffer;
import org.cornu.pjrt.capi.PJRT_Client;
import org.cornu.pjrt.capi.PJRT_Client_DmaMap_Args;
import org.cornu.pjrt.capi.PJRT_Client_DmaUnmap_Args;

/**
 * Host memory that devices read and write directly, without a copy through the driver's own
 * buffers. It stays mapped until {@link #close}; the Java buffer stays reachable that long.
 */
public final class DmaRegion implements AutoCloseable {
  private final NativeHandle handle;

  DmaRegion(Client client, ByteBuffer memory) {
    if (!memory.isDirect() || !memory.hasRemaining()) {
      throw new IllegalArgumentException(
          "mapForTransfers: the memory must be a direct buffer that is not empty: got " + memory);
    }
    long address = Address.of(memory) + memory.position();
    client.enter();
    try (Frame frame = new Frame()) {
      var args =
          frame
              .args(PJRT_Client_DmaMap_Args.class, PJRT_Client_DmaMap_Args::new)
              .client(new PJRT_Client(new Address(client.handle)))
              .data(new Address(address))
              .size(memory.remaining());
      client.api().call(ApiFunction.PJRT_Client_DmaMap, args);
      this.handle = new NativeHandle(this, client, address, data -> unmap(client, data, memory));
    } finally {
      client.release();
    }
  }

  private static void unmap(Client client, long data, ByteBuffer memory) {
    try (Frame frame = new Frame()) {
      var unused =
          client
              .api()
              .tryCall(
                  ApiFunction.PJRT_Client_DmaUnmap,
                  frame
                      .args(PJRT_Client_DmaUnmap_Args.class, PJRT_Client_DmaUnmap_Args::new)
                      .client(new PJRT_Client(new Address(client.handle)))
                      .data(new Address(data)));
    } finally {
      java.lang.ref.Reference.reachabilityFence(memory);
    }
  }

  /** Whether {@link #close} was called. */
  public boolean isClosed() {
    return handle.isClosed();
  }

  /** Ends the mapping; no transfer may be under way. Idempotent. */
  @Override
  public void close() {
    handle.close();
  }
}
