package org.cornu.pjrt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.cornu.pjrt.capi.PJRT_Client;
import org.cornu.pjrt.capi.PJRT_Client_AddressableDevices_Args;
import org.cornu.pjrt.capi.PJRT_Client_DefaultDeviceAssignment_Args;
import org.cornu.pjrt.capi.PJRT_Client_Destroy_Args;
import org.cornu.pjrt.capi.PJRT_Client_Devices_Args;
import org.cornu.pjrt.capi.PJRT_Client_PlatformName_Args;
import org.cornu.pjrt.capi.PJRT_Client_PlatformVersion_Args;
import org.cornu.pjrt.capi.PJRT_Client_ProcessIndex_Args;
import org.cornu.pjrt.capi.PJRT_Client_UpdateGlobalProcessInfo_Args;
import org.cornu.pjrt.capi.PJRT_ProcessInfo;

/**
 * A connection to one platform: its devices, and the buffers and executables made on them.
 *
 * <p>Thread-safe. Buffers and executables keep their client alive: {@link #close} ends it for new
 * work at once and frees it when the last of them is closed or collected.
 */
public final class Client implements AutoCloseable {
  private final Plugin plugin;
  private final Api api;
  final long handle;
  private final String platformName;
  private final String platformVersion;
  private final int processIndex;
  private final List<Device> devices;
  private final List<Device> addressableDevices;
  private final HostTransfers transfers;
  private final BufferMaker maker;
  private final boolean hostMemory;

  /** One for the open client and one for each owner of native handles. */
  private final AtomicLong references = new AtomicLong(1);

  private final AtomicBoolean closed = new AtomicBoolean();

  /** The number of the key-value store that the plugin may call; 0 if there is none. */
  private final long store;

  Client(Plugin plugin, long handle, long store) {
    this.plugin = plugin;
    this.store = store;
    this.api = plugin.api();
    this.handle = handle;
    PJRT_Client client = new PJRT_Client(new Address(handle));
    try (Frame frame = new Frame()) {
      var name =
          frame
              .args(PJRT_Client_PlatformName_Args.class, PJRT_Client_PlatformName_Args::new)
              .client(client);
      api.call(ApiFunction.PJRT_Client_PlatformName, name);
      this.platformName = Frame.text(name.platform_name(), name.platform_name_size());

      var version =
          frame
              .args(PJRT_Client_PlatformVersion_Args.class, PJRT_Client_PlatformVersion_Args::new)
              .client(client);
      api.call(ApiFunction.PJRT_Client_PlatformVersion, version);
      this.platformVersion =
          Frame.text(version.platform_version(), version.platform_version_size());

      var process =
          frame
              .args(PJRT_Client_ProcessIndex_Args.class, PJRT_Client_ProcessIndex_Args::new)
              .client(client);
      api.call(ApiFunction.PJRT_Client_ProcessIndex, process);
      this.processIndex = process.process_index();

      var all =
          frame.args(PJRT_Client_Devices_Args.class, PJRT_Client_Devices_Args::new).client(client);
      api.call(ApiFunction.PJRT_Client_Devices, all);
      List<Device> list = new ArrayList<>();
      for (int i = 0; i < all.num_devices(); i++) {
        list.add(new Device(this, api, all.devices(i).address()));
      }
      this.devices = Collections.unmodifiableList(list);

      var local =
          frame
              .args(
                  PJRT_Client_AddressableDevices_Args.class,
                  PJRT_Client_AddressableDevices_Args::new)
              .client(client);
      api.call(ApiFunction.PJRT_Client_AddressableDevices, local);
      List<Device> addressable = new ArrayList<>();
      for (int i = 0; i < local.num_addressable_devices(); i++) {
        addressable.add(deviceAt(local.addressable_devices(i).address()));
      }
      this.addressableDevices = Collections.unmodifiableList(addressable);
    }
    this.hostMemory = platformName.equals("cpu");
    this.transfers = new HostTransfers(this);
    this.maker = new BufferMaker(this);
  }

  /** The plugin that made this client. */
  public Plugin plugin() {
    return plugin;
  }

  /** The platform, such as {@code cpu}, {@code cuda} or {@code tpu}. */
  public String platformName() {
    return platformName;
  }

  /** The plugin's description of the platform's software. */
  public String platformVersion() {
    return platformVersion;
  }

  /** The number of this process in a multi-process run; otherwise 0. */
  public int processIndex() {
    return processIndex;
  }

  /** All devices, those of other processes too. */
  public List<Device> devices() {
    return devices;
  }

  /** The devices that this process can run programs on. */
  public List<Device> addressableDevices() {
    return addressableDevices;
  }

  /** The device with a global id. */
  public Optional<Device> device(int id) {
    return devices.stream().filter(d -> d.id() == id).findFirst();
  }

  /** Bytes of the live buffers that Cornu counts on a device. */
  public long bytesInUse(Device device) {
    return device.bytesInUse();
  }

  /**
   * Compiles a program.
   *
   * @param mlirText a StableHLO module whose {@code main} is the program
   * @throws PjrtException with the compiler's diagnostics
   */
  public LoadedExecutable compile(String mlirText, CompileOptions options) {
    return compile(mlirText.getBytes(StandardCharsets.UTF_8), options);
  }

  /**
   * Compiles a program.
   *
   * @param program MLIR text or bytecode, or a serialized HloModuleProto: see {@link
   *     CompileOptions#format}
   * @throws PjrtException with the compiler's diagnostics
   */
  public LoadedExecutable compile(byte[] program, CompileOptions options) {
    requireOpen();
    return Compilation.compile(this, program, options);
  }

  /**
   * Loads an executable that {@link LoadedExecutable#serialize} wrote.
   *
   * @throws PjrtException with {@code DATA_LOSS} if the bytes are damaged, and {@code
   *     FAILED_PRECONDITION} if another plugin build or processor made them
   */
  public LoadedExecutable deserialize(byte[] serialized) {
    return deserialize(serialized, CompileOptions.defaults());
  }

  /** As {@link #deserialize(byte[])}, with the parameter signature the options declare. */
  public LoadedExecutable deserialize(byte[] serialized, CompileOptions options) {
    requireOpen();
    return Compilation.deserialize(this, serialized, options);
  }

  /**
   * Names what {@link #compile} would make of a program: 64 hex digits that depend on the program,
   * the options, the plugin's build, the platform and the processor. For caches of executables.
   */
  public String executableKey(byte[] program, CompileOptions options) {
    requireOpen();
    return Compilation.key(this, program, options);
  }

  /** The devices the plugin would choose: {@code [replicas][partitions]} device ids. */
  public DeviceAssignment defaultDeviceAssignment(int replicas, int partitions) {
    if (replicas < 1 || partitions < 1) {
      throw new IllegalArgumentException(
          "defaultDeviceAssignment: replicas and partitions must be at least 1: got "
              + replicas
              + " and "
              + partitions);
    }
    enter();
    try (Frame frame = new Frame()) {
      var args =
          frame.args(
              PJRT_Client_DefaultDeviceAssignment_Args.class,
              PJRT_Client_DefaultDeviceAssignment_Args::new);
      int size = Math.multiplyExact(replicas, partitions);
      var ids = new org.bytedeco.javacpp.IntPointer(frame.zeroed(4L * size));
      args.client(new PJRT_Client(new Address(handle)));
      args.num_replicas(replicas).num_partitions(partitions);
      args.default_assignment_size(size).default_assignment(ids);
      api.call(ApiFunction.PJRT_Client_DefaultDeviceAssignment, args);
      int[][] assignment = new int[replicas][partitions];
      for (int r = 0; r < replicas; r++) {
        for (int p = 0; p < partitions; p++) {
          assignment[r][p] = ids.get((long) r * partitions + p);
        }
      }
      return DeviceAssignment.of(assignment);
    } finally {
      release();
    }
  }

  /**
   * Copies host data to a device.
   *
   * @param data from position to limit: row-major elements in native byte order, one byte per
   *     element for types narrower than a byte; direct or on the heap
   * @param dims the dimensions; empty for a scalar
   */
  public Buffer bufferFromHost(ByteBuffer data, BufferType type, long[] dims, Device device) {
    return transfers.copy(data, type, dims, device);
  }

  /** Copies a {@code float[]} ({@code F32}, or {@code C64} as pairs) to a device. */
  public Buffer bufferFromHost(float[] data, BufferType type, long[] dims, Device device) {
    return transfers.copy(data, data.length, Float.BYTES, type, dims, device);
  }

  /** Copies a {@code double[]} ({@code F64}, or {@code C128} as pairs) to a device. */
  public Buffer bufferFromHost(double[] data, BufferType type, long[] dims, Device device) {
    return transfers.copy(data, data.length, Double.BYTES, type, dims, device);
  }

  /** Copies an {@code int[]} ({@code S32} or {@code U32}) to a device. */
  public Buffer bufferFromHost(int[] data, BufferType type, long[] dims, Device device) {
    return transfers.copy(data, data.length, Integer.BYTES, type, dims, device);
  }

  /** Copies a {@code long[]} ({@code S64} or {@code U64}) to a device. */
  public Buffer bufferFromHost(long[] data, BufferType type, long[] dims, Device device) {
    return transfers.copy(data, data.length, Long.BYTES, type, dims, device);
  }

  /** Copies a {@code short[]} ({@code S16}, {@code U16}, bits of {@code F16} or {@code BF16}). */
  public Buffer bufferFromHost(short[] data, BufferType type, long[] dims, Device device) {
    return transfers.copy(data, data.length, Short.BYTES, type, dims, device);
  }

  /** Copies a {@code char[]} ({@code U16}) to a device. */
  public Buffer bufferFromHost(char[] data, BufferType type, long[] dims, Device device) {
    return transfers.copy(data, data.length, Character.BYTES, type, dims, device);
  }

  /** Copies a {@code byte[]} (8-bit and narrower types) to a device. */
  public Buffer bufferFromHost(byte[] data, BufferType type, long[] dims, Device device) {
    return transfers.copy(data, data.length, Byte.BYTES, type, dims, device);
  }

  /** Copies a {@code boolean[]} as {@code PRED} to a device. */
  public Buffer bufferFromHost(boolean[] data, long[] dims, Device device) {
    byte[] bytes = new byte[data.length];
    for (int i = 0; i < data.length; i++) {
      bytes[i] = (byte) (data[i] ? 1 : 0);
    }
    return transfers.copy(bytes, bytes.length, Byte.BYTES, BufferType.PRED, dims, device);
  }

  /**
   * Shares the memory of a direct buffer with a device where the device can read it (CPU, start
   * 64-byte aligned), and copies otherwise. Nobody may write the memory while the device buffer or
   * a program that reads it lives; Cornu keeps the Java buffer reachable until the device is done.
   *
   * @param data a direct buffer, position to limit
   */
  public Buffer bufferFromHostZeroCopy(
      ByteBuffer data, BufferType type, long[] dims, Device device) {
    return transfers.share(data, type, dims, device);
  }

  /**
   * Starts filling buffers piece by piece from host memory.
   *
   * @param specs one per buffer
   */
  public HostToDeviceTransfer transfer(Device device, ArraySpec... specs) {
    return new HostToDeviceTransfer(this, device, List.of(specs));
  }

  /** A buffer with undefined contents, to be donated to a program that writes it. */
  public Buffer uninitializedBuffer(ArraySpec spec, Device device) {
    return maker.uninitialized(spec, device);
  }

  /**
   * A buffer that holds a failure: programs that take it fail with it, as do reads.
   *
   * @throws PjrtException with {@code UNIMPLEMENTED} on plugins before API 0.82
   */
  public Buffer errorBuffer(ErrorCode code, String message, ArraySpec spec, Device device) {
    return maker.error(code, message, spec, device);
  }

  /**
   * A buffer that stands for one that does not exist yet.
   *
   * @throws PjrtException with {@code UNIMPLEMENTED} where the platform cannot do it
   */
  public AliasBuffer aliasBuffer(ArraySpec spec, Device device) {
    return new AliasBuffer(this, spec, device);
  }

  /**
   * A buffer over device memory that somebody else allocated, such as another library's tensor.
   *
   * @param address where the elements start: row-major; on CPU 64-byte aligned
   * @param onRelease runs when the device no longer uses the memory, on a pool thread
   */
  public Buffer bufferView(long address, ArraySpec spec, Device device, Runnable onRelease) {
    return maker.view(address, spec, device, onRelease);
  }

  /**
   * Maps host memory so that devices transfer from and to it directly.
   *
   * @param memory a direct buffer, position to limit
   * @throws PjrtException with {@code UNIMPLEMENTED} on CPU
   */
  public DmaRegion mapForTransfers(ByteBuffer memory) {
    return new DmaRegion(this, memory);
  }

  /** A new context for executions. */
  public ExecuteContext executeContext() {
    return new ExecuteContext(this);
  }

  /**
   * Loads a program that {@link Plugin#compile} compiled, onto this client's devices.
   *
   * @param options those the program was compiled with
   * @throws PjrtException with {@code UNIMPLEMENTED} on plugins before API 0.95
   */
  public LoadedExecutable load(CompiledProgram program, CompileOptions options) {
    requireOpen();
    return Compilation.load(this, program, options);
  }

  /**
   * Tells the platform which processes are still there.
   *
   * @throws PjrtException with {@code UNIMPLEMENTED} where the platform has no use for it
   */
  public void updateProcesses(List<ProcessStatus> processes) {
    enter();
    try (Frame frame = new Frame()) {
      PJRT_ProcessInfo infos =
          frame.structs(
              PJRT_ProcessInfo.class, PJRT_ProcessInfo::new, Math.max(1, processes.size()));
      for (int i = 0; i < processes.size(); i++) {
        ProcessStatus status = processes.get(i);
        infos
            .getPointer(i)
            .struct_size(org.bytedeco.javacpp.Loader.sizeof(PJRT_ProcessInfo.class))
            .task_id(status.process())
            .incarnation_id(status.incarnation())
            .state(status.state().number())
            .error_code(status.error().number())
            .error_message(frame.text(status.message()))
            .error_message_size(Frame.utf8Length(status.message()));
      }
      api.call(
          ApiFunction.PJRT_Client_UpdateGlobalProcessInfo,
          frame
              .args(
                  PJRT_Client_UpdateGlobalProcessInfo_Args.class,
                  PJRT_Client_UpdateGlobalProcessInfo_Args::new)
              .client(new PJRT_Client(new Address(handle)))
              .process_infos(infos)
              .num_process_infos(processes.size()));
    } finally {
      release();
    }
  }

  /** How the devices are built up. */
  public Topology topology() {
    enter();
    try {
      return Topology.of(this);
    } finally {
      release();
    }
  }

  /**
   * The layout the platform gives arrays unless told otherwise, as XLA writes it: {@code {1,0}}.
   */
  public String defaultLayout(ArraySpec spec) {
    enter();
    try {
      return new Layouts(api).clientDefault(handle, spec);
    } finally {
      release();
    }
  }

  Api api() {
    return api;
  }

  /** Whether device memory is memory that this process can read directly. */
  boolean sharesHostMemory() {
    return hostMemory;
  }

  Device deviceAt(long deviceHandle) {
    for (Device device : devices) {
      if (device.handle == deviceHandle) {
        return device;
      }
    }
    throw new IllegalStateException("the plugin named a device that it does not list");
  }

  /** Throws when the client is closed. */
  void requireOpen() {
    if (closed.get()) {
      throw closedClient();
    }
  }

  /** Begins a call that needs the native client; ends with {@link #release}. */
  void enter() {
    // Never up from zero: there the native client is gone, and a second release would free it
    // again.
    if (references.getAndUpdate(count -> count == 0 ? 0 : count + 1) == 0) {
      throw closedClient();
    }
    if (closed.get()) {
      release();
      throw closedClient();
    }
  }

  private static IllegalStateException closedClient() {
    return new IllegalStateException("the client is closed");
  }

  void retain() {
    references.incrementAndGet();
  }

  void release() {
    if (references.decrementAndGet() == 0) {
      try (Frame frame = new Frame()) {
        api.tryCall(
            ApiFunction.PJRT_Client_Destroy,
            frame
                .args(PJRT_Client_Destroy_Args.class, PJRT_Client_Destroy_Args::new)
                .client(new PJRT_Client(new Address(handle))));
      }
      Upcalls.forget(store);
    }
  }

  /** Whether {@link #close} was called. */
  public boolean isClosed() {
    return closed.get();
  }

  /** Ends the client for new work; its native side goes with the last buffer and executable. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      release();
    }
  }

  @Override
  public String toString() {
    return "Client[" + platformName + ", " + devices.size() + " devices]";
  }
}
