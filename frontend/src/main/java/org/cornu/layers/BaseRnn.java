package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cornu.config.ObjectWriter;
import org.cornu.config.Spec;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Runs a cell over the time steps of sequences {@code [batch, time, ...]}. Steps that a mask rules
 * out keep the states.
 *
 * @param <L> the layer class itself
 */
public abstract class BaseRnn<L extends BaseRnn<L>> extends Layer<L> {
  private @Nullable RnnCell<?> cell;
  private List<Variable> kept = List.of();
  private boolean zeroForced;

  BaseRnn(Spec spec) {
    super(spec);
  }

  /** Whether the outputs of all time steps are returned; default only the last. */
  @CanIgnoreReturnValue
  public final L returnSequences(boolean value) {
    return set(Recurrent.RETURN_SEQUENCES, value);
  }

  /** Whether the last states are returned behind the output; default false. */
  @CanIgnoreReturnValue
  public final L returnState(boolean value) {
    return set(Recurrent.RETURN_STATE, value);
  }

  /** Whether time runs backwards; the outputs then stand in that order; default false. */
  @CanIgnoreReturnValue
  public final L goBackwards(boolean value) {
    return set(Recurrent.GO_BACKWARDS, value);
  }

  /** Whether a call starts from the states that the last one ended with; default false. */
  @CanIgnoreReturnValue
  public final L stateful(boolean value) {
    return set(Recurrent.STATEFUL, value);
  }

  /** Whether the steps are written out one by one in the program; default one loop. */
  @CanIgnoreReturnValue
  public final L unroll(boolean value) {
    return set(Recurrent.UNROLL, value);
  }

  /** Whether steps that a mask rules out give 0; default the previous output. */
  @CanIgnoreReturnValue
  public final L zeroOutputForMask(boolean value) {
    return set(Recurrent.ZERO_OUTPUT_FOR_MASK, value);
  }

  /** The cell, made from the options. */
  abstract RnnCell<?> makeCell();

  /** The cell, once built. */
  public final RnnCell<?> cell() {
    return Objects.requireNonNull(cell, "not built");
  }

  final void forceZeroOutput() {
    zeroForced = true;
  }

  @Override
  protected void buildAll(List<Shape> inputs) {
    Shape input = inputs.get(0);
    if (input.rank() < 3) {
      throw new OpException(
          name() + ": the input must be [batch, time, features]: got shape " + input);
    }
    long[] dims = new long[input.rank() - 1];
    dims[0] = input.dim(0);
    for (int d = 1; d < dims.length; d++) {
      dims[d] = input.dim(d + 1);
    }
    RnnCell<?> made = track("cell", makeCell());
    cell = made;
    made.buildFor(List.of(Shape.of(dims)));
    if (get(Recurrent.STATEFUL)) {
      if (input.dim(0) == Shape.DYNAMIC) {
        throw new OpException(
            name() + ": a stateful layer needs a fixed batch size\n  hint: Input.batch(...)");
      }
      kept = new ArrayList<>();
      for (Tensor start : made.initialStates(Np.zeros(made.computeDType(), dims))) {
        kept.add(weight(RNN_STATE, start.shape()).initializer("zeros").trainable(false).add());
      }
    }
  }

  /** Sets the kept states of a stateful layer to 0. */
  public final void resetState() {
    for (Variable state : kept) {
      state.assign(Np.zeros(state.dtype(), state.shape().dims()));
    }
  }

  /** The kept states are not saved. */
  @Override
  public final List<Variable> savedVariables() {
    return super.savedVariables().stream().filter(v -> !kept.contains(v)).toList();
  }

  @Override
  protected List<Tensor> callAll(List<Tensor> inputs, Call call) {
    RnnCell<?> cell = cell();
    Tensor input = inputs.get(0);
    requireBuiltSize(input.shape(), channelAxis());
    Tensor first = Np.squeeze(step(Np.swapaxes(input, 0, 1), 0, 1), 0);
    List<Tensor> states = new ArrayList<>();
    for (Tensor state : start(inputs, call, first)) {
      states.add(Np.cast(state, cell.computeDType()));
    }
    cell.drawMasks(first, states);
    RnnLoop loop =
        new RnnLoop(
            cell,
            call.isTraining(),
            get(Recurrent.RETURN_SEQUENCES),
            get(Recurrent.GO_BACKWARDS),
            zeroForced || get(Recurrent.ZERO_OUTPUT_FOR_MASK));
    boolean unroll = spec().option("unroll") != null && get(Recurrent.UNROLL);
    RnnLoop.Result result =
        unroll
            ? loop.unrolled(input, call.maskOf(0), states)
            : loop.scanned(input, call.maskOf(0), states);
    cell.dropMasks();
    for (int i = 0; i < kept.size(); i++) {
      kept.get(i).assign(Np.cast(result.states().get(i), kept.get(i).dtype()));
    }
    List<Tensor> out = new ArrayList<>();
    out.add(Np.cast(result.output(), computeDType()));
    if (get(Recurrent.RETURN_STATE)) {
      result.states().forEach(state -> out.add(Np.cast(state, computeDType())));
    }
    return out;
  }

  /** Which axis of the input holds the features. */
  int channelAxis() {
    return -1;
  }

  private List<Tensor> start(List<Tensor> inputs, Call call, Tensor first) {
    List<Tensor> given =
        inputs.size() > 1 ? inputs.subList(1, inputs.size()) : call.tensors("initial_state");
    if (!given.isEmpty()) {
      return given;
    }
    if (kept.isEmpty()) {
      return cell().initialStates(first);
    }
    if (kept.get(0).shape().dim(0) != first.shape().dim(0)) {
      throw new OpException(
          name()
              + ": a stateful layer keeps its batch size: got "
              + first.shape().dim(0)
              + ", built for "
              + kept.get(0).shape().dim(0));
    }
    return kept.stream().map(Variable::value).toList();
  }

  private static Tensor step(Tensor x, long start, long limit) {
    long[] starts = new long[x.rank()];
    long[] limits = x.shape().dims();
    starts[0] = start;
    limits[0] = limit;
    return Lax.slice(x, starts, limits);
  }

  @Override
  protected List<@Nullable Tensor> computeMasks(
      List<Tensor> inputs, List<@Nullable Tensor> masks, Call call) {
    return Collections.singletonList(get(Recurrent.RETURN_SEQUENCES) ? masks.get(0) : null);
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }

  @Override
  public Map<String, @Nullable Object> getConfig(ObjectWriter writer) {
    Map<String, @Nullable Object> config = super.getConfig(writer);
    if (zeroForced) {
      config.put("zero_output_for_mask", true);
    }
    return config;
  }
}
