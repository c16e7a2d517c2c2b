package org.cornu.optim;

/**
 * One stage of an update of parameters: it sees the gradients and the parameters as the stage
 * before left them, changes either or both, and keeps a state. Both methods are pure, so that they
 * run under {@code jit}, and the state, a tree of tensors, passes through it and can be donated.
 *
 * <pre>{@code
 * var optimizer = Optim.chain(Optim.clipByGlobalNorm(1), Optim.adam(1e-3));
 * var state = optimizer.init(params);
 * var step = optimizer.update(grads, state, params);
 * params = step.params();
 * state = step.state();
 * }</pre>
 *
 * @param <S> the state: a tree of tensors
 */
public interface Transformation<S> {
  /** The state before the first update of these parameters (any tree of tensors). */
  S init(Object params);

  /**
   * One update.
   *
   * @param <P> the type of the parameters' tree
   * @param gradients a tree like the parameters
   * @param state what the last update, or {@link #init}, returned
   * @param params the parameters
   */
  <P> Step<P, S> update(P gradients, S state, P params);

  /**
   * What an update leaves.
   *
   * @param params the new parameters
   * @param state the new state
   * @param gradients the gradients as this stage leaves them to the next
   */
  record Step<P, S>(P params, S state, P gradients) {}
}
