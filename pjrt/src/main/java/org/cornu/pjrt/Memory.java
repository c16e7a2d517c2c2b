package org.cornu.pjrt;

import org.cornu.pjrt.capi.PJRT_Memory;
import org.cornu.pjrt.capi.PJRT_Memory_Id_Args;
import org.cornu.pjrt.capi.PJRT_Memory_Kind_Args;
import org.cornu.pjrt.capi.PJRT_Memory_ToString_Args;

/** A memory space of a device, such as its own memory or pinned host memory. */
public final class Memory {
  final long handle;
  private final int id;
  private final String kind;
  private final String description;

  Memory(Api api, long handle) {
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
    }
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
