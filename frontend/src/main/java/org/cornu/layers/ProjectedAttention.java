package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.cornu.config.Option;
import org.cornu.config.Registry;
import org.cornu.config.Spec;
import org.cornu.initializers.Initializer;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.SeedGenerator;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Attention over learned projections of {@code query, value[, key]}: masks, scores, dropout, gate.
 *
 * @param <L> the layer class itself
 */
public abstract class ProjectedAttention<L extends ProjectedAttention<L>> extends KernelLayer<L> {
  static final Option<Double> DROPOUT = Option.real("dropout").defaultTo(0.0).within(0, 1);
  static final Option<Integer> SLIDING_WINDOW =
      Option.integer("sliding_window").nullable().positive();

  /** Where there is a choice of kernels, XLA makes it. */
  static final Option<Boolean> FLASH_ATTENTION =
      Option.bool("flash_attention").nullable().notInConfig();

  static final Option<Boolean> USE_GATE = Option.bool("use_gate").defaultTo(false);

  private @Nullable EinsumDense query;
  private @Nullable EinsumDense key;
  private @Nullable EinsumDense value;
  private @Nullable EinsumDense gate;
  private @Nullable EinsumDense output;
  private @Nullable SeedGenerator seeds;

  ProjectedAttention(Spec spec) {
    super(spec);
  }

  /** Share of the attention dropped in training; default 0. */
  @CanIgnoreReturnValue
  public final L dropout(double value) {
    return set(DROPOUT, value);
  }

  /** Positions further away than this are not attended to; default none. */
  @CanIgnoreReturnValue
  public final L slidingWindow(int value) {
    return set(SLIDING_WINDOW, value);
  }

  /** Whether the attended values are multiplied by a learned gate of the query; default false. */
  @CanIgnoreReturnValue
  public final L useGate(boolean value) {
    return set(USE_GATE, value);
  }

  /** Seed of the dropout; default a random one. */
  @CanIgnoreReturnValue
  public final L seed(long value) {
    return set(RandomLayer.SEED, value);
  }

  /** Sizes of heads: of queries and keys, the factor of the scores comes from it. */
  abstract int headSize();

  /** A projection by an equation, in the order in which Keras makes them. */
  final EinsumDense project(
      String attribute,
      String name,
      String equation,
      List<@Nullable Integer> sizes,
      String biasAxes,
      Shape input) {
    int[] output = sizes.stream().mapToInt(size -> size == null ? -1 : size).toArray();
    EinsumDense dense =
        new EinsumDense(equation, output)
            .biasAxes(get(Kernel.USE_BIAS) ? biasAxes : null)
            .kernelInitializer(copy(get(Kernel.KERNEL_INITIALIZER)))
            .biasInitializer(copy(get(Kernel.BIAS_INITIALIZER)))
            .kernelRegularizer(getOrNull(Kernel.KERNEL_REGULARIZER))
            .biasRegularizer(getOrNull(Kernel.BIAS_REGULARIZER))
            .activityRegularizer(getOrNull(Kernel.ACTIVITY_REGULARIZER))
            .kernelConstraint(getOrNull(Kernel.KERNEL_CONSTRAINT))
            .biasConstraint(getOrNull(Kernel.BIAS_CONSTRAINT))
            .name(name)
            .dtype(policy());
    if (name.equals("gate")) {
      dense.activation("sigmoid");
    }
    track(attribute, dense).buildFor(List.of(input));
    return dense;
  }

  /** Initializers are copied, so that projections that start alike don't start equal. */
  private static Initializer copy(Initializer initializer) {
    Object made = Registry.global().deserialize(Registry.global().serialize(initializer));
    return (Initializer) Objects.requireNonNull(made);
  }

  final void projections(
      EinsumDense query,
      EinsumDense key,
      @Nullable EinsumDense gate,
      EinsumDense value,
      EinsumDense output) {
    this.query = query;
    this.key = key;
    this.gate = gate;
    this.value = value;
    this.output = output;
    if (get(DROPOUT) > 0) {
      seeds = addSeedGenerator(getOrNull(RandomLayer.SEED));
    }
  }

  /** The activity regularizer is the projections'. */
  @Override
  protected final List<String> buildShapeNames() {
    return List.of("query_shape", "value_shape", "key_shape");
  }

  @Override
  public final boolean isInputArgument(String name) {
    return name.equals("value") || name.equals("key");
  }

  /** What happens to projected keys and values before the scores. */
  Tensor repeated(Tensor x) {
    return x;
  }

  /** The mask of the queries where it is given as an argument. */
  abstract @Nullable Tensor queryMask(Call call);

  @Override
  protected List<Tensor> callAll(List<Tensor> inputs, Call call) {
    if (inputs.size() < 2 || inputs.size() > 3) {
      throw new OpException(
          name() + ": takes query, value and possibly key: got " + inputs.size() + " tensors");
    }
    Tensor q = inputs.get(0);
    Tensor v = inputs.get(1);
    Tensor k = inputs.size() > 2 ? inputs.get(2) : v;
    boolean causal = call.flag("use_causal_mask", false);
    boolean scores = call.flag("return_attention_scores", false);
    Tensor mask = mask(inputs, call);
    boolean causalOnly = causal && mask == null;
    if (causal && !causalOnly) {
      mask = AttentionMasks.and(mask, AttentionMasks.causal(q.size(1), v.size(1)));
    }
    // in the order in which Keras lists the projections, and with them their losses
    Tensor queries = Objects.requireNonNull(query).apply(q);
    Tensor keys = repeated(Objects.requireNonNull(key).apply(k));
    EinsumDense gating = gate;
    Tensor opening = gating == null ? null : gating.apply(q);
    Tensor values = repeated(Objects.requireNonNull(value).apply(v));
    List<Tensor> attended =
        attend(queries, keys, values, mask, causalOnly, scores, call.isTraining());
    Tensor y = attended.get(0);
    y = Objects.requireNonNull(output).apply(opening == null ? y : Np.multiply(y, opening));
    return scores ? List.of(y, attended.get(1)) : List.of(y);
  }

  /** What may attend to what, {@code [batch, queries, keys]}, but for causality; null for all. */
  private @Nullable Tensor mask(List<Tensor> inputs, Call call) {
    Tensor queryMask = queryMask(call);
    Tensor valueMask = call.tensor("value_mask");
    Tensor keyMask = call.tensor("key_mask");
    valueMask = valueMask == null ? call.maskOf(1) : valueMask;
    keyMask = keyMask == null && inputs.size() > 2 ? call.maskOf(2) : keyMask;
    Tensor out = queryMask == null ? null : Np.expandDims(queryMask, -1);
    out = AttentionMasks.and(out, valueMask == null ? null : Np.expandDims(valueMask, -2));
    out = AttentionMasks.and(out, keyMask == null ? null : Np.expandDims(keyMask, -2));
    Integer window = getOrNull(SLIDING_WINDOW);
    if (window != null) {
      out =
          AttentionMasks.and(
              out, AttentionMasks.window(inputs.get(0).size(1), inputs.get(1).size(1), window));
    }
    return AttentionMasks.and(call.tensor("attention_mask"), out);
  }

  /** Attended values and, where wanted, the weights of the attention. */
  private List<Tensor> attend(
      Tensor q,
      Tensor k,
      Tensor v,
      @Nullable Tensor mask,
      boolean causalOnly,
      boolean wantScores,
      boolean training) {
    double scale = 1 / Math.sqrt(headSize());
    if (get(DROPOUT) == 0 && !wantScores && q.rank() == 4) {
      return List.of(
          Nn.dotProductAttention(
              q,
              k,
              v,
              org.cornu.ops.Attention.DEFAULT
                  .mask(mask == null ? null : widened(Np.cast(mask, DType.BOOL), 4))
                  .scale(scale)
                  .causal(causalOnly)));
    }
    Tensor allowed = causalOnly ? AttentionMasks.causal(q.size(1), v.size(1)) : mask;
    Tensor raw = Np.einsum(dotEquation(), k, Np.multiply(q, scale));
    Tensor wide = allowed == null ? null : widened(allowed, raw.rank());
    // The returned weights carry the mask, as those of Keras' softmax layer do.
    Tensor weights = Masks.attach(Softmax.masked(raw, wide, scoreAxes(raw.rank())), wide);
    Tensor kept = weights;
    if (training && seeds != null) {
      Tensor draw = Objects.requireNonNull(seeds).next();
      kept = RandomLayer.dropout(weights, draw, get(DROPOUT), weights.shape().dims());
    }
    return List.of(Np.einsum(combineEquation(), kept, v), weights);
  }

  /** A mask with dimensions of 1 for the heads, up to this rank. */
  private Tensor widened(Tensor mask, int rank) {
    Tensor out = mask;
    while (out.rank() < rank) {
      out = Np.expandDims(out, -2 * attentionAxes() - 1);
    }
    return out;
  }

  private int[] scoreAxes(int rank) {
    return IntStream.range(rank - attentionAxes(), rank).toArray();
  }

  /** How many axes are attended over. */
  abstract int attentionAxes();

  /** Equation of keys and queries to scores. */
  abstract String dotEquation();

  /** Equation of scores and values to attended values. */
  abstract String combineEquation();

  @Override
  protected boolean supportsMasking() {
    return true;
  }
}
