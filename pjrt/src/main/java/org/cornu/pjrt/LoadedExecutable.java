package org.cornu.pjrt;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.cornu.pjrt.capi.PJRT_LoadedExecutable;
import org.cornu.pjrt.capi.PJRT_LoadedExecutable_AddressableDevices_Args;
import org.cornu.pjrt.capi.PJRT_LoadedExecutable_Destroy_Args;

/**
 * A compiled program on its devices. Thread-safe: many threads may run it at once.
 *
 * <p>Execution is asynchronous: results exist at once and are filled later. A failure of the
 * program shows at the first read or await of a result.
 */
public final class LoadedExecutable implements AutoCloseable {
  private final Client client;
  private final NativeHandle handle;
  private final String name;
  private final List<Device> devices;
  private final BufferType[] outputTypes;
  private final long[][] outputDims;
  private final Launcher launcher;

  LoadedExecutable(Client client, long address, CompileOptions options, boolean mayDonate) {
    this.client = client;
    Api api = client.api();
    this.handle = new NativeHandle(this, client, address, destroyer(api));
    this.devices = readDevices(client, address);
    try (ExecutableInfo info = new ExecutableInfo(api, address)) {
      String own = info.name();
      this.name = options.name().isEmpty() ? own : options.name();
      this.outputTypes = info.outputTypes();
      this.outputDims = info.outputDimensions();
    }
    this.launcher =
        new Launcher(client, handle, name, devices, outputTypes, outputDims, options, mayDonate);
  }

  private static java.util.function.LongConsumer destroyer(Api api) {
    return address -> {
      try (Frame frame = new Frame()) {
        api.tryCall(
            ApiFunction.PJRT_LoadedExecutable_Destroy,
            frame
                .args(
                    PJRT_LoadedExecutable_Destroy_Args.class,
                    PJRT_LoadedExecutable_Destroy_Args::new)
                .executable(new PJRT_LoadedExecutable(new Address(address))));
      }
    };
  }

  private static List<Device> readDevices(Client client, long address) {
    try (Frame frame = new Frame()) {
      var args =
          frame
              .args(
                  PJRT_LoadedExecutable_AddressableDevices_Args.class,
                  PJRT_LoadedExecutable_AddressableDevices_Args::new)
              .executable(new PJRT_LoadedExecutable(new Address(address)));
      client.api().call(ApiFunction.PJRT_LoadedExecutable_AddressableDevices, args);
      List<Device> list = new ArrayList<>();
      for (int i = 0; i < args.num_addressable_devices(); i++) {
        list.add(client.deviceAt(args.addressable_devices(i).address()));
      }
      return Collections.unmodifiableList(list);
    }
  }

  /**
   * Runs the program on its one device.
   *
   * @param args the arguments in the order of the program's parameters; those that the program
   *     consumes are donated and cannot be used again
   * @return the results in the program's order
   * @throws IllegalArgumentException if an argument does not match the declared signature
   * @throws IllegalStateException if an argument or the executable is closed
   * @throws PjrtException if the plugin refuses the launch
   */
  public Buffer[] execute(Buffer... args) {
    try {
      return launcher.launch(args, ExecuteOptions.defaults());
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** As {@link #execute(Buffer...)}, with options. */
  public Buffer[] execute(Buffer[] args, ExecuteOptions options) {
    try {
      return launcher.launch(args, options);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Runs the program on all its devices at once.
   *
   * @param argsPerDevice {@code [device][parameter]}, devices in the order of {@link #devices}
   * @return {@code [device][result]}
   */
  public Buffer[][] execute(Buffer[][] argsPerDevice) {
    try {
      return launcher.launchAll(argsPerDevice, ExecuteOptions.defaults());
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** As {@link #execute(Buffer[][])}, with options. */
  public Buffer[][] execute(Buffer[][] argsPerDevice, ExecuteOptions options) {
    try {
      return launcher.launchAll(argsPerDevice, options);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** The program's name. */
  public String name() {
    return name;
  }

  /** The client. */
  public Client client() {
    return client;
  }

  /** The devices this process runs the program on, in launch order. */
  public List<Device> devices() {
    return devices;
  }

  /** The number of results. */
  public int numOutputs() {
    return outputTypes.length;
  }

  /** The element types of the results. */
  public List<BufferType> outputTypes() {
    return List.of(outputTypes);
  }

  /** A copy of the dimensions of a result on each device. */
  public long[] outputDimensions(int output) {
    return outputDims[output].clone();
  }

  /** How often the program was launched. */
  public long launches() {
    return launcher.launches();
  }

  /**
   * The executable as bytes for {@link Client#deserialize(byte[])}, with a checksum; good for the
   * same plugin build on the same kind of processor only.
   */
  public byte[] serialize() {
    return ExecutableEnvelope.wrap(ask(ExecutableInfo::serialize), client);
  }

  /**
   * The compiler's cost model: {@code flops}, {@code bytes accessed}, ….
   *
   * @throws PjrtException with {@code UNIMPLEMENTED} where the plugin has none
   */
  public Map<String, Object> costAnalysis() {
    return ask(ExecutableInfo::costAnalysis);
  }

  /** The memory the compiler planned. */
  public CompiledMemoryStats memoryStats() {
    return ask(ExecutableInfo::memoryStats);
  }

  /** The program after the compiler's passes, usually {@code hlo_with_config}. */
  public SerializedProgram optimizedProgram() {
    return ask(ExecutableInfo::optimizedProgram);
  }

  /**
   * The program after the compiler's passes, as readable HLO text.
   *
   * @throws PjrtException where the plugin does not hand out the program
   * @throws IllegalArgumentException where it hands it out in another format than HLO
   */
  public String optimizedHlo() {
    return HloPrinter.print(optimizedProgram());
  }

  /** How the results lie in device memory, as XLA writes it. */
  public List<String> outputLayouts() {
    return ask(ExecutableInfo::outputLayouts);
  }

  /** How the parameters must lie in device memory, as XLA writes it. */
  public List<String> parameterLayouts() {
    return ask(ExecutableInfo::parameterLayouts);
  }

  /** A short text that differs between different programs. */
  public String fingerprint() {
    return ask(ExecutableInfo::fingerprint);
  }

  /** How often the program runs side by side on different data. */
  public int replicas() {
    return ask(ExecutableInfo::replicas);
  }

  /** Into how many parts each of its runs is split. */
  public int partitions() {
    return ask(ExecutableInfo::partitions);
  }

  /** Bytes of machine code; 0 where the plugin does not count them (CPU). */
  public long codeBytes() {
    return ask(ExecutableInfo::codeBytes);
  }

  /** The kind of memory each result is put in. */
  public List<String> outputMemoryKinds() {
    return ask(ExecutableInfo::outputMemoryKinds);
  }

  /**
   * The kind of memory each parameter is read from.
   *
   * @throws PjrtException with {@code UNIMPLEMENTED} on plugins before API 0.102
   */
  public List<String> parameterMemoryKinds() {
    return ask(ExecutableInfo::parameterMemoryKinds);
  }

  /**
   * The options the program was compiled with, as a {@code CompileOptionsProto}.
   *
   * @throws PjrtException with {@code UNIMPLEMENTED} on plugins before API 0.87
   */
  public byte[] compileOptions() {
    return ask(ExecutableInfo::compileOptions);
  }

  /** Which device runs which replica and partition; empty for a portable executable. */
  public Optional<DeviceAssignment> deviceAssignment() {
    return onHandle(address -> LoadedQuestions.deviceAssignment(client.api(), address));
  }

  /**
   * Replica and partition of each of {@link #devices()}.
   *
   * @throws PjrtException with {@code UNIMPLEMENTED} on plugins before API 0.96
   */
  public List<LogicalDevice> logicalDevices() {
    return onHandle(address -> LoadedQuestions.logicalDevices(client.api(), address));
  }

  private <T> T ask(Function<ExecutableInfo, T> question) {
    return onHandle(
        address -> {
          try (ExecutableInfo info = new ExecutableInfo(client.api(), address)) {
            return question.apply(info);
          }
        });
  }

  private <T> T onHandle(LongFunction<T> question) {
    long address = handle.acquire();
    if (address == 0) {
      throw new IllegalStateException("the executable '" + name + "' is closed");
    }
    try {
      return question.apply(address);
    } finally {
      handle.release();
      Reference.reachabilityFence(this);
    }
  }

  /** Whether {@link #close} was called. */
  public boolean isClosed() {
    return handle.isClosed();
  }

  /** Frees the executable; executions under way finish. Idempotent. */
  @Override
  public void close() {
    handle.close();
  }

  @Override
  public String toString() {
    StringBuilder outputs = new StringBuilder();
    for (int i = 0; i < outputTypes.length; i++) {
      outputs.append(i == 0 ? "" : ", ").append(Dimensions.text(outputTypes[i], outputDims[i]));
    }
    return "LoadedExecutable["
        + name
        + " -> ("
        + outputs
        + ") on "
        + Arrays.toString(devices.toArray())
        + "]";
  }
}
