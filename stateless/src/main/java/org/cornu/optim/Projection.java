package org.cornu.optim;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Trees;

/**
 * A projection of parameters after each update.
 *
 * @param where paths of the parameters
 * @param projection what is applied to each
 */
record Projection(Predicate<String> where, UnaryOperator<Tensor> projection)
    implements Transformation<List<Tensor>> {
  @Override
  public List<Tensor> init(Object params) {
    return List.of();
  }

  @Override
  public <P> Step<P, List<Tensor>> update(P gradients, List<Tensor> state, P params) {
    P projected =
        Trees.mapWithPath(params, (path, w) -> where.test(path) ? projection.apply(w) : w);
    return new Step<>(projected, state, gradients);
  }
}
