package org.cornu.pjrt;

import org.cornu.pjrt.capi.PJRT_ExecuteContext;
import org.cornu.pjrt.capi.PJRT_ExecuteContext_Create_Args;
import org.cornu.pjrt.capi.PJRT_ExecuteContext_Destroy_Args;

/**
 * State of one or more executions that native custom call handlers share: passed with {@link
 * ExecuteOptions#context}, filled by native code through the plugin's FFI extension.
 */
public final class ExecuteContext implements AutoCloseable {
  private final NativeHandle handle;

  ExecuteContext(Client client) {
    Api api = client.api();
    client.enter();
    try (Frame frame = new Frame()) {
      var args =
          frame.args(PJRT_ExecuteContext_Create_Args.class, PJRT_ExecuteContext_Create_Args::new);
      api.call(ApiFunction.PJRT_ExecuteContext_Create, args);
      this.handle =
          new NativeHandle(this, client, Address.of(args.context()), at -> destroy(api, at));
    } finally {
      client.release();
    }
  }

  private static void destroy(Api api, long context) {
    try (Frame frame = new Frame()) {
      var unused =
          api.tryCall(
              ApiFunction.PJRT_ExecuteContext_Destroy,
              frame
                  .args(
                      PJRT_ExecuteContext_Destroy_Args.class, PJRT_ExecuteContext_Destroy_Args::new)
                  .context(new PJRT_ExecuteContext(new Address(context))));
    }
  }

  /**
   * The native {@code PJRT_ExecuteContext*}, for native code that fills it; until {@link #close}.
   */
  public long address() {
    long address = acquire();
    release();
    return address;
  }

  long acquire() {
    long address = handle.acquire();
    if (address == 0) {
      throw new IllegalStateException("the execute context is closed");
    }
    return address;
  }

  void release() {
    handle.release();
  }

  /** Frees the context; no execution may still use it. Idempotent. */
  @Override
  public void close() {
    handle.close();
  }
}
