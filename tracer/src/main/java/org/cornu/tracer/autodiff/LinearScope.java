package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * The backward walk over one linear block: which values are linear, and their cotangents so far.
 */
final class LinearScope {
  final Builder b;
  private final Set<Value> linear;
  private final Map<Value, Value> cotangents = new HashMap<>();

  /** A walk over {@code block} that emits to {@code b}; {@code captured} are linear too. */
  LinearScope(Builder b, Block block, List<Value> captured) {
    this.b = b;
    this.linear = new HashSet<>(captured);
    linear.addAll(block.arguments());
    for (Op op : block.ops()) {
      linear.addAll(op.results());
    }
  }

  boolean isLinear(Value value) {
    return linear.contains(value);
  }

  /** Adds to the cotangent of a linear value; ignored for a known one. */
  void add(Value value, @Nullable Value cotangent) {
    if (cotangent != null && linear.contains(value)) {
      Value before = cotangents.get(value);
      cotangents.put(value, before == null ? cotangent : b.add(before, cotangent));
    }
  }

  @Nullable Value cotangent(Value value) {
    return cotangents.get(value);
  }

  List<@Nullable Value> cotangents(List<Value> values) {
    List<@Nullable Value> out = new ArrayList<>(values.size());
    for (Value value : values) {
      out.add(cotangents.get(value));
    }
    return out;
  }
}
