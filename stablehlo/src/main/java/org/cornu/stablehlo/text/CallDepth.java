package org.cornu.stablehlo.text;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.cornu.stablehlo.ir.Func;
import org.jspecify.annotations.Nullable;

/**
 * How deep the functions of a program call each other. Algorithms on programs recurse from callers
 * into callees, so that a limit here is a limit to their stacks.
 */
final class CallDepth {
  static final int LIMIT = 300;

  private final IdentityHashMap<Func, List<Func>> callees = new IdentityHashMap<>();
  private final IdentityHashMap<Func, Integer> depths = new IdentityHashMap<>();

  /** Notes that {@code caller} refers to {@code callee}, which it returns. */
  @Nullable Func add(Func caller, @Nullable Func callee) {
    if (callee != null) {
      callees.computeIfAbsent(caller, key -> new ArrayList<>()).add(callee);
    }
    return callee;
  }

  /** A function from which more than {@link #LIMIT} calls lead down; null if there is none. */
  @Nullable Func tooDeep(List<Func> functions) {
    for (Func func : functions) {
      if (depth(func, 0) > LIMIT) {
        return func;
      }
    }
    return null;
  }

  // A function that is being walked already counts as a leaf: recursion is not deep in itself.
  private int depth(Func func, int level) {
    if (level > LIMIT) {
      return 1;
    }
    Integer known = depths.get(func);
    if (known != null) {
      return known;
    }
    depths.put(func, 0);
    int deepest = 0;
    for (Func callee : callees.getOrDefault(func, List.of())) {
      deepest = Math.max(deepest, 1 + depth(callee, level + 1));
    }
    depths.put(func, deepest);
    return deepest;
  }
}
