package org.cornu.distribution;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.cornu.stablehlo.ir.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Layouts by regular expression over variable paths, as {@code keras.distribution.LayoutMap}. A
 * pattern must match the whole path; a path that two patterns match is an error; a path that none
 * matches is replicated.
 *
 * <pre>{@code
 * LayoutMap layouts = new LayoutMap(mesh)
 *     .put(".*dense.*kernel", null, "model")
 *     .put(".*dense.*bias", "model");
 * }</pre>
 */
public final class LayoutMap {
  private record Rule(Pattern pattern, TensorLayout layout) {}

  private final DeviceMesh mesh;
  private final Map<String, Rule> rules = new LinkedHashMap<>();
  private final Set<String> used = new LinkedHashSet<>();
  private final List<String[]> log = new ArrayList<>();

  /** An empty map for a mesh. */
  public LayoutMap(DeviceMesh mesh) {
    this.mesh = mesh;
  }

  /** The mesh of all layouts. */
  public DeviceMesh mesh() {
    return mesh;
  }

  /** Adds a rule; one axis name or null per dimension. */
  public LayoutMap put(String pattern, @Nullable String... axes) {
    return put(pattern, TensorLayout.of(axes));
  }

  /** Adds a rule. */
  public LayoutMap put(String pattern, TensorLayout layout) {
    if (rules.containsKey(pattern)) {
      throw new IllegalArgumentException("LayoutMap: pattern '" + pattern + "' is already there");
    }
    rules.put(pattern, new Rule(Pattern.compile(pattern), layout.on(mesh)));
    return this;
  }

  /** The layout of a path, or null when no rule matches. */
  public @Nullable TensorLayout get(String path) {
    Rule exact = rules.get(path);
    String found = exact == null ? null : path;
    if (exact == null) {
      for (Map.Entry<String, Rule> entry : rules.entrySet()) {
        if (!entry.getValue().pattern().matcher(path).matches()) {
          continue;
        }
        if (found != null) {
          throw new IllegalArgumentException(
              "LayoutMap: path '"
                  + path
                  + "' matches two rules, '"
                  + found
                  + "' and '"
                  + entry.getKey()
                  + "'\n  hint: make one of them more specific");
        }
        found = entry.getKey();
      }
    }
    if (found == null) {
      return null;
    }
    used.add(found);
    return java.util.Objects.requireNonNull(rules.get(found)).layout();
  }

  /** The layout of a variable; checks rank and divisibility. */
  public @Nullable TensorLayout get(String path, Shape shape) {
    TensorLayout layout = get(path);
    log.add(
        new String[] {path, shape.toString(), layout == null ? "replicated" : "" + layout.axes()});
    if (layout == null) {
      return null;
    }
    if (layout.axes().size() != shape.rank()) {
      throw new IllegalArgumentException(
          "LayoutMap: variable '"
              + path
              + "' has shape "
              + shape
              + ", its layout "
              + layout.axes()
              + " has "
              + layout.axes().size()
              + " dimensions");
    }
    for (int d = 0; d < shape.rank(); d++) {
      String axis = layout.axes().get(d);
      if (axis != null && shape.dim(d) % mesh.axisSize(axis) != 0) {
        throw new IllegalArgumentException(
            "LayoutMap: dimension "
                + d
                + " of variable '"
                + path
                + "' "
                + shape
                + " does not divide by axis '"
                + axis
                + "' of size "
                + mesh.axisSize(axis));
      }
    }
    return layout;
  }

  /** Rules that no path has matched so far: usually a spelling mistake. */
  public List<String> unusedRules() {
    return rules.keySet().stream().filter(rule -> !used.contains(rule)).toList();
  }

  /** Throws when a rule has matched no variable. */
  public void requireAllUsed() {
    if (!unusedRules().isEmpty()) {
      throw new IllegalArgumentException(
          "LayoutMap: no variable matches "
              + unusedRules()
              + "; the variables are "
              + log.stream().map(row -> row[0]).distinct().toList());
    }
  }

  /** A line per variable asked for so far: path, shape, layout. */
  public String table() {
    StringBuilder out = new StringBuilder();
    for (String[] row : log) {
      out.append(String.format("%-40s %-16s %s%n", row[0], row[1], row[2]));
    }
    return out.toString();
  }
}
