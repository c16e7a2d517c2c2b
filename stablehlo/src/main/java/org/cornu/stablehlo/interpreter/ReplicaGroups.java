package org.cornu.stablehlo.interpreter;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Module;
import org.jspecify.annotations.Nullable;

/** The rows of ids of a collective op, written as a matrix or as axes of a mesh. */
final class ReplicaGroups {
  private static final Pattern AXIS =
      Pattern.compile("mesh_axis<name = \"([^\"]*)\", size = (\\d+)>");
  private static final Pattern AXIS_REFERENCE = Pattern.compile("axis_ref<name = \"([^\"]*)\"");
  private static final Pattern SYMBOL = Pattern.compile("mesh = @\"?([^\",>\\s]+)");
  private static final Pattern DEVICES = Pattern.compile("device_ids = dense<\\[?([-0-9, ]*)\\]?>");

  private ReplicaGroups() {}

  static long[][] rows(String key, @Nullable Attribute attribute, @Nullable Module module) {
    if (attribute instanceof Attribute.Elements elements) {
      return matrix(elements.literal());
    }
    String text = String.valueOf(attribute);
    if (text.contains("replica_group_mesh_axes<")) {
      return meshAxes(text, module);
    }
    throw new InterpreterException(key + " must be a matrix of ids, got " + attribute);
  }

  private static long[][] matrix(Literal literal) {
    int columns = literal.type().rank() < 2 ? 0 : Math.toIntExact(literal.type().dim(1));
    long[][] out = new long[columns == 0 ? 0 : literal.count() / columns][columns];
    for (int i = 0; i < literal.count(); i++) {
      out[i / columns][i % columns] = literal.longAt(i);
    }
    return out;
  }

  /** One group for each place along the other axes of the mesh. */
  private static long[][] meshAxes(String text, @Nullable Module module) {
    if (text.contains("sub_axis_info")) {
      throw new InterpreterException(
          "replica groups over parts of mesh axes cannot be run: " + text);
    }
    Module.Mesh mesh = mesh(text, module);
    List<String> names = mesh.axes().stream().map(Module.Mesh.Axis::name).toList();
    int[] sizes = mesh.axes().stream().mapToInt(axis -> Math.toIntExact(axis.size())).toArray();
    List<Integer> grouped = new ArrayList<>();
    Matcher reference = AXIS_REFERENCE.matcher(text);
    while (reference.find()) {
      int axis = names.indexOf(reference.group(1));
      if (axis < 0) {
        throw new InterpreterException(
            "mesh with axes " + names + " has no axis '" + reference.group(1) + "'");
      }
      grouped.add(axis);
    }
    int[] inner = grouped.stream().mapToInt(Integer::intValue).toArray();
    int[] order = Indexing.concat(Indexing.others(sizes.length, inner), inner);
    int[] places =
        Indexing.positions(
            Indexing.pick(sizes, order), 0, Indexing.pick(Indexing.strides(sizes), order));
    int columns = Indexing.count(Indexing.pick(sizes, inner));
    long[][] out = new long[places.length / columns][columns];
    for (int i = 0; i < places.length; i++) {
      List<Long> devices = mesh.deviceIds();
      out[i / columns][i % columns] = devices.isEmpty() ? places[i] : devices.get(places[i]);
    }
    return out;
  }

  private static Module.Mesh mesh(String text, @Nullable Module module) {
    Matcher symbol = SYMBOL.matcher(text);
    if (symbol.find()) {
      String name = symbol.group(1);
      if (module != null) {
        for (Module.Mesh mesh : module.meshes()) {
          if (mesh.name().equals(name)) {
            return mesh;
          }
        }
      }
      throw new InterpreterException("mesh @" + name + " is not defined: run the whole module");
    }
    List<Module.Mesh.Axis> axes = new ArrayList<>();
    Matcher axis = AXIS.matcher(text);
    while (axis.find()) {
      axes.add(new Module.Mesh.Axis(axis.group(1), Long.parseLong(axis.group(2))));
    }
    List<Long> devices = new ArrayList<>();
    Matcher ids = DEVICES.matcher(text);
    if (ids.find() && !ids.group(1).isBlank()) {
      for (String id : ids.group(1).split(",")) {
        devices.add(Long.parseLong(id.trim()));
      }
    }
    return new Module.Mesh("inline", axes, devices, java.util.Map.of());
  }
}
