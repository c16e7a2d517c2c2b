package org.cornu.tracer.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.cornu.pjrt.Client;
import org.cornu.pjrt.CompileOptions;
import org.cornu.pjrt.DeviceAssignment;
import org.cornu.pjrt.LoadedExecutable;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.passes.EliminateDeadCode;
import org.cornu.stablehlo.passes.Passes;
import org.cornu.stablehlo.text.Fingerprint;
import org.cornu.stablehlo.text.Printer;
import org.cornu.tracer.lowering.Lowering;
import org.jspecify.annotations.Nullable;

/**
 * Lowers, prints and compiles functions, each different program once per process: the cache is
 * keyed by the fingerprint of the lowered program, so tracing the same computation again never
 * recompiles.
 */
public final class ProgramCache {
  private record Key(Fingerprint fingerprint, Module.@Nullable Mesh mesh) {}

  private static final Map<Key, CompletableFuture<Program>> PROGRAMS = new ConcurrentHashMap<>();
  private static final AtomicLong COMPILED = new AtomicLong();

  private ProgramCache() {}

  /** Number of programs compiled in this process so far. */
  public static long compiledCount() {
    return COMPILED.get();
  }

  /** Number of programs of this process that came from the cache on disk. */
  public static long loadedFromDiskCount() {
    return DiskCache.loadedCount();
  }

  /** Forgets all programs; the next use compiles again. */
  public static void clear() {
    PROGRAMS.clear();
  }

  /** The program of a function for inputs that lie where these do. */
  public static Program get(Func func, DeviceArray[] inputs) {
    Module.Mesh mesh = null;
    List<@Nullable Placement> placements = new ArrayList<>(inputs.length);
    for (DeviceArray input : inputs) {
      Placement placement = input.placement();
      placements.add(placement);
      if (placement != null) {
        if (mesh != null && !mesh.equals(placement.mesh())) {
          throw new IllegalArgumentException(
              "the arguments lie on different meshes: " + mesh + " and " + placement.mesh());
        }
        mesh = placement.mesh();
      }
    }
    if (mesh == null) {
      return get(CompileRequest.of(func), "operation outside a jitted function");
    }
    return get(
        new CompileRequest(func, mesh, placements, List.of(), new boolean[inputs.length]),
        "operation outside a jitted function, on a mesh");
  }

  /**
   * The program of a request.
   *
   * @param reason why it is asked for, for the flight recorder
   */
  public static Program get(CompileRequest request, String reason) {
    LowerEvent event = new LowerEvent();
    event.begin();
    Func lowered = lowered(request);
    if (event.shouldCommit()) {
      event.function = request.func().name();
      event.commit();
    }
    Key key = new Key(Fingerprint.of(lowered), request.mesh());
    CompletableFuture<Program> mine = new CompletableFuture<>();
    CompletableFuture<Program> theirs = PROGRAMS.putIfAbsent(key, mine);
    if (theirs != null) {
      try {
        return theirs.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw e;
      }
    }
    try {
      Program program = compile(lowered, request, key.fingerprint(), reason);
      mine.complete(program);
      return program;
    } catch (RuntimeException | Error e) {
      PROGRAMS.remove(key, mine);
      mine.completeExceptionally(e);
      throw e;
    }
  }

  /** The text that would be compiled, with the user's source lines. */
  public static String text(CompileRequest request) {
    Func lowered = lowered(request);
    return Printer.print(module(lowered, request), Printer.Options.PROGRAM.withLocations(true));
  }

  /** The entry point in the forms that the platform's compiler gets. */
  private static Func lowered(CompileRequest request) {
    Func plain = EliminateDeadCode.withoutCallees(Passes.forCompiler(request.func()));
    return annotate(Lowering.current().apply(plain, partitions(request)), request);
  }

  private static int partitions(CompileRequest request) {
    Module.Mesh mesh = request.mesh();
    return mesh == null ? 1 : Placement.replicated(mesh, 0).deviceCount();
  }

  private static Func annotate(Func func, CompileRequest request) {
    Func main = new Func("main", func.body(), true, Map.of(), func.location());
    Module.Mesh mesh = request.mesh();
    if (mesh != null) {
      for (int i = 0; i < func.type().inputs().size(); i++) {
        main.argumentAttribute(
            i, "sdy.sharding", placed(request.arguments(), i, mesh, func.type().inputs().get(i)));
      }
      for (int i = 0; i < func.type().results().size(); i++) {
        main.resultAttribute(
            i, "sdy.sharding", placed(request.results(), i, mesh, func.type().results().get(i)));
      }
    }
    donate(main, request);
    return main;
  }

  private static Attribute placed(
      List<@Nullable Placement> placements, int i, Module.Mesh mesh, Type type) {
    Placement placement = i < placements.size() ? placements.get(i) : null;
    int rank = type instanceof TensorType tensor ? tensor.rank() : 0;
    return (placement != null ? placement : Placement.replicated(mesh, rank)).sharding();
  }

  /**
   * Pairs each donated argument with a result of the same type (and sharding) that is still free.
   */
  private static void donate(Func main, CompileRequest request) {
    boolean[] taken = new boolean[main.type().results().size()];
    for (int i = 0; i < request.donated().length; i++) {
      if (!request.donated()[i]) {
        continue;
      }
      for (int r = 0; r < taken.length; r++) {
        if (!taken[r]
            && main.type().results().get(r).equals(main.type().inputs().get(i))
            && java.util.Objects.equals(
                main.argumentAttributes(i).get("sdy.sharding"),
                main.resultAttributes(r).get("sdy.sharding"))) {
          taken[r] = true;
          main.argumentAttribute(i, "tf.aliasing_output", Attribute.Int.i32(r));
          break;
        }
      }
    }
  }

  private static Module module(Func main, CompileRequest request) {
    Module.Mesh mesh = request.mesh();
    Module module =
        new Module(
            "cornu",
            Map.of(
                "mhlo.num_partitions", Attribute.Int.i32(partitions(request)),
                "mhlo.num_replicas", Attribute.Int.i32(1)));
    if (mesh != null) {
      module.add(mesh);
    }
    return module.add(main);
  }

  private static Program compile(
      Func main, CompileRequest request, Fingerprint fingerprint, String reason) {
    CompileEvent event = new CompileEvent();
    event.begin();
    Module module = module(main, request);
    String text = Printer.print(module, Printer.Options.PROGRAM.withLocations(true));
    Module.Mesh mesh = request.mesh();
    CompileOptions.Builder options = Backend.current().compileOptions();
    if (mesh != null) {
      Placement whole = Placement.replicated(mesh, 0);
      int[] ids = new int[whole.deviceCount()];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = whole.deviceId(i);
      }
      options
          .partitions(ids.length)
          .useSpmd(true)
          .useShardy(true)
          .deviceAssignment(DeviceAssignment.of(new int[][] {ids}));
    }
    HostCalls.installFor(text);
    CompileOptions chosen = options.build();
    Client client = Backend.current().client();
    Path file =
        DiskCache.file(client, () -> Printer.print(module, Printer.Options.PROGRAM), chosen);
    LoadedExecutable executable = file == null ? null : DiskCache.load(client, file, chosen);
    boolean fromDisk = executable != null;
    if (executable == null) {
      executable = client.compile(text, chosen);
      COMPILED.incrementAndGet();
      if (file != null) {
        DiskCache.store(file, executable);
      }
    }
    if (event.shouldCommit()) {
      event.function = request.func().name();
      event.reason = reason;
      event.fingerprint = fingerprint.toString();
      event.fromDisk = fromDisk;
      event.commit();
    }
    return new Program(
        request.func().name(),
        executable,
        tensors(main.type().inputs()),
        tensors(main.type().results()),
        request,
        text);
  }

  static TensorType[] tensors(List<Type> types) {
    TensorType[] out = new TensorType[types.size()];
    for (int i = 0; i < out.length; i++) {
      if (!(types.get(i) instanceof TensorType tensor)) {
        throw new IllegalArgumentException(
            "a program takes and returns tensors only, got " + types.get(i));
      }
      out[i] = tensor;
    }
    return out;
  }
}
