package org.cornu.pjrt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.cornu.pjrt.capi.PJRT_Device;
import org.cornu.pjrt.capi.PJRT_DeviceDescription;
import org.cornu.pjrt.capi.PJRT_DeviceDescription_Attributes_Args;
import org.cornu.pjrt.capi.PJRT_DeviceDescription_DebugString_Args;
import org.cornu.pjrt.capi.PJRT_DeviceDescription_Id_Args;
import org.cornu.pjrt.capi.PJRT_DeviceDescription_Kind_Args;
import org.cornu.pjrt.capi.PJRT_DeviceDescription_ProcessIndex_Args;
import org.cornu.pjrt.capi.PJRT_DeviceDescription_ToString_Args;
import org.cornu.pjrt.capi.PJRT_Device_AddressableMemories_Args;
import org.cornu.pjrt.capi.PJRT_Device_ClearMemoryStats_Args;
import org.cornu.pjrt.capi.PJRT_Device_DefaultMemory_Args;
import org.cornu.pjrt.capi.PJRT_Device_GetAttributes_Args;
import org.cornu.pjrt.capi.PJRT_Device_GetDescription_Args;
import org.cornu.pjrt.capi.PJRT_Device_IsAddressable_Args;
import org.cornu.pjrt.capi.PJRT_Device_LocalHardwareId_Args;
import org.cornu.pjrt.capi.PJRT_Device_MemoryStats_Args;
import org.cornu.pjrt.capi.PJRT_Device_PoisonExecution_Args;
import org.cornu.pjrt.capi.Pjrt;
import org.jspecify.annotations.Nullable;

/** A device of a client. Lives as long as its client; what it says of itself is read once. */
public final class Device {
  final long handle;
  private final Client client;
  private final int id;
  private final int localHardwareId;
  private final int processIndex;
  private final boolean addressable;
  private final String kind;
  private final String description;
  private final String debugString;
  private final Map<String, Object> attributes;
  private final List<Memory> memories;
  private final @Nullable Memory defaultMemory;

  /** Bytes of live buffers that Cornu made on this device. */
  final AtomicLong bytesInUse = new AtomicLong();

  final AtomicLong liveBuffers = new AtomicLong();

  Device(Client client, Api api, long handle) {
    this.client = client;
    this.handle = handle;
    PJRT_Device device = new PJRT_Device(new Address(handle));
    try (Frame frame = new Frame()) {
      var description =
          frame
              .args(PJRT_Device_GetDescription_Args.class, PJRT_Device_GetDescription_Args::new)
              .device(device);
      api.call(ApiFunction.PJRT_Device_GetDescription, description);
      PJRT_DeviceDescription d = description.device_description();

      var idArgs =
          frame
              .args(PJRT_DeviceDescription_Id_Args.class, PJRT_DeviceDescription_Id_Args::new)
              .device_description(d);
      api.call(ApiFunction.PJRT_DeviceDescription_Id, idArgs);
      this.id = idArgs.id();

      var process =
          frame
              .args(
                  PJRT_DeviceDescription_ProcessIndex_Args.class,
                  PJRT_DeviceDescription_ProcessIndex_Args::new)
              .device_description(d);
      api.call(ApiFunction.PJRT_DeviceDescription_ProcessIndex, process);
      this.processIndex = process.process_index();

      var kindArgs =
          frame
              .args(PJRT_DeviceDescription_Kind_Args.class, PJRT_DeviceDescription_Kind_Args::new)
              .device_description(d);
      api.call(ApiFunction.PJRT_DeviceDescription_Kind, kindArgs);
      this.kind = Frame.text(kindArgs.device_kind(), kindArgs.device_kind_size());

      var text =
          frame
              .args(
                  PJRT_DeviceDescription_ToString_Args.class,
                  PJRT_DeviceDescription_ToString_Args::new)
              .device_description(d);
      api.call(ApiFunction.PJRT_DeviceDescription_ToString, text);
      this.description = Frame.text(text.to_string(), text.to_string_size());

      var debug =
          frame
              .args(
                  PJRT_DeviceDescription_DebugString_Args.class,
                  PJRT_DeviceDescription_DebugString_Args::new)
              .device_description(d);
      api.call(ApiFunction.PJRT_DeviceDescription_DebugString, debug);
      this.debugString = Frame.text(debug.debug_string(), debug.debug_string_size());

      var attributeArgs =
          frame
              .args(
                  PJRT_DeviceDescription_Attributes_Args.class,
                  PJRT_DeviceDescription_Attributes_Args::new)
              .device_description(d);
      this.attributes =
          api.tryCall(ApiFunction.PJRT_DeviceDescription_Attributes, attributeArgs)
              ? NamedValues.read(attributeArgs.attributes(), attributeArgs.num_attributes())
              : Map.of();

      var addressableArgs =
          frame
              .args(PJRT_Device_IsAddressable_Args.class, PJRT_Device_IsAddressable_Args::new)
              .device(device);
      api.call(ApiFunction.PJRT_Device_IsAddressable, addressableArgs);
      this.addressable = addressableArgs.is_addressable();

      var hardware =
          frame
              .args(PJRT_Device_LocalHardwareId_Args.class, PJRT_Device_LocalHardwareId_Args::new)
              .device(device);
      this.localHardwareId =
          api.tryCall(ApiFunction.PJRT_Device_LocalHardwareId, hardware)
              ? hardware.local_hardware_id()
              : -1;
      this.memories = readMemories(api, frame, device);
      this.defaultMemory = readDefaultMemory(api, frame, device);
    }
  }

  private List<Memory> readMemories(Api api, Frame frame, PJRT_Device device) {
    var args =
        frame
            .args(
                PJRT_Device_AddressableMemories_Args.class,
                PJRT_Device_AddressableMemories_Args::new)
            .device(device);
    List<Memory> list = new ArrayList<>();
    if (addressable && api.tryCall(ApiFunction.PJRT_Device_AddressableMemories, args)) {
      for (int i = 0; i < args.num_memories(); i++) {
        list.add(new Memory(client, api, args.memories(i).address()));
      }
    }
    return Collections.unmodifiableList(list);
  }

  private @Nullable Memory readDefaultMemory(Api api, Frame frame, PJRT_Device device) {
    var args =
        frame
            .args(PJRT_Device_DefaultMemory_Args.class, PJRT_Device_DefaultMemory_Args::new)
            .device(device);
    if (addressable && api.tryCall(ApiFunction.PJRT_Device_DefaultMemory, args)) {
      long address = args.memory().address();
      for (Memory memory : memories) {
        if (memory.handle == address) {
          return memory;
        }
      }
    }
    return null;
  }

  /** The client this device belongs to. */
  public Client client() {
    return client;
  }

  /** The global id, unique over all processes. */
  public int id() {
    return id;
  }

  /** The number of the hardware within this process; -1 if the plugin does not say. */
  public int localHardwareId() {
    return localHardwareId;
  }

  /** The process that the device belongs to; 0 in a single-process run. */
  public int processIndex() {
    return processIndex;
  }

  /** Whether this process can run programs on it. */
  public boolean isAddressable() {
    return addressable;
  }

  /** The kind of hardware, such as {@code cpu} or {@code NVIDIA H100}. */
  public String kind() {
    return kind;
  }

  /** A readable name, such as {@code CpuDevice(id=0)}. */
  public String description() {
    return description;
  }

  /** The plugin's name for log output; its form differs between plugin versions. */
  public String debugString() {
    return debugString;
  }

  /** What the plugin says of the device, such as coordinates or compute capability. */
  public Map<String, Object> attributes() {
    return attributes;
  }

  /** The memories this device can use. */
  public List<Memory> memories() {
    return memories;
  }

  /** The memory that buffers are put in unless told otherwise. */
  public Optional<Memory> defaultMemory() {
    return Optional.ofNullable(defaultMemory);
  }

  /** The memory of a kind. */
  public Optional<Memory> memory(String memoryKind) {
    return memories.stream().filter(m -> m.kind().equals(memoryKind)).findFirst();
  }

  /** Bytes of the live buffers that Cornu counts on this device. */
  public long bytesInUse() {
    return bytesInUse.get();
  }

  /** How many buffers of this device are neither closed, donated nor collected. */
  public long liveBuffers() {
    return liveBuffers.get();
  }

  /** The allocator's own figures; empty where the plugin has none (CPU). */
  public Optional<MemoryStats> memoryStats() {
    Api api = client.api();
    client.enter();
    try (Frame frame = new Frame()) {
      var s =
          frame
              .args(PJRT_Device_MemoryStats_Args.class, PJRT_Device_MemoryStats_Args::new)
              .device(new PJRT_Device(new Address(handle)));
      if (!api.tryCall(ApiFunction.PJRT_Device_MemoryStats, s)) {
        return Optional.empty();
      }
      return Optional.of(
          new MemoryStats(
              s.bytes_in_use(),
              known(s.peak_bytes_in_use_is_set(), s.peak_bytes_in_use()),
              known(s.num_allocs_is_set(), s.num_allocs()),
              known(s.largest_alloc_size_is_set(), s.largest_alloc_size()),
              known(s.bytes_limit_is_set(), s.bytes_limit()),
              known(s.pool_bytes_is_set(), s.pool_bytes())));
    } finally {
      client.release();
    }
  }

  /**
   * What the plugin says of the device at this moment, where {@link #attributes} never changes.
   *
   * @throws PjrtException with {@code UNIMPLEMENTED} on plugins before API 0.92
   */
  public Map<String, Object> currentAttributes() {
    client.enter();
    try (Frame frame = new Frame()) {
      var args =
          frame
              .args(PJRT_Device_GetAttributes_Args.class, PJRT_Device_GetAttributes_Args::new)
              .device(new PJRT_Device(new Address(handle)));
      client.api().call(ApiFunction.PJRT_Device_GetAttributes, args);
      Map<String, Object> values = NamedValues.read(args.attributes(), args.num_attributes());
      Pjrt.cornu_delete(
          Address.of(args.attributes_deleter()), Address.of(args.device_attributes()));
      return values;
    } finally {
      client.release();
    }
  }

  /**
   * Starts the allocator's peak figures anew.
   *
   * @throws PjrtException with {@code UNIMPLEMENTED} where the plugin has none (CPU)
   */
  public void clearMemoryStats() {
    client.enter();
    try (Frame frame = new Frame()) {
      client
          .api()
          .call(
              ApiFunction.PJRT_Device_ClearMemoryStats,
              frame
                  .args(
                      PJRT_Device_ClearMemoryStats_Args.class,
                      PJRT_Device_ClearMemoryStats_Args::new)
                  .device(new PJRT_Device(new Address(handle))));
    } finally {
      client.release();
    }
  }

  /**
   * Makes a launch that has not begun fail with an error.
   *
   * @param launchId the number given by {@link ExecuteOptions#launchId(int)}
   * @return whether the launch was found
   * @throws PjrtException with {@code UNIMPLEMENTED} on plugins before API 0.85, and where the
   *     platform cannot do it
   */
  public boolean poison(int launchId, ErrorCode code, String message) {
    if (code == ErrorCode.OK) {
      throw new IllegalArgumentException("poison: OK is no error");
    }
    client.enter();
    try (Frame frame = new Frame()) {
      var args =
          frame
              .args(PJRT_Device_PoisonExecution_Args.class, PJRT_Device_PoisonExecution_Args::new)
              .device(new PJRT_Device(new Address(handle)))
              .launch_id(launchId)
              .error_code(code.number())
              .error_message(frame.text(message))
              .error_message_size(Frame.utf8Length(message));
      client.api().call(ApiFunction.PJRT_Device_PoisonExecution, args);
      return args.poisoned();
    } finally {
      client.release();
    }
  }

  /**
   * Tells the plugin's own monitoring that something goes on on this device until the result is
   * closed.
   *
   * @throws PjrtException with {@code UNIMPLEMENTED} on plugins before API 0.86, and where the
   *     platform has no such monitoring
   */
  public AsyncTracking track(String what) {
    return new AsyncTracking(client, handle, what);
  }

  private static OptionalLong known(boolean set, long value) {
    return set ? OptionalLong.of(value) : OptionalLong.empty();
  }

  void allocated(long bytes, long buffers) {
    bytesInUse.addAndGet(bytes);
    liveBuffers.addAndGet(buffers);
  }

  void released(long bytes, long buffers) {
    bytesInUse.addAndGet(-bytes);
    liveBuffers.addAndGet(-buffers);
  }

  @Override
  public String toString() {
    return description;
  }
}
