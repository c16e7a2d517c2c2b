package org.cornu.tracer.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornu.pjrt.Buffer;
import org.cornu.pjrt.CompiledMemoryStats;
import org.cornu.pjrt.ErrorCode;
import org.cornu.pjrt.LoadedExecutable;
import org.cornu.pjrt.PjrtException;
import org.cornu.pjrt.Plugin;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Sharding;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.text.Parser;
import org.jspecify.annotations.Nullable;

/** A compiled program. */
public final class Program {
  private final String name;
  private final LoadedExecutable executable;
  private final TensorType[] arguments;
  private final TensorType[] results;
  private final Module.@Nullable Mesh mesh;
  private final List<@Nullable Placement> argumentPlacements;
  private final List<@Nullable Placement> resultPlacements;
  private final String text;

  Program(
      String name,
      LoadedExecutable executable,
      TensorType[] arguments,
      TensorType[] results,
      CompileRequest request,
      String text) {
    this.name = name;
    this.executable = executable;
    this.arguments = arguments;
    this.results = results;
    this.mesh = request.mesh();
    this.argumentPlacements = request.arguments();
    this.resultPlacements = request.results();
    this.text = text;
  }

  /**
   * A program whose executable was serialized.
   *
   * @param name of the function
   * @param text the StableHLO text that was compiled, which tells types, shardings and mesh
   * @param executable what {@link LoadedExecutable#serialize} gave
   * @throws IllegalStateException if it is not for this plugin build and processor
   */
  public static Program restore(String name, String text, byte[] executable) {
    Module module = Parser.parse(text);
    Func main = module.main();
    Module.Mesh mesh = module.meshes().isEmpty() ? null : module.meshes().get(0);
    TensorType[] arguments = ProgramCache.tensors(main.type().inputs());
    TensorType[] results = ProgramCache.tensors(main.type().results());
    List<@Nullable Placement> argumentPlacements = new ArrayList<>();
    for (int i = 0; mesh != null && i < arguments.length; i++) {
      argumentPlacements.add(placement(mesh, main.argumentAttributes(i).get("sdy.sharding")));
    }
    List<@Nullable Placement> resultPlacements = new ArrayList<>();
    for (int i = 0; mesh != null && i < results.length; i++) {
      resultPlacements.add(placement(mesh, main.resultAttributes(i).get("sdy.sharding")));
    }
    HostCalls.installFor(text);
    LoadedExecutable loaded;
    try {
      loaded = Backend.current().client().deserialize(executable);
    } catch (PjrtException e) {
      throw new IllegalStateException(e.pluginMessage(), e);
    }
    CompileRequest request =
        new CompileRequest(
            main, mesh, argumentPlacements, resultPlacements, new boolean[arguments.length]);
    return new Program(name, loaded, arguments, results, request, text);
  }

  private static @Nullable Placement placement(Module.Mesh mesh, @Nullable Attribute sharding) {
    return sharding instanceof Sharding known ? new Placement(mesh, known) : null;
  }

  /** The plugin build and the device that this process compiles for. */
  public static String platform() {
    Backend backend = Backend.current();
    Plugin plugin = backend.client().plugin();
    return plugin.path().getFileName()
        + " (PJRT API "
        + plugin.apiVersion()
        + ", build "
        + plugin.identity()
        + ") for "
        + backend.platformName()
        + " '"
        + backend.defaultDevice().kind()
        + "'";
  }

  /** The executable as bytes for {@link #restore}. */
  public byte[] serialize() {
    return executable.serialize();
  }

  /** The compiler's cost model; empty where the plugin has none. */
  public Map<String, Object> costAnalysis() {
    try {
      return executable.costAnalysis();
    } catch (PjrtException e) {
      if (e.code() == ErrorCode.UNIMPLEMENTED) {
        return Map.of();
      }
      throw e;
    }
  }

  /** Bytes the compiler planned: arguments, outputs, aliased, temporary, peak, generatedCode. */
  public Map<String, Long> memoryAnalysis() {
    CompiledMemoryStats stats = executable.memoryStats();
    return Map.of(
        "arguments", stats.arguments(),
        "outputs", stats.outputs(),
        "aliased", stats.aliased(),
        "temporary", stats.temporary(),
        "peak", stats.peak(),
        "generatedCode", stats.generatedCode());
  }

  /** The function's name. */
  public String name() {
    return name;
  }

  /** The type of an argument, whole and not of a part. */
  public TensorType argumentType(int argument) {
    return arguments[argument];
  }

  /** The StableHLO text that was compiled. */
  public String text() {
    return text;
  }

  /** The executable, for analysis and serialization. */
  public LoadedExecutable executable() {
    return executable;
  }

  /** Runs the program; returns without waiting for the device. */
  public DeviceArray[] run(DeviceArray[] inputs) {
    if (inputs.length != arguments.length) {
      throw new IllegalArgumentException(
          name + ": expected " + arguments.length + " arguments, got " + inputs.length);
    }
    try {
      return mesh == null ? runSingle(inputs) : runSharded(inputs);
    } catch (PjrtException e) {
      throw HostCalls.translate(e);
    }
  }

  private DeviceArray[] runSingle(DeviceArray[] inputs) {
    Buffer[] buffers = new Buffer[inputs.length];
    for (int i = 0; i < buffers.length; i++) {
      DeviceArray input = inputs[i];
      check(i, input);
      buffers[i] = input.shard(0);
    }
    Buffer[] outputs = executable.execute(buffers);
    DeviceArray[] out = new DeviceArray[outputs.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = new DeviceArray(results[i], new Buffer[] {outputs[i]}, null);
    }
    return out;
  }

  private DeviceArray[] runSharded(DeviceArray[] inputs) {
    Module.Mesh devices = java.util.Objects.requireNonNull(mesh);
    int count = Placement.replicated(devices, 0).deviceCount();
    Buffer[][] buffers = new Buffer[count][inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      check(i, inputs[i]);
      DeviceArray placed = inputs[i].to(argument(devices, i));
      for (int d = 0; d < count; d++) {
        buffers[d][i] = placed.shard(d);
      }
    }
    Buffer[][] outputs = executable.execute(buffers);
    DeviceArray[] out = new DeviceArray[results.length];
    for (int i = 0; i < out.length; i++) {
      Buffer[] shards = new Buffer[count];
      for (int d = 0; d < count; d++) {
        shards[d] = outputs[d][i];
      }
      Placement placement = i < resultPlacements.size() ? resultPlacements.get(i) : null;
      out[i] =
          new DeviceArray(
              results[i],
              shards,
              placement != null ? placement : Placement.replicated(devices, results[i].rank()));
    }
    return out;
  }

  private Placement argument(Module.Mesh devices, int i) {
    Placement placement = i < argumentPlacements.size() ? argumentPlacements.get(i) : null;
    return placement != null ? placement : Placement.replicated(devices, arguments[i].rank());
  }

  private void check(int i, DeviceArray input) {
    TensorType got = input.type();
    if (got != arguments[i] && !got.equals(arguments[i])) {
      throw new IllegalArgumentException(
          name + ": argument " + i + " must be " + arguments[i].brief() + ", got " + got.brief());
    }
  }
}
