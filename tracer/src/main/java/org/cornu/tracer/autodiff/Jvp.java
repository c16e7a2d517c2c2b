package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * Forward mode over whole functions. One instance serves one differentiation: a function that is
 * called often is differentiated once per set of active arguments.
 */
final class Jvp {
  private final Map<FuncKey, JvpResult> memo = new HashMap<>();
  private final Map<Func, Func> rewritten = new HashMap<>();

  /** What {@code rewrite} makes of {@code func}, the same each time. */
  Func rewritten(Func func, UnaryOperator<Func> rewrite) {
    Func known = rewritten.get(func);
    if (known == null) {
      known = rewrite.apply(func);
      rewritten.put(func, known);
    }
    return known;
  }

  /** The jvp of {@code func} with respect to the arguments marked active. */
  JvpResult transform(Func func, boolean[] active) {
    FuncKey key = new FuncKey(func, active);
    JvpResult known = memo.get(key);
    if (known != null) {
      return known;
    }
    Block source = func.body();
    List<Type> types = new ArrayList<>(source.argumentTypes());
    for (int i = 0; i < active.length; i++) {
      if (active[i]) {
        types.add(source.argument(i).type());
      }
    }
    Block body = new Block(types);
    JvpScope scope = new JvpScope(this, new Builder(body));
    int next = active.length;
    for (int i = 0; i < active.length; i++) {
      scope.bind(source.argument(i), body.argument(i), active[i] ? body.argument(next++) : null);
    }
    scope.run(source);
    List<Value> results = new ArrayList<>(scope.primals(source.results()));
    List<@Nullable Value> tangents = scope.tangents(source.results());
    results.addAll(Masks.nonNull(tangents));
    body.returns(results);
    JvpResult out = new JvpResult(new Func("jvp_" + func.name(), body), Masks.present(tangents));
    memo.put(key, out);
    return out;
  }
}
