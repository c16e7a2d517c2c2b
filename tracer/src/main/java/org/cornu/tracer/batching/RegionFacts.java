package org.cornu.tracer.batching;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.graph.Closures;
import org.jspecify.annotations.Nullable;

/** What must be known of the inside of an op before it is batched; each found once. */
final class RegionFacts {
  private final @Nullable String axisName;
  private final Map<Op, List<Value>> captures = new HashMap<>();
  private final Map<Op, Boolean> axisOfOps = new HashMap<>();
  private final Map<Func, Boolean> axisOfFunctions = new HashMap<>();

  RegionFacts(@Nullable String axisName) {
    this.axisName = axisName;
  }

  /** The values from outside that the regions of {@code op} use, in order of first use. */
  List<Value> captures(Op op) {
    if (op.regions().isEmpty()) {
      return List.of();
    }
    return captures.computeIfAbsent(op, o -> Closures.freeValues(o.regions()));
  }

  /** True for a {@code cornu.axis_*} op over the named axis of this batch. */
  boolean isOverAxis(Op op) {
    return axisName != null
        && switch (op.code()) {
          case AXIS_INDEX, AXIS_REDUCE, AXIS_GATHER, AXIS_SCATTER, AXIS_PERMUTE, AXIS_ALL_TO_ALL ->
              op.string("axis", "").equals(axisName);
          default -> false;
        };
  }

  /** True when {@code op}, its regions or the functions it calls refer to the named axis. */
  boolean usesAxis(Op op) {
    if (axisName == null) {
      return false;
    }
    if (op.regions().isEmpty() && op.attributes().isEmpty()) {
      return false;
    }
    Boolean known = axisOfOps.get(op);
    if (known == null) {
      known = isOverAxis(op) || op.attributes().values().stream().anyMatch(this::usesAxis);
      for (Block region : op.regions()) {
        known = known || usesAxis(region);
      }
      axisOfOps.put(op, known);
    }
    return known;
  }

  private boolean usesAxis(Attribute attribute) {
    if (attribute instanceof Attribute.Array array) {
      return array.elements().stream().anyMatch(this::usesAxis);
    }
    if (!(attribute instanceof Attribute.Callee callee) || callee.func().isDeclaration()) {
      return false;
    }
    Boolean known = axisOfFunctions.get(callee.func());
    if (known == null) {
      known = usesAxis(callee.func().body());
      axisOfFunctions.put(callee.func(), known);
    }
    return known;
  }

  private boolean usesAxis(Block block) {
    for (Op op : block.ops()) {
      if (usesAxis(op)) {
        return true;
      }
    }
    return false;
  }
}
