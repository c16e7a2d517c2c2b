package org.cornu.pjrt;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Loader;
import org.cornu.pjrt.capi.PJRT_Client;
import org.cornu.pjrt.capi.PJRT_Client_Compile_Args;
import org.cornu.pjrt.capi.PJRT_Client_Load_Args;
import org.cornu.pjrt.capi.PJRT_Compile_Args;
import org.cornu.pjrt.capi.PJRT_Executable;
import org.cornu.pjrt.capi.PJRT_Executable_DeserializeAndLoad_Args;
import org.cornu.pjrt.capi.PJRT_Program;
import org.cornu.pjrt.proto.CompileOptionsProto;
import org.cornu.pjrt.proto.DeviceAssignmentProto;
import org.cornu.pjrt.proto.ExecutableBuildOptionsProto;
import org.cornu.pjrt.proto.OptionOverrideProto;
import org.jspecify.annotations.Nullable;

/**
 * Programs to executables. The compiler recurses as deep as a program is long, so it runs on a
 * thread with a large stack, whatever the caller's thread is.
 */
final class Compilation {
  private static final long STACK_BYTES = 64L << 20;

  private Compilation() {}

  static LoadedExecutable compile(Client client, byte[] program, CompileOptions options) {
    if (program.length == 0) {
      throw new IllegalArgumentException("compile: the program is empty");
    }
    if (client.platformName().equals("cpu") && options.format().equals("mlir")) {
      ProgramValidation.check(program, options.replicas() * options.partitions());
    }
    byte[] optionBytes = serialize(client, options);
    client.enter();
    XlaCompileEvent event = new XlaCompileEvent();
    event.begin();
    try {
      long handle =
          onLargeStack(
              () -> {
                try (Frame frame = new Frame()) {
                  var args =
                      frame.args(PJRT_Client_Compile_Args.class, PJRT_Client_Compile_Args::new);
                  args.client(new PJRT_Client(new Address(client.handle)));
                  args.program(program(frame, program, options));
                  args.compile_options(frame.bytes(optionBytes));
                  args.compile_options_size(optionBytes.length);
                  client.api().call(ApiFunction.PJRT_Client_Compile, args);
                  return Address.of(args.executable());
                }
              });
      LoadedExecutable executable =
          new LoadedExecutable(client, handle, options, mayDonate(program));
      record(event, executable, false, program.length);
      return executable;
    } finally {
      client.release();
    }
  }

  /** Compiles without a client. */
  static CompiledProgram compile(
      Plugin plugin, Topology topology, byte[] program, CompileOptions options) {
    if (program.length == 0) {
      throw new IllegalArgumentException("compile: the program is empty");
    }
    if (topology.platformName().equals("cpu") && options.format().equals("mlir")) {
      ProgramValidation.check(program, options.replicas() * options.partitions());
    }
    byte[] optionBytes =
        serialize(
            plugin,
            options,
            topology.devices().keySet(),
            () -> DeviceAssignment.counting(options.replicas(), options.partitions()));
    Api api = plugin.api();
    long handle =
        onLargeStack(
            () ->
                topology.onPlugin(
                    api,
                    description -> {
                      try (Frame frame = new Frame()) {
                        var args =
                            frame
                                .args(PJRT_Compile_Args.class, PJRT_Compile_Args::new)
                                .topology(description)
                                .program(program(frame, program, options))
                                .compile_options(frame.bytes(optionBytes))
                                .compile_options_size(optionBytes.length);
                        api.call(ApiFunction.PJRT_Compile, args);
                        return Address.of(args.executable());
                      }
                    }));
    return new CompiledProgram(plugin, handle);
  }

  /** Makes a program of {@link #compile(Plugin, Topology, byte[], CompileOptions)} runnable. */
  static LoadedExecutable load(Client client, CompiledProgram program, CompileOptions options) {
    if (program.plugin() != client.plugin()) {
      throw new IllegalArgumentException(
          "load: another plugin compiled the program: got " + program.plugin());
    }
    client.api().require(ApiFunction.PJRT_Client_Load);
    byte[] optionBytes = serialize(client, options);
    client.enter();
    try {
      long executable = program.acquire();
      try (Frame frame = new Frame()) {
        var args =
            frame
                .args(PJRT_Client_Load_Args.class, PJRT_Client_Load_Args::new)
                .client(new PJRT_Client(new Address(client.handle)))
                .executable(new PJRT_Executable(new Address(executable)))
                .compile_options(frame.bytes(optionBytes))
                .compile_options_size(optionBytes.length);
        client.api().call(ApiFunction.PJRT_Client_Load, args);
        return new LoadedExecutable(client, Address.of(args.loaded_executable()), options, true);
      } finally {
        program.release();
      }
    } finally {
      client.release();
    }
  }

  private static PJRT_Program program(Frame frame, byte[] program, CompileOptions options) {
    var source = frame.args(PJRT_Program.class, PJRT_Program::new);
    source.struct_size(Loader.sizeof(PJRT_Program.class));
    source.code(frame.bytes(program)).code_size(program.length);
    source.format(frame.text(options.format()));
    source.format_size(options.format().length());
    return source;
  }

  static LoadedExecutable deserialize(Client client, byte[] bytes, CompileOptions options) {
    byte[] serialized = ExecutableEnvelope.unwrap(bytes, client);
    client.enter();
    XlaCompileEvent event = new XlaCompileEvent();
    event.begin();
    try {
      long handle =
          onLargeStack(
              () -> {
                try (Frame frame = new Frame()) {
                  var args =
                      frame.args(
                          PJRT_Executable_DeserializeAndLoad_Args.class,
                          PJRT_Executable_DeserializeAndLoad_Args::new);
                  args.client(new PJRT_Client(new Address(client.handle)));
                  args.serialized_executable(frame.bytes(serialized));
                  args.serialized_executable_size(serialized.length);
                  client.api().call(ApiFunction.PJRT_Executable_DeserializeAndLoad, args);
                  return Address.of(args.loaded_executable());
                }
              });
      LoadedExecutable executable = new LoadedExecutable(client, handle, options, true);
      record(event, executable, true, bytes.length);
      return executable;
    } finally {
      client.release();
    }
  }

  /** See {@link Client#executableKey}. */
  static String key(Client client, byte[] program, CompileOptions options) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part :
        new byte[][] {ExecutableEnvelope.target(client), serialize(client, options), program}) {
      all.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
      all.writeBytes(part);
    }
    return HexFormat.of().formatHex(ExecutableEnvelope.sha256(all.toByteArray()));
  }

  private static void record(
      XlaCompileEvent event, LoadedExecutable executable, boolean loaded, long size) {
    if (event.shouldCommit()) {
      event.program = executable.name();
      event.loaded = loaded;
      event.size = size;
      event.commit();
    }
  }

  /**
   * Whether the program names parameters that it may consume; bytecode keeps such names as text.
   */
  private static boolean mayDonate(byte[] program) {
    String text = new String(program, StandardCharsets.ISO_8859_1);
    return text.contains("tf.aliasing_output") || text.contains("jax.buffer_donor");
  }

  static byte[] serialize(Client client, CompileOptions options) {
    return serialize(
        client.plugin(),
        options,
        client.devices().stream().map(Device::id).collect(Collectors.toSet()),
        () -> client.defaultDeviceAssignment(options.replicas(), options.partitions()));
  }

  private static byte[] serialize(
      Plugin plugin,
      CompileOptions options,
      Set<Integer> devices,
      Supplier<DeviceAssignment> defaultAssignment) {
    byte[] given = options.serialized();
    if (given != null) {
      return given;
    }
    DeviceAssignment assignment = options.deviceAssignment().orElseGet(defaultAssignment);
    var build =
        ExecutableBuildOptionsProto.newBuilder()
            .setDeviceOrdinal(-1)
            .setNumReplicas(options.replicas())
            .setNumPartitions(options.partitions())
            .setUseSpmdPartitioning(options.useSpmd())
            .setUseShardyPartitioner(options.useShardy())
            .setAliasPassthroughParams(options.aliasPassthroughParameters());
    if (!options.portable()) {
      build.setDeviceAssignment(assignmentProto(devices, assignment));
    }
    var proto =
        CompileOptionsProto.newBuilder()
            .setCompilePortableExecutable(options.portable())
            .setExecutableBuildOptions(build);
    Map<String, Object> overrides = new LinkedHashMap<>(plugin.defaultOverrides());
    overrides.putAll(options.overrides());
    overrides.forEach((name, value) -> proto.putEnvOptionOverrides(name, override(value)));
    return proto.build().toByteArray();
  }

  private static DeviceAssignmentProto assignmentProto(
      Set<Integer> devices, DeviceAssignment assignment) {
    var proto =
        DeviceAssignmentProto.newBuilder()
            .setReplicaCount(assignment.replicas())
            .setComputationCount(assignment.partitions());
    for (int p = 0; p < assignment.partitions(); p++) {
      var partition = DeviceAssignmentProto.ComputationDevice.newBuilder();
      for (int r = 0; r < assignment.replicas(); r++) {
        int id = assignment.deviceId(r, p);
        if (!devices.contains(id)) {
          throw new IllegalArgumentException(
              "compile: the device assignment names device "
                  + id
                  + ": there are "
                  + new TreeSet<>(devices));
        }
        partition.addReplicaDeviceIds(id);
      }
      proto.addComputationDevices(partition);
    }
    return proto.build();
  }

  private static OptionOverrideProto override(Object value) {
    var proto = OptionOverrideProto.newBuilder();
    if (value instanceof Boolean flag) {
      proto.setBoolField(flag);
    } else if (value instanceof Long number) {
      proto.setIntField(number);
    } else if (value instanceof Double number) {
      proto.setDoubleField(number);
    } else {
      proto.setStringField(value.toString());
    }
    return proto.build();
  }

  private static long onLargeStack(LongSupplier work) {
    AtomicLong result = new AtomicLong();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                result.set(work.getAsLong());
              } catch (RuntimeException | Error e) {
                failure.set(e);
              }
            },
            "cornu-pjrt-compile",
            STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    joinUninterruptibly(thread);
    Throwable thrown = failure.get();
    if (thrown instanceof PjrtException e) {
      // The stack of the compiling thread says nothing; the caller's does.
      throw new PjrtException(e.operation(), e.code(), e.pluginMessage());
    }
    if (thrown instanceof RuntimeException e) {
      throw e;
    }
    if (thrown instanceof Error e) {
      throw e;
    }
    return result.get();
  }

  private static void joinUninterruptibly(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
