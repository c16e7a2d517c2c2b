package org.cornu.pjrt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.cornu.pjrt.capi.PJRT_Memory;
import org.cornu.pjrt.capi.PJRT_Memory_AddressableByDevices_Args;
import org.cornu.pjrt.capi.PJRT_Memory_DebugString_Args;
import org.cornu.pjrt.capi.PJRT_Memory_Id_Args;
import org.cornu.pjrt.capi.PJRT_Memory_Kind_Args;
import org.cornu.pjrt.capi.PJRT_Memory_Kind_Id_Args;
import org.cornu.pjrt.capi.PJRT_Memory_ToString_Args;

/** A memory space of a device, such as its own memory or pinned host memory. */
public final class Memory {
  final long handle;
  private final int id;
  private final String kind;
  private final String description;

  private final String debugString;
  private final int kindId;
  private final Client client;

  Memory(Client client, Api api, long handle) {
    this.client = client;
    this.handle = handle;
    PJRT_Memory memory = new PJRT_Memory(new Address(handle));
    try (Frame frame = new Frame()) {
      var idArgs = frame.args(PJRT_Memory_Id_Args.class, PJRT_Memory_Id_Args::new).memory(memory);
      api.call(ApiFunction.PJRT_Memory_Id, idArgs);
      this.id = idArgs.id();
      var kindArgs =
          frame.args(PJRT_Memory_Kind_Args.class, PJRT_Memory_Kind_Args::new).memory(memory);
      api.call(ApiFunction.PJRT_Memory_Kind, kindArgs);
      this.kind = Frame.text(kindArgs.kind(), kindArgs.kind_size());
      var textArgs =
          frame
              .args(PJRT_Memory_ToString_Args.class, PJRT_Memory_ToString_Args::new)
              .memory(memory);
      api.call(ApiFunction.PJRT_Memory_ToString, textArgs);
      this.description = Frame.text(textArgs.to_string(), textArgs.to_string_size());
      var debug =
          frame
              .args(PJRT_Memory_DebugString_Args.class, PJRT_Memory_DebugString_Args::new)
              .memory(memory);
      api.call(ApiFunction.PJRT_Memory_DebugString, debug);
      this.debugString = Frame.text(debug.debug_string(), debug.debug_string_size());
      var kindIdArgs =
          frame.args(PJRT_Memory_Kind_Id_Args.class, PJRT_Memory_Kind_Id_Args::new).memory(memory);
      this.kindId =
          api.tryCall(ApiFunction.PJRT_Memory_Kind_Id, kindIdArgs) ? kindIdArgs.kind_id() : -1;
    }
  }

  /** The plugin's number for this kind of memory; -1 if it has none. */
  public int kindId() {
    return kindId;
  }

  /** The devices that can use this memory. */
  public List<Device> devices() {
    client.enter();
    try (Frame frame = new Frame()) {
      var args =
          frame
              .args(
                  PJRT_Memory_AddressableByDevices_Args.class,
                  PJRT_Memory_AddressableByDevices_Args::new)
              .memory(new PJRT_Memory(new Address(handle)));
      client.api().call(ApiFunction.PJRT_Memory_AddressableByDevices, args);
      List<Device> list = new ArrayList<>();
      for (int i = 0; i < args.num_devices(); i++) {
        list.add(client.deviceAt(args.devices(i).address()));
      }
      return Collections.unmodifiableList(list);
    } finally {
      client.release();
    }
  }

  /** The plugin's name for log output; its form differs between plugin versions. */
  public String debugString() {
    return debugString;
  }

  /** The plugin's number for this memory. */
  public int id() {
    return id;
  }

  /** The kind, such as {@code device} or {@code pinned_host}. */
  public String kind() {
    return kind;
  }

  @Override
  public String toString() {
    return description;
  }
}
