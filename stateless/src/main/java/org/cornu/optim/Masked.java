package org.cornu.optim;

import java.util.Map;
import java.util.function.Predicate;
import org.cornu.tracer.Tensor;

/**
 * Lets the inner stages see only some of the parameters.
 *
 * @param chosen paths of these
 * @param inner what they see
 */
record Masked<S>(Predicate<String> chosen, Transformation<S> inner) implements Transformation<S> {
  @Override
  public S init(Object params) {
    return inner.init(Paths.select(params, chosen));
  }

  @Override
  public <P> Step<P, S> update(P gradients, S state, P params) {
    Step<Map<String, Tensor>, S> step =
        inner.update(Paths.select(gradients, chosen), state, Paths.select(params, chosen));
    return new Step<>(
        Paths.replace(params, step.params()),
        step.state(),
        Paths.replace(gradients, step.gradients()));
  }
}
