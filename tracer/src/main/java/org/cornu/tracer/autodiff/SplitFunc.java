package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Value;

/**
 * A function split by which of its arguments are linear.
 *
 * @param known {@code known args -> known results, residuals}
 * @param linear {@code residuals, linear args -> linear results}
 * @param linearResults which results of the whole are linear
 * @param sources where each residual is found: result {@code i} of {@code known}, or {@code -1 - i}
 *     for its argument {@code i}
 */
record SplitFunc(Func known, Func linear, boolean[] linearResults, int[] sources) {

  /** The residuals, given what {@code known} took and returned. */
  List<Value> residuals(List<Value> arguments, List<Value> results) {
    List<Value> out = new ArrayList<>(sources.length);
    for (int source : sources) {
      out.add(source < 0 ? arguments.get(-1 - source) : results.get(source));
    }
    return out;
  }
}
