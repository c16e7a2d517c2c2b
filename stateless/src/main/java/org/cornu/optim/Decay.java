package org.cornu.optim;

import java.util.function.BiFunction;
import org.cornu.ops.Lax;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Trees;
import org.jspecify.annotations.Nullable;

/**
 * Decoupled weight decay: {@code w -= w * decay * learningRate}, before the gradient's own step.
 *
 * @param decay factor of a parameter, by path and shape; null for none
 * @param learningRate step size; it scales the decay
 */
public record Decay(BiFunction<String, Shape, @Nullable Double> decay, Schedule learningRate)
    implements Transformation<Decay.State> {
  /** Updates done so far. */
  public record State(Tensor step) {}

  @Override
  public State init(Object params) {
    return new State(Lax.full(DType.I32, 0));
  }

  @Override
  public <P> Step<P, State> update(P gradients, State state, P params) {
    Tensor rate = learningRate.apply(state.step());
    P decayed =
        Trees.mapWithPath(
            params,
            (path, w) -> {
              Double factor = w.dtype().isFloat() ? decay.apply(path, w.shape()) : null;
              return factor == null ? w : apply(w, factor, Lax.convertElementType(rate, w.dtype()));
            });
    return new Step<>(decayed, new State(state.step().add(1L)), gradients);
  }

  /** {@code w - w * decay * rate}. */
  public static Tensor apply(Tensor w, double decay, Tensor rate) {
    return w.sub(w.mul(decay).mul(rate));
  }
}
