package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Sharding;
import org.cornu.stablehlo.ir.Type;

/** The layout of a manual computation. */
record ManualShape(List<Sharding> in, List<Sharding> out, List<String> axes) {
  private static final Pattern AXIS = Pattern.compile("\"([^\"]*)\"=(\\d+)");

  static ManualShape of(Op op) {
    List<String> axes = new ArrayList<>();
    if (op.attribute("manual_axes") instanceof Attribute.Array array) {
      for (Attribute axis : array.elements()) {
        axes.add(((Attribute.Str) axis).value());
      }
    }
    return new ManualShape(
        op.attribute("in_shardings", Sharding.PerValue.class).shardings(),
        op.attribute("out_shardings", Sharding.PerValue.class).shardings(),
        axes);
  }

  private String mesh() {
    return !in.isEmpty() ? in.get(0).mesh() : out.isEmpty() ? "" : out.get(0).mesh();
  }

  /** A first dimension split over all manual axes, the others whole. */
  Sharding stacked(int rank) {
    List<Sharding.Dim> dims = new ArrayList<>();
    dims.add(Sharding.Dim.of(axes.toArray(String[]::new)));
    for (int i = 1; i < rank; i++) {
      dims.add(Sharding.Dim.REPLICATED);
    }
    return Sharding.of(mesh(), dims);
  }

  /** The manual axes that do not split any dimension: over those a value is the same everywhere. */
  List<String> unmentioned(Sharding sharding) {
    Set<String> used = new HashSet<>();
    sharding.dims().forEach(dim -> used.addAll(dim.axes()));
    return axes.stream().filter(axis -> !used.contains(axis)).toList();
  }

  /** Over how many devices the computation runs, or -1 where its layouts don't tell. */
  long devices(Op op) {
    return size(op, axes);
  }

  /**
   * The product of the sizes of {@code wanted}: from the text of an inlined mesh, else from how
   * much smaller the local shapes are than the global ones; -1 where that is not enough.
   */
  long size(Op op, List<String> wanted) {
    if (wanted.isEmpty()) {
      return 1;
    }
    Map<Set<String>, Long> sizes = new HashMap<>();
    Matcher matcher = AXIS.matcher(mesh());
    while (matcher.find()) {
      sizes.put(Set.of(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }
    Block body = op.region(0);
    for (int i = 0; i < in.size(); i++) {
      learn(sizes, in.get(i), op.operand(i).type(), body.argument(i).type());
    }
    for (int i = 0; i < out.size(); i++) {
      learn(sizes, out.get(i), op.result(i).type(), body.results().get(i).type());
    }
    return product(sizes, new HashSet<>(wanted));
  }

  private void learn(Map<Set<String>, Long> sizes, Sharding sharding, Type global, Type local) {
    if (global instanceof org.cornu.stablehlo.ir.TensorType whole
        && local instanceof org.cornu.stablehlo.ir.TensorType part) {
      for (int d = 0; d < part.rank(); d++) {
        Set<String> manual = new HashSet<>(sharding.dims().get(d).axes());
        manual.retainAll(axes);
        if (!manual.isEmpty() && part.dim(d) > 0) {
          sizes.put(manual, whole.dim(d) / part.dim(d));
        }
      }
    }
  }

  /** A product of known sizes over disjoint sets of axes that make up {@code wanted}. */
  private static long product(Map<Set<String>, Long> sizes, Set<String> wanted) {
    if (wanted.isEmpty()) {
      return 1;
    }
    for (Map.Entry<Set<String>, Long> entry : sizes.entrySet()) {
      if (wanted.containsAll(entry.getKey())) {
        Set<String> rest = new HashSet<>(wanted);
        rest.removeAll(entry.getKey());
        long others = product(sizes, rest);
        if (others > 0) {
          return others * entry.getValue();
        }
      }
    }
    return -1;
  }
}
