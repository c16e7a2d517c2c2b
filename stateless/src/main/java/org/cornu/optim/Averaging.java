package org.cornu.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import org.cornu.ops.Lax;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Trees;

/**
 * Exponential moving averages of the parameters as the stages before leave them; the first update
 * copies them.
 *
 * @param momentum share of the old average that stays
 */
public record Averaging(double momentum) implements Transformation<AverageState> {
  @Override
  public AverageState init(Object params) {
    Map<String, Tensor> averages = new LinkedHashMap<>();
    Trees.byPath(params)
        .forEach(
            (path, w) -> {
              if (w.dtype().isFloat()) {
                averages.put(path, Lax.mul(w, Lax.fullLike(w, 0))); // keeps the placement
              }
            });
    return new AverageState(Lax.full(DType.I32, 0), averages);
  }

  @Override
  public <P> Step<P, AverageState> update(P gradients, AverageState state, P params) {
    Map<String, Tensor> averages = new LinkedHashMap<>();
    Trees.byPath(params)
        .forEach(
            (path, w) -> {
              if (w.dtype().isFloat()) {
                Tensor old = Paths.at(state.averages(), path);
                averages.put(path, next(old, w, momentum, state.step()));
              }
            });
    return new Step<>(params, new AverageState(state.step().add(1L), averages), gradients);
  }

  /** The average after a step; {@code step} counts from 0. */
  public static Tensor next(Tensor average, Tensor weight, double momentum, Tensor step) {
    Tensor kept = Lax.convertElementType(step.ne(0L), weight.dtype()).mul(momentum);
    return kept.mul(average).add(kept.neg().add(1L).mul(weight));
  }
}
