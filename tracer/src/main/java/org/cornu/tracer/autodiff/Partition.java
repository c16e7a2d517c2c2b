package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.cornu.stablehlo.passes.EliminateDeadCode;
import org.cornu.tracer.graph.Inliner;

/**
 * Splits programs by which of their arguments are linear: what does not depend on those is known
 * and computed first, the rest is linear and takes what it needs of the known part as residuals.
 * One instance serves one transform and splits a function once per mask.
 */
final class Partition {
  final Dependence dependence = new Dependence();
  private final Map<FuncKey, SplitFunc> memo = new HashMap<>();

  /** The split of {@code func}, cheap known ops repeated on the linear side. */
  SplitFunc split(Func func, boolean[] linear) {
    FuncKey key = new FuncKey(func, linear);
    SplitFunc known = memo.get(key);
    if (known == null) {
      known = split(func, linear, Residuals::isCheap);
      memo.put(key, known);
    }
    return known;
  }

  /** The split of {@code func}; what is sinkable is repeated on the linear side. */
  SplitFunc split(Func func, boolean[] linear, Predicate<Op> sinkable) {
    Block source = func.body();
    Block knownBody = new Block(Masks.types(Masks.where(source.arguments(), linear, false)));
    PartitionScope scope = new PartitionScope(this, knownBody, linear, source);
    scope.run(source);
    boolean[] linearResults = scope.areLinear(source.results());
    List<Value> knownResults = scope.get(Masks.where(source.results(), linearResults, false));
    scope.linearBlock().returns(scope.get(Masks.where(source.results(), linearResults, true)));

    Residuals residuals = Residuals.of(knownBody, scope.linearBlock(), sinkable);
    List<Value> results = new ArrayList<>(knownResults);
    Map<Value, Integer> places = new HashMap<>();
    for (int i = 0; i < results.size(); i++) {
      places.putIfAbsent(results.get(i), i);
    }
    int[] sources = new int[residuals.values().size()];
    for (int i = 0; i < sources.length; i++) {
      Value value = residuals.values().get(i);
      if (value.op() == null) {
        sources[i] = -1 - value.index();
      } else {
        Integer at = places.get(value);
        sources[i] = at == null ? results.size() : at;
        if (at == null) {
          results.add(value);
        }
      }
    }
    knownBody.returns(results);

    List<Type> types = new ArrayList<>(Masks.types(residuals.values()));
    types.addAll(scope.linearBlock().argumentTypes());
    Block linearBody = new Block(types);
    int n = residuals.values().size();
    Inliner inliner =
        new Inliner(linearBody)
            .map(residuals.values(), linearBody.arguments().subList(0, n))
            .map(scope.linearBlock().arguments(), linearBody.arguments().subList(n, types.size()));
    linearBody.returns(residuals.rebuild(inliner));
    return new SplitFunc(
        EliminateDeadCode.withoutCallees(new Func("known_" + func.name(), knownBody)),
        new Func("linear_" + func.name(), linearBody),
        linearResults,
        sources);
  }
}
