package org.cornu.optim;

import java.util.List;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Trees;

/**
 * Lets the inner stages see only every n-th update, with the mean of the gradients since the last.
 *
 * @param steps gradients per update
 * @param inner what makes the update
 */
record Accumulation<S>(int steps, Transformation<S> inner)
    implements Transformation<Accumulation.State<S>> {
  /**
   * Sums on the way to an update.
   *
   * @param step gradients seen so far, scalar i32
   * @param sums of the gradients since the last update, in leaf order
   * @param inner state of the inner stages
   */
  record State<S>(Tensor step, List<Tensor> sums, S inner) {}

  Accumulation {
    if (steps < 1) {
      throw new IllegalArgumentException(
          "optim.accumulate: the number of gradients per update must be positive: got " + steps);
    }
  }

  @Override
  public State<S> init(Object params) {
    List<Tensor> sums =
        Trees.leaves(params).stream().map(w -> Lax.mul(w, Lax.fullLike(w, 0))).toList();
    return new State<>(Lax.full(DType.I32, 0), sums, inner.init(params));
  }

  @Override
  public <P> Step<P, State<S>> update(P gradients, State<S> state, P params) {
    Tensor next = state.step().add(1L);
    Tensor due = Np.mod(next, (long) steps).eq(0L);
    Trees.Flat flat = Trees.flatten(gradients);
    List<Tensor> sums =
        java.util.stream.IntStream.range(0, flat.leaves().size())
            .mapToObj(
                i -> {
                  Tensor sum = state.sums().get(i);
                  return sum.add(Lax.convertElementType(flat.leaves().get(i), sum.dtype()));
                })
            .toList();
    P mean =
        Trees.unflatten(
            flat.structure(),
            sums.stream().map(s -> s.dtype().isFloat() ? s.div((double) steps) : s).toList());
    Step<P, S> step = inner.update(mean, state.inner(), params);
    return new Step<>(
        choose(due, step.params(), params),
        new State<>(
            next,
            sums.stream().map(s -> Np.where(due, Lax.fullLike(s, 0), s)).toList(),
            choose(due, step.state(), state.inner())),
        step.gradients());
  }

  private static <T> T choose(Tensor due, T updated, T old) {
    return Trees.map(updated, old, (a, b) -> Np.where(due, a, b));
  }
}
