package org.cornu.pjrt;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.bytedeco.javacpp.PointerPointer;
import org.cornu.pjrt.capi.PJRT_ExecuteOptions;
import org.cornu.pjrt.capi.PJRT_RecvCallbackInfo;
import org.cornu.pjrt.capi.PJRT_SendCallbackInfo;
import org.cornu.pjrt.capi.Pjrt;

/** The sends and receives of one launch: known to plugin threads until its last device is done. */
final class HostChannels {
  private final Client client;
  private final List<Long> targets = new ArrayList<>();

  private HostChannels(Client client) {
    this.client = client;
  }

  /** Writes the handlers of the options, the same for every device. */
  static HostChannels write(
      Client client, Frame frame, ExecuteOptions options, PJRT_ExecuteOptions args, int devices) {
    HostChannels channels = new HostChannels(client);
    PJRT_SendCallbackInfo sends =
        frame.structs(
            PJRT_SendCallbackInfo.class,
            PJRT_SendCallbackInfo::new,
            Math.max(1, options.sends().size()));
    long index = 0;
    for (var send : options.sends().entrySet()) {
      sends
          .getPointer(index++)
          .channel_id(send.getKey())
          .user_arg(new Address(channels.add(Upcalls.register(send.getValue()))))
          .send_callback(Upcalls.function(Pjrt.CORNU_UPCALL_SEND));
    }
    PJRT_RecvCallbackInfo receives =
        frame.structs(
            PJRT_RecvCallbackInfo.class,
            PJRT_RecvCallbackInfo::new,
            Math.max(1, options.receives().size()));
    index = 0;
    for (var receive : options.receives().entrySet()) {
      receives
          .getPointer(index++)
          .channel_id(receive.getKey())
          .user_arg(new Address(channels.add(Upcalls.register(client, receive.getValue()))))
          .recv_callback(Upcalls.function(Pjrt.CORNU_UPCALL_RECEIVE));
    }
    PointerPointer<PJRT_SendCallbackInfo> sendLists =
        new PointerPointer<>(frame.zeroed(8L * devices));
    PointerPointer<PJRT_RecvCallbackInfo> receiveLists =
        new PointerPointer<>(frame.zeroed(8L * devices));
    for (int d = 0; d < devices; d++) {
      sendLists.put(d, sends);
      receiveLists.put(d, receives);
    }
    args.send_callbacks(sendLists).num_send_ops(options.sends().size());
    args.recv_callbacks(receiveLists).num_recv_ops(options.receives().size());
    return channels;
  }

  private long add(long target) {
    targets.add(target);
    return target;
  }

  /** Forgets the handlers when all events have happened; takes the events over. */
  void closeAfter(long[] events) {
    CompletableFuture<?>[] ends = new CompletableFuture<?>[events.length];
    for (int i = 0; i < events.length; i++) {
      ends[i] = Completions.future(client, events[i], "execute", this);
    }
    var unused = CompletableFuture.allOf(ends).whenComplete((value, failure) -> close());
  }

  void close() {
    targets.forEach(Upcalls::forget);
  }
}
