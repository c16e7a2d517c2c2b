package org.cornu.pjrt;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cornu.pjrt.capi.PJRT_Client_Create_Args;
import org.cornu.pjrt.capi.PJRT_Plugin_Attributes_Args;
import org.cornu.pjrt.capi.PJRT_Plugin_Initialize_Args;
import org.cornu.pjrt.capi.Pjrt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loaded PJRT plugin: a shared library that compiles and runs programs on one platform.
 *
 * <p>A library is loaded once per process and stays loaded until the process ends; several
 * different plugins live side by side. Thread-safe.
 *
 * <pre>{@code
 * Plugin plugin = Plugins.find("cpu");
 * try (Client client = plugin.createClient(ClientOptions.defaults())) { ... }
 * }</pre>
 */
public final class Plugin {
  private static final Logger LOG = LoggerFactory.getLogger(Plugin.class);

  /** The major version of the C API that this class speaks. */
  private static final int MAJOR_VERSION = 0;

  private static final Map<Path, Plugin> LOADED = new ConcurrentHashMap<>();

  private final Path path;
  private final Api api;
  private final Map<String, Object> attributes;

  /** Compile options that every program of this plugin gets unless it sets them itself. */
  private final Map<String, Object> defaultOverrides;

  private Plugin(Path path, Api api, Map<String, Object> defaultOverrides) {
    this.path = path;
    this.api = api;
    this.defaultOverrides = defaultOverrides;
    try (Frame frame = new Frame()) {
      api.call(
          ApiFunction.PJRT_Plugin_Initialize,
          frame.args(PJRT_Plugin_Initialize_Args.class, PJRT_Plugin_Initialize_Args::new));
      var args = frame.args(PJRT_Plugin_Attributes_Args.class, PJRT_Plugin_Attributes_Args::new);
      this.attributes =
          api.offers(ApiFunction.PJRT_Plugin_Attributes)
                  && api.tryCall(ApiFunction.PJRT_Plugin_Attributes, args)
              ? NamedValues.read(args.attributes(), args.num_attributes())
              : Map.of();
    }
  }

  /**
   * Loads a plugin library, or returns the plugin that this file was loaded as before.
   *
   * @param library the shared library, such as {@code xla_cpu_pjrt.so}
   * @throws PluginException if the file is missing, cannot be loaded or is no PJRT plugin
   */
  public static Plugin load(Path library) {
    Path key;
    try {
      key = library.toRealPath();
    } catch (java.io.IOException e) {
      throw new PluginException("plugin " + library + ": no such file", e);
    }
    return LOADED.computeIfAbsent(key, Plugin::open);
  }

  private static Plugin open(Path library) {
    if (!Files.isRegularFile(library)) {
      throw new PluginException("plugin " + library + ": not a file");
    }
    NativeSupport.require();
    ProcessEnvironment.prepare();
    Map<String, Object> overrides = new LinkedHashMap<>(ProcessEnvironment.flags());
    if (Doctor.isCuda(library)) {
      CudaLibraries cuda = new CudaLibraries(library);
      List<String> refused = cuda.preload();
      if (!refused.isEmpty()) {
        LOG.warn("NVIDIA libraries that could not be loaded: {}", refused);
      }
      cuda.dataFolder()
          .ifPresent(folder -> overrides.put("xla_gpu_cuda_data_dir", folder.toString()));
    }
    byte[] message = new byte[4096];
    long address = Pjrt.cornu_open(library.toString(), message, message.length);
    if (address == 0) {
      throw new PluginException(
          "plugin " + library + ": cannot be loaded: " + Frame.terminatedText(message));
    }
    var table = new org.cornu.pjrt.capi.PJRT_Extension_Base(new Address(address));
    long tableSize = table.struct_size();
    // PJRT_Api: struct_size, extension_start, then the version struct with its own 16-byte head.
    var version = new org.cornu.pjrt.capi.PJRT_Api_Version(new Address(address + 16));
    int major = version.major_version();
    int minor = version.minor_version();
    if (major != MAJOR_VERSION) {
      throw new PluginException(
          "plugin "
              + library
              + ": it speaks PJRT API "
              + major
              + "."
              + minor
              + ", Cornu speaks 0.x; install a plugin of a matching version");
    }
    if (tableSize < 40 + 8L * (ApiFunction.PJRT_LoadedExecutable_Execute.slot() + 1)) {
      throw new PluginException(
          "plugin " + library + ": its function table is too short: " + tableSize + " bytes");
    }
    return new Plugin(library, new Api(address, major, minor), overrides);
  }

  /**
   * Creates a client: the owner of devices, buffers and executables.
   *
   * @param options the platform's create options
   * @throws PjrtException if the plugin refuses, for example when the machine has no such device
   */
  public Client createClient(ClientOptions options) {
    ProcessEnvironment.beforeClient();
    long store = options.store().map(Upcalls::register).orElse(0L);
    try (Frame frame = new Frame()) {
      var args = frame.args(PJRT_Client_Create_Args.class, PJRT_Client_Create_Args::new);
      Map<String, Object> values = options.values();
      args.create_options(NamedValues.write(frame, values));
      args.num_options(values.size());
      if (store != 0) {
        Address user = new Address(store);
        args.kv_get_callback(Upcalls.function(Pjrt.CORNU_UPCALL_GET)).kv_get_user_arg(user);
        args.kv_put_callback(Upcalls.function(Pjrt.CORNU_UPCALL_PUT)).kv_put_user_arg(user);
        args.kv_try_get_callback(Upcalls.function(Pjrt.CORNU_UPCALL_TRY_GET));
        args.kv_try_get_user_arg(user);
      }
      api.call(ApiFunction.PJRT_Client_Create, args);
      return new Client(this, args.client().address(), store);
    } catch (RuntimeException e) {
      Upcalls.forget(store);
      throw e;
    }
  }

  /**
   * Describes devices that need not be there, by a name that the plugin knows.
   *
   * @param options values as in {@link ClientOptions#with}
   * @throws PjrtException with {@code UNIMPLEMENTED} where the platform has no names (CPU)
   */
  public Topology topology(String name, Map<String, Object> options) {
    return Topology.named(api, name, options);
  }

  /**
   * A number that differs between different topologies.
   *
   * @throws PjrtException with {@code UNIMPLEMENTED} on plugins before API 0.101
   */
  public long fingerprint(Topology topology) {
    return topology.onPlugin(api, handle -> Topology.fingerprint(api, handle));
  }

  /**
   * Compiles a program for devices that need not be there, without a client.
   *
   * @param topology the devices, from {@link Client#topology} or {@link #topology(String, Map)}
   * @param mlirText a StableHLO module whose {@code main} is the program
   * @throws PjrtException with {@code UNIMPLEMENTED} where the platform has no such compiler
   */
  public CompiledProgram compile(Topology topology, String mlirText, CompileOptions options) {
    return Compilation.compile(
        this, topology, mlirText.getBytes(java.nio.charset.StandardCharsets.UTF_8), options);
  }

  /** The library's file. */
  public Path path() {
    return path;
  }

  /**
   * A text that differs between different builds of a plugin: its library's size and a checksum of
   * its beginning and end. A key for what may only be used with this very build.
   */
  public String identity() {
    return ExecutableEnvelope.identity(path);
  }

  /** The version of the PJRT C API the plugin was built with, such as {@code 0.81}. */
  public String apiVersion() {
    return api.version();
  }

  /** What the plugin says of itself: {@code xla_version}, {@code stablehlo_current_version}, … */
  public Map<String, Object> attributes() {
    return attributes;
  }

  /** The newest StableHLO version the plugin reads, such as {@code 1.13.3}; empty if unknown. */
  public String stablehloVersion() {
    return attributes.get("stablehlo_current_version") instanceof List<?> parts
        ? parts.stream().map(String::valueOf).collect(Collectors.joining("."))
        : "";
  }

  /** Whether the plugin's function table holds a function. */
  public boolean offers(ApiFunction function) {
    return api.offers(function);
  }

  /** The functions of the known API that this plugin does not offer, in table order. */
  public List<ApiFunction> missingFunctions() {
    return Stream.of(ApiFunction.values()).filter(f -> !offers(f)).toList();
  }

  Map<String, Object> defaultOverrides() {
    return defaultOverrides;
  }

  Api api() {
    return api;
  }

  @Override
  public String toString() {
    return "Plugin[" + path.getFileName() + ", API " + api.version() + "]";
  }
}
