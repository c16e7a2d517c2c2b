package org.cornu.optim;

import java.util.List;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Trees;

/**
 * Divides the gradients of a scaled loss by the scale, and skips the update where one is not
 * finite. The scale doubles after a number of finite updates and halves after one that is not.
 *
 * <pre>{@code
 * var optimizer = Optim.lossScaling(Optim.adam(1e-3));
 * // in the loss: state.scale().apply(loss)
 * }</pre>
 *
 * @param inner what sees the unscaled gradients
 * @param initial the scale to start with
 * @param growthSteps finite updates after which it doubles
 */
public record LossScaling<S>(Transformation<S> inner, double initial, int growthSteps)
    implements Transformation<LossScaling.State<S>> {
  /**
   * The factor of the loss.
   *
   * @param factor scalar f32
   * @param counter finite updates since it last changed, scalar i32
   */
  public record Scale(Tensor factor, Tensor counter) {
    /** The loss as gradients should be taken of it. */
    public Tensor apply(Tensor loss) {
      return loss.mul(Lax.convertElementType(factor, loss.dtype()));
    }

    /** The factor after an update. */
    public Scale next(Tensor finite, int growthSteps) {
      Tensor due = counter.eq((long) growthSteps - 1);
      Tensor grown = Np.where(due, factor.mul(2.0), factor);
      Tensor counted = Np.where(due, Lax.fullLike(counter, 0), counter.add(1L));
      return new Scale(
          Lax.select(finite, grown, factor.mul(0.5)),
          Lax.select(finite, counted, Lax.fullLike(counter, 0)));
    }
  }

  /** The scale, and the state of the inner stages. */
  public record State<S>(Scale scale, S inner) {}

  @Override
  public State<S> init(Object params) {
    return new State<>(
        new Scale(Lax.full(DType.F32, initial), Lax.full(DType.I32, 0)), inner.init(params));
  }

  @Override
  public <P> Step<P, State<S>> update(P gradients, State<S> state, P params) {
    Tensor finite = finite(Trees.leaves(gradients));
    P unscaled = Trees.map(gradients, g -> unscale(g, state.scale().factor()));
    Step<P, S> step = inner.update(unscaled, state.inner(), params);
    return new Step<>(
        Trees.map(step.params(), params, (a, b) -> Np.where(finite, a, b)),
        new State<>(
            state.scale().next(finite, growthSteps),
            Trees.map(step.state(), state.inner(), (a, b) -> Np.where(finite, a, b))),
        step.gradients());
  }

  /** Whether all elements of all tensors are finite, scalar bool. */
  public static Tensor finite(List<Tensor> gradients) {
    Tensor all = Lax.full(DType.BOOL, 1);
    for (Tensor g : gradients) {
      if (g.dtype().isFloat()) {
        all = Np.logicalAnd(all, Np.all(Np.isfinite(g)));
      }
    }
    return all;
  }

  /** The gradient without the scale. */
  public static Tensor unscale(Tensor gradient, Tensor factor) {
    return gradient.dtype().isFloat()
        ? gradient.div(Lax.convertElementType(factor, gradient.dtype()))
        : gradient;
  }
}
