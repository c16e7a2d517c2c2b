package org.cornu.optim;

import java.util.List;
import java.util.function.UnaryOperator;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Trees;

/**
 * A stage that changes the floating-point gradients alone and keeps no state.
 *
 * @param f all gradients to all gradients
 */
record Stateless(UnaryOperator<List<Tensor>> f) implements Transformation<List<Tensor>> {
  @Override
  public List<Tensor> init(Object params) {
    return List.of();
  }

  @Override
  public <P> Step<P, List<Tensor>> update(P gradients, List<Tensor> state, P params) {
    Trees.Flat flat = Trees.flatten(gradients);
    List<Tensor> leaves = flat.leaves();
    List<Tensor> floats = leaves.stream().filter(g -> g.dtype().isFloat()).toList();
    var changed = f.apply(floats).iterator();
    List<Tensor> out = leaves.stream().map(g -> g.dtype().isFloat() ? changed.next() : g).toList();
    return new Step<>(params, state, Trees.unflatten(flat.structure(), out));
  }
}
