package org.cornu.stablehlo.ir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A program: functions, meshes, and what else stands at the top level of an MLIR module. */
public final class Module {
  private final @Nullable String name;
  private final Map<String, Attribute> attributes;
  private final List<Mesh> meshes = new ArrayList<>();
  private final List<Func> functions = new ArrayList<>();

  /** An empty module. */
  public Module(@Nullable String name, Map<String, Attribute> attributes) {
    this.name = name;
    this.attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
  }

  /** A module whose entry point is {@code main}; functions it calls need not be added. */
  public static Module of(Func main) {
    Module module = new Module(null, Map.of());
    module.add(main);
    return module;
  }

  /** Its symbol, or null. */
  public @Nullable String name() {
    return name;
  }

  /** Discardable attributes such as {@code mhlo.num_partitions}. */
  public Map<String, Attribute> attributes() {
    return attributes;
  }

  /** Adds a function. */
  public Module add(Func func) {
    functions.add(func);
    return this;
  }

  /** Adds a mesh. */
  public Module add(Mesh mesh) {
    meshes.add(mesh);
    return this;
  }

  /** The functions added so far; functions only reachable by calls are not among them. */
  public List<Func> functions() {
    return Collections.unmodifiableList(functions);
  }

  /** The meshes. */
  public List<Mesh> meshes() {
    return Collections.unmodifiableList(meshes);
  }

  /** The function of this name, or null. */
  public @Nullable Func function(String symbol) {
    for (Func func : functions) {
      if (func.name().equals(symbol)) {
        return func;
      }
    }
    return null;
  }

  /** The entry point: {@code main}, else the only public function, else the only function. */
  public Func main() {
    Func main = function("main");
    if (main != null) {
      return main;
    }
    List<Func> open = functions.stream().filter(Func::isPublic).toList();
    if (open.size() == 1) {
      return open.get(0);
    }
    if (functions.size() == 1) {
      return functions.get(0);
    }
    throw new IllegalStateException(
        "module has no entry point: expected @main or one public function, got " + functions);
  }

  /**
   * {@code sdy.mesh @name = <["data"=4, "model"=2]>}.
   *
   * @param name symbol
   * @param axes axis names and sizes, major to minor
   * @param deviceIds explicit device order, empty for 0, 1, 2, …
   * @param attributes discardable attributes
   */
  public record Mesh(
      String name, List<Axis> axes, List<Long> deviceIds, Map<String, Attribute> attributes) {
    /** Copies the lists. */
    public Mesh {
      axes = List.copyOf(axes);
      deviceIds = List.copyOf(deviceIds);
      attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    }

    /** One axis of a mesh. */
    public record Axis(String name, long size) {}
  }
}
