package org.cornu.layers;

import java.util.ArrayList;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;

/**
 * One time step of a recurrent layer. A cell of your own makes its variables in {@code build} (for
 * the input of a step, {@code [batch, features]}) and gives {@link #stateSizes} and {@link #step}.
 *
 * @param <L> the cell class itself
 */
public abstract class RnnCell<L extends RnnCell<L>> extends Layer<L> {
  /**
   * What a step gives.
   *
   * @param output of this step
   * @param states for the next step
   */
  public record Advance(Tensor output, List<Tensor> states) {}

  /** A cell of this table. */
  protected RnnCell(Spec spec) {
    super(spec);
  }

  /** Sizes of the states; each is {@code [batch, size]}. */
  protected abstract List<Integer> stateSizes();

  /**
   * Goes one step.
   *
   * @param x what {@link #project} made of the step's input
   * @param states as many as {@link #stateSizes}
   */
  protected abstract Advance step(Tensor x, List<Tensor> states, boolean training);

  /**
   * What can be computed of inputs before the states are known, for all time steps at once: {@code
   * [batch, ...]} or {@code [time, batch, ...]}. By default the inputs themselves.
   */
  protected Tensor project(Tensor x, boolean training) {
    return x;
  }

  /** Draws what is random in a call; it stays the same for all of its steps. */
  void drawMasks(Tensor x, List<Tensor> states) {}

  /** Ends what {@link #drawMasks} began. */
  void dropMasks() {}

  /** Which of the states the output repeats where a step is masked. */
  int outputState() {
    return 0;
  }

  /** Size of the output. */
  int outputSize() {
    return stateSizes().get(0);
  }

  /** Whether the output always equals the state {@link #outputState}. */
  boolean outputIsState() {
    return false;
  }

  /** States to start from, zeros, for an input {@code [batch, ...]} of one step. */
  protected List<Tensor> initialStates(Tensor x) {
    List<Tensor> out = new ArrayList<>();
    for (int size : stateSizes()) {
      out.add(Np.zeros(computeDType(), x.shape().dim(0), size));
    }
    return out;
  }

  /** One step on its own: inputs are x and the states, outputs the output and the new states. */
  @Override
  protected final List<Tensor> callAll(List<Tensor> inputs, Call call) {
    Tensor x = inputs.get(0);
    List<Tensor> states = new ArrayList<>(inputs.subList(1, inputs.size()));
    states.addAll(call.tensors("states"));
    if (states.isEmpty()) {
      states = initialStates(x);
    }
    drawMasks(x, states);
    Advance next = step(project(x, call.isTraining()), states, call.isTraining());
    dropMasks();
    List<Tensor> out = new ArrayList<>();
    out.add(next.output());
    out.addAll(next.states());
    return out;
  }

  /** Takes over the options that the layer around has too. */
  final void takeOptions(Layer<?> from) {
    for (Option<?> option : spec().options()) {
      boolean own = OPTIONS.stream().anyMatch(o -> o.key().equals(option.key()));
      if (!own && from.spec().option(option.key()) != null) {
        take(option, from);
      }
    }
    dtype(from.policy());
  }

  private <T> void take(Option<T> option, Layer<?> from) {
    set(option, from.getOrNull(option));
  }
}
