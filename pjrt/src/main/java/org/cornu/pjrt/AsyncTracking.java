package org.cornu.pjrt;

import org.cornu.pjrt.capi.PJRT_AsyncTrackingEvent;
import org.cornu.pjrt.capi.PJRT_AsyncTrackingEvent_Destroy_Args;
import org.cornu.pjrt.capi.PJRT_Device;
import org.cornu.pjrt.capi.PJRT_Device_CreateAsyncTrackingEvent_Args;

/** Something that goes on on a device, for the plugin's own monitoring: {@link Device#track}. */
public final class AsyncTracking implements AutoCloseable {
  private final NativeHandle handle;

  AsyncTracking(Client client, long device, String what) {
    Api api = client.api();
    client.enter();
    try (Frame frame = new Frame()) {
      var args =
          frame
              .args(
                  PJRT_Device_CreateAsyncTrackingEvent_Args.class,
                  PJRT_Device_CreateAsyncTrackingEvent_Args::new)
              .device(new PJRT_Device(new Address(device)))
              .description(frame.text(what))
              .description_size(Frame.utf8Length(what));
      api.call(ApiFunction.PJRT_Device_CreateAsyncTrackingEvent, args);
      this.handle =
          new NativeHandle(this, client, Address.of(args.event()), event -> destroy(api, event));
    } finally {
      client.release();
    }
  }

  private static void destroy(Api api, long event) {
    if (event == 0) {
      return;
    }
    try (Frame frame = new Frame()) {
      var unused =
          api.tryCall(
              ApiFunction.PJRT_AsyncTrackingEvent_Destroy,
              frame
                  .args(
                      PJRT_AsyncTrackingEvent_Destroy_Args.class,
                      PJRT_AsyncTrackingEvent_Destroy_Args::new)
                  .event(new PJRT_AsyncTrackingEvent(new Address(event))));
    }
  }

  /** Says that it is over. Idempotent. */
  @Override
  public void close() {
    handle.close();
  }
}
