package org.cornu.optim;

import java.util.ArrayList;
import java.util.List;

/**
 * Stages one after the other; the state is the list of theirs.
 *
 * @param stages in the order in which they see an update
 */
record Chain(List<Transformation<?>> stages) implements Transformation<List<Object>> {
  @Override
  public List<Object> init(Object params) {
    List<Object> states = new ArrayList<>();
    for (Transformation<?> stage : stages) {
      states.add(stage.init(params));
    }
    return states;
  }

  @Override
  public <P> Step<P, List<Object>> update(P gradients, List<Object> state, P params) {
    if (state.size() != stages.size()) {
      throw new IllegalArgumentException(
          "optim.update: the chain has "
              + stages.size()
              + " stages, got the state of "
              + state.size());
    }
    List<Object> after = new ArrayList<>();
    P g = gradients;
    P p = params;
    for (int i = 0; i < stages.size(); i++) {
      Step<P, ?> step = apply(stages.get(i), g, state.get(i), p);
      g = step.gradients();
      p = step.params();
      after.add(step.state());
    }
    return new Step<>(p, after, g);
  }

  @SuppressWarnings("unchecked") // the states of a chain come from its own init
  private static <P, S> Step<P, S> apply(
      Transformation<S> stage, P gradients, Object state, P params) {
    return stage.update(gradients, (S) state, params);
  }
}
