package org.cornu.stablehlo.build;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Sharding;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * What shardings must look like in a module with these meshes (Shardy, "sharding representation").
 */
final class ShardingRules {
  private static final String KEY = "sdy.sharding";

  private final Map<String, Set<String>> axes = new HashMap<>();

  ShardingRules(List<Module.Mesh> meshes) {
    for (Module.Mesh mesh : meshes) {
      Set<String> names = new HashSet<>();
      for (Module.Mesh.Axis axis : mesh.axes()) {
        if (!names.add(axis.name()) || axis.size() < 1) {
          throw fail("mesh @" + mesh.name() + " has a bad axis: " + axis, Location.UNKNOWN);
        }
      }
      axes.put(mesh.name(), names);
    }
  }

  /** Checks the shardings of arguments and results. */
  void check(Func func) {
    for (int i = 0; i < func.type().inputs().size(); i++) {
      Type type = func.type().inputs().get(i);
      check(func.argumentAttributes(i).get(KEY), type, func.location());
    }
    for (int i = 0; i < func.type().results().size(); i++) {
      Type type = func.type().results().get(i);
      check(func.resultAttributes(i).get(KEY), type, func.location());
    }
  }

  /** Checks the shardings on an op. */
  void check(Op op) {
    for (Map.Entry<String, Attribute> entry : op.attributes().entrySet()) {
      if (entry.getValue() instanceof Sharding sharding) {
        Type type = op.results().isEmpty() ? null : op.results().get(0).type();
        check(sharding, type, op.location());
      } else if (entry.getValue() instanceof Sharding.PerValue several) {
        boolean ins = entry.getKey().equals("in_shardings");
        checkAll(several.shardings(), ins ? op.operands() : op.results(), op.location());
      }
    }
  }

  private void checkAll(List<Sharding> shardings, List<Value> values, Location location) {
    if (shardings.size() != values.size()) {
      throw fail("expected " + values.size() + " shardings, got " + shardings.size(), location);
    }
    for (int i = 0; i < shardings.size(); i++) {
      check(shardings.get(i), values.get(i).type(), location);
    }
  }

  private void check(@Nullable Attribute attribute, @Nullable Type type, Location location) {
    if (!(attribute instanceof Sharding sharding) || sharding.mesh().startsWith("mesh<")) {
      return;
    }
    Set<String> known = axes.get(sharding.mesh());
    if (known == null) {
      throw fail("mesh @" + sharding.mesh() + " is not in the module", location);
    }
    if (type instanceof TensorType tensor && tensor.rank() != sharding.dims().size()) {
      throw fail(
          "expected one entry per dimension of " + tensor.brief() + ", got " + sharding.body(),
          location);
    }
    Set<String> used = new HashSet<>();
    for (Sharding.Dim dim : sharding.dims()) {
      use(dim.axes(), known, used, sharding, location);
    }
    use(sharding.replicated(), known, used, sharding, location);
    use(sharding.unreduced(), known, used, sharding, location);
  }

  private static void use(
      List<String> names,
      Set<String> known,
      Set<String> used,
      Sharding sharding,
      Location location) {
    for (String name : names) {
      int colon = name.indexOf(":(");
      if (!known.contains(colon < 0 ? name : name.substring(0, colon))) {
        throw fail("axis '" + name + "' is not in mesh @" + sharding.mesh(), location);
      }
      if (!used.add(name)) {
        throw fail("axis '" + name + "' is used twice in " + sharding.body(), location);
      }
    }
  }

  private static VerifyException fail(String reason, Location location) {
    return new VerifyException("sharding", "", reason, location);
  }
}
