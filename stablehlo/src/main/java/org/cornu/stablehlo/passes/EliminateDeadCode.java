package org.cornu.stablehlo.passes;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/** Drops ops whose results nothing uses and which do nothing else, and functions nobody calls. */
public final class EliminateDeadCode extends Rewrite {
  private final Effects effects = new Effects();
  private final Set<Op> dead = Collections.newSetFromMap(new IdentityHashMap<>());
  private final boolean withCallees;

  private EliminateDeadCode(boolean withCallees) {
    this.withCallees = withCallees;
  }

  /** The function, and all that it calls, without dead ops; itself when there are none. */
  public static Func run(Func func) {
    return new EliminateDeadCode(true).function(func);
  }

  /**
   * The function without dead ops, still calling the very same functions; itself when there are
   * none.
   */
  public static Func withoutCallees(Func func) {
    return new EliminateDeadCode(false).function(func);
  }

  /** The module without dead ops and without private functions that no public one reaches. */
  public static Module run(Module module) {
    Module slim = new EliminateDeadCode(true).module(module);
    Set<Func> reached = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Func func : slim.functions()) {
      if (func.isPublic() || func == slim.main()) {
        reach(func, reached);
      }
    }
    if (reached.containsAll(slim.functions())) {
      return slim;
    }
    Module out = new Module(slim.name(), slim.attributes());
    slim.meshes().forEach(out::add);
    slim.functions().stream().filter(reached::contains).forEach(out::add);
    return out;
  }

  private static void reach(Func func, Set<Func> reached) {
    if (reached.add(func) && !func.isDeclaration()) {
      reach(func.body(), reached);
    }
  }

  private static void reach(Block block, Set<Func> reached) {
    for (Op op : block.ops()) {
      op.callees().forEach(callee -> reach(callee, reached));
      op.regions().forEach(region -> reach(region, reached));
    }
  }

  @Override
  boolean concerns(Op op) {
    return false;
  }

  @Override
  boolean concerns(Func func) {
    Set<Op> found = Liveness.dead(func.body(), effects);
    dead.addAll(found);
    return !found.isEmpty();
  }

  @Override
  boolean followsCalls() {
    return withCallees;
  }

  @Override
  @Nullable List<Value> replace(Op op, Scope scope) {
    return dead.contains(op) ? List.of() : null;
  }
}
