package org.cornu.stablehlo.passes;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
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
  private final Set<Op> live = Collections.newSetFromMap(new IdentityHashMap<>());

  private EliminateDeadCode() {}

  /** The function, and all that it calls, without dead ops; itself when there are none. */
  public static Func run(Func func) {
    return new EliminateDeadCode().function(func);
  }

  /** The module without dead ops and without private functions that no public one reaches. */
  public static Module run(Module module) {
    Module slim = new EliminateDeadCode().module(module);
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
      callees(op).forEach(callee -> reach(callee, reached));
      op.regions().forEach(region -> reach(region, reached));
    }
  }

  @Override
  void begin(Func func) {
    Deque<Op> pending = new ArrayDeque<>();
    use(func.body(), pending);
    while (!pending.isEmpty()) {
      Op op = pending.pop();
      use(op.operands(), pending);
      op.regions().forEach(region -> use(region, pending));
    }
  }

  /** Marks what a block that runs needs. */
  private void use(Block block, Deque<Op> pending) {
    for (Op op : block.ops()) {
      if (effects.mustRun(op) && live.add(op)) {
        pending.push(op);
      }
    }
    use(block.results(), pending);
  }

  private void use(List<Value> values, Deque<Op> pending) {
    for (Value value : values) {
      Op op = value.op();
      if (op != null && live.add(op)) {
        pending.push(op);
      }
    }
  }

  @Override
  @Nullable List<Value> replace(Op op, Scope scope) {
    return live.contains(op) ? null : List.of();
  }
}
