package org.cornu.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.cornu.stablehlo.bytecode.JaxExport;
import org.cornu.stablehlo.bytecode.ProgramFile;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;

/** Counts what a program is made of, functions that are only called included. */
final class ProgramStats {
  private final Map<String, Integer> ops = new TreeMap<>();
  private final Map<String, Integer> types = new TreeMap<>();
  private final Set<Func> functions = Collections.newSetFromMap(new IdentityHashMap<>());
  private final ProgramFile program;
  private long constants;
  private int depth;

  private ProgramStats(ProgramFile program) {
    this.program = program;
    for (Module module : program.modules()) {
      module.functions().forEach(this::count);
    }
  }

  static ProgramStats of(ProgramFile program) {
    return new ProgramStats(program);
  }

  private void count(Func func) {
    if (functions.add(func) && !func.isDeclaration()) {
      count(func.body(), 1);
    }
  }

  private void count(Block block, int level) {
    depth = Math.max(depth, level);
    for (Op op : block.ops()) {
      ops.merge(op.name(), 1, Integer::sum);
      for (Value result : op.results()) {
        if (result.type() instanceof TensorType type) {
          types.merge(type.element().mlir(), 1, Integer::sum);
        }
      }
      for (Attribute attribute : op.attributes().values()) {
        if (attribute instanceof Attribute.Elements elements) {
          constants += elements.literal().data().remaining();
        } else if (attribute instanceof Attribute.Callee callee) {
          count(callee.func());
        }
      }
      op.regions().forEach(region -> count(region, level + 1));
    }
  }

  /** One fact a line. */
  List<String> lines() {
    List<String> out = new ArrayList<>();
    out.add("format: " + program.format() + version());
    JaxExport export = program.export();
    if (export != null) {
      out.add(
          String.format(
              Locale.ROOT,
              "export: %s for %s on %d device(s), calling convention %d",
              export.name(),
              String.join(", ", export.platforms()),
              export.devices(),
              export.callingConvention()));
    }
    for (Module module : program.modules()) {
      if (module.functions().isEmpty()) {
        continue;
      }
      Func main = entry(module);
      out.add(
          "@"
              + main.name()
              + ": "
              + types(main.type().inputs())
              + " -> "
              + types(main.type().results()));
      module
          .meshes()
          .forEach(
              mesh ->
                  out.add(
                      "mesh: "
                          + mesh.name()
                          + " "
                          + mesh.axes().stream()
                              .map(a -> a.name() + "=" + a.size())
                              .collect(Collectors.joining(", "))));
    }
    out.add("functions: " + functions.size() + ", depth of regions: " + depth);
    out.add("constants: " + constants + " bytes");
    out.add("element types: " + ranked(types));
    int total = ops.values().stream().mapToInt(Integer::intValue).sum();
    out.add("ops: " + total);
    byCount(ops)
        .forEach(e -> out.add(String.format(Locale.ROOT, "%8d %s", e.getValue(), e.getKey())));
    return out;
  }

  private static Func entry(Module module) {
    try {
      return module.main();
    } catch (IllegalStateException | IllegalArgumentException e) {
      return module.functions().get(0);
    }
  }

  private String version() {
    return program.version() == null ? "" : " of StableHLO " + program.version();
  }

  private static String types(List<Type> types) {
    return types.stream().map(Object::toString).collect(Collectors.joining(", ", "(", ")"));
  }

  private static List<Map.Entry<String, Integer>> byCount(Map<String, Integer> counts) {
    Comparator<Map.Entry<String, Integer>> most =
        Map.Entry.comparingByValue(Comparator.reverseOrder());
    return counts.entrySet().stream()
        .sorted(most.thenComparing(Map.Entry.comparingByKey()))
        .toList();
  }

  private static String ranked(Map<String, Integer> counts) {
    return byCount(counts).stream()
        .map(e -> e.getKey() + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }
}
