package org.cornu.stablehlo.passes;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * Computes once what is computed several times from the same values. Results from around a region
 * are reused in it only where regions may capture. Optimization barriers, random numbers and
 * collectives are left alone.
 */
public final class EliminateCommonSubexpressions extends Rewrite {
  private final Effects effects = new Effects();
  private final Map<Scope, Map<Key, List<Value>>> seen = new IdentityHashMap<>();

  private EliminateCommonSubexpressions() {}

  /** The function, and all that it calls, without repetitions; itself when there are none. */
  public static Func run(Func func) {
    return new EliminateCommonSubexpressions().function(func);
  }

  /** The module without repetitions; itself when there are none. */
  public static Module run(Module module) {
    return new EliminateCommonSubexpressions().module(module);
  }

  /** What makes two ops equal; values are compared by identity, as they have no other equality. */
  private record Key(
      OpCode code, List<Value> operands, Map<String, Attribute> attributes, List<Type> types) {}

  private @Nullable Key key(Op op, Scope scope) {
    if (!op.regions().isEmpty() || !effects.isPure(op)) {
      return null;
    }
    List<Type> types = op.resultTypes();
    return new Key(op.code(), scope.get(op.operands()), op.attributes(), types);
  }

  @Override
  @Nullable List<Value> replace(Op op, Scope scope) {
    Key key = key(op, scope);
    for (Scope at = scope; key != null && at != null; at = at.capturable()) {
      List<Value> known = seen.getOrDefault(at, Map.of()).get(key);
      if (known != null) {
        return known;
      }
    }
    return null;
  }

  @Override
  void copied(Op op, List<Value> results, Scope scope) {
    Key key = key(op, scope);
    if (key != null) {
      seen.computeIfAbsent(scope, k -> new HashMap<>()).put(key, results);
    }
  }
}
