package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cornu.config.Configured;
import org.cornu.config.Family;
import org.cornu.config.Names;
import org.cornu.config.ObjectReader;
import org.cornu.config.ObjectWriter;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.constraints.Constraint;
import org.cornu.initializers.Initializer;
import org.cornu.ops.Lax;
import org.cornu.quantizers.QuantizationConfig;
import org.cornu.regularizers.Regularizer;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stateless.AutocastScope;
import org.cornu.stateless.NameScope;
import org.cornu.stateless.SeedGenerator;
import org.cornu.stateless.StatelessScope;
import org.cornu.stateless.Variable;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A part of a model: a function of tensors with variables of its own. A layer of one input
 * overrides {@link #build(Shape)} and {@link #call}, one of several inputs {@link #buildAll} and
 * {@link #callAll}:
 *
 * <pre>{@code
 * final class Scale extends Layer<Scale> {
 *   private Variable scale;
 *   Scale() { super("Scale"); }
 *   @Override protected void build(Shape input) { scale = addWeight("scale", Shape.of(input.dim(-1)), "ones"); }
 *   @Override protected Tensor call(Tensor x, Call call) { return x.mul(scale.value()); }
 * }
 * }</pre>
 *
 * @param <L> the layer class itself
 */
public abstract class Layer<L extends Layer<L>> extends Configured<L> {
  /** All layers, by name. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // the family of all layers, whatever their class
  public static final Family<Layer<?>> FAMILY = (Family) Family.of("layer", Layer.class);

  /** Name of the layer, unique in a model; default: the class name in snake case with a number. */
  public static final Option<String> NAME = Option.string("name").nullable();

  /** Whether the layer's weights are updated in training. */
  public static final Option<Boolean> TRAINABLE = Option.bool("trainable").defaultTo(true);

  /** The types of computation and variables. */
  public static final Option<DTypePolicy> DTYPE =
      Option.object("dtype", DTypePolicy.FAMILY).nullable();

  /** Penalty on the outputs, divided by the batch size. */
  public static final Option<Regularizer> ACTIVITY_REGULARIZER =
      Option.object("activity_regularizer", Regularizer.FAMILY).nullable().omittedWhenNull();

  /** The options that all layers share. */
  public static final List<Option<?>> OPTIONS =
      List.of(NAME, TRAINABLE, DTYPE, ACTIVITY_REGULARIZER);

  /** Name of the variables in which stateful recurrent layers keep their states. */
  static final String RNN_STATE = "rnn_state";

  private final LayerState state = new LayerState(this);
  private @Nullable String autoName;
  private @Nullable List<Shape> inputShapes;

  /** Makes a layer of this table. */
  protected Layer(Spec spec) {
    super(spec);
  }

  /** Makes a layer of a class of your own without options. */
  protected Layer(String className) {
    super(Spec.custom("Custom", className).base(OPTIONS));
  }

  // ---- for subclasses

  /**
   * Makes the variables for an input of this shape; open sizes are {@link Shape#DYNAMIC}. Called
   * once, before the first call.
   */
  protected void build(Shape input) {}

  /** Makes the variables for several inputs; by default those of the first. */
  protected void buildAll(List<Shape> inputs) {
    build(inputs.get(0));
  }

  /** The output for one input. */
  protected Tensor call(Tensor x, Call call) {
    throw new UnsupportedOperationException(
        spec().className() + " must override call (one input) or callAll (several)");
  }

  /** The outputs for several inputs; by default {@link #call} of the only one. */
  protected List<Tensor> callAll(List<Tensor> inputs, Call call) {
    if (inputs.size() != 1) {
      throw new OpException(name() + ": takes one input, got " + inputs.size() + " tensors");
    }
    return List.of(call(inputs.get(0), call));
  }

  /**
   * The masks of the outputs. By default a layer that {@linkplain #supportsMasking supports
   * masking} passes the mask of its first input on.
   */
  protected List<@Nullable Tensor> computeMasks(
      List<Tensor> inputs, List<@Nullable Tensor> masks, Call call) {
    return Collections.singletonList(supportsMasking() && !masks.isEmpty() ? masks.get(0) : null);
  }

  /** Whether the mask of the input also holds for the output. */
  protected boolean supportsMasking() {
    return false;
  }

  /** Whether Keras' {@code call} takes its inputs as one list: merging layers. */
  public boolean takesListOfInputs() {
    return false;
  }

  /**
   * Whether an argument of this name of Keras' {@code call} is an input: {@code value} of
   * attention.
   */
  public boolean isInputArgument(String name) {
    return false;
  }

  /** The own variables that are saved, in Keras' order. */
  public List<Variable> savedVariables() {
    return ownVariables();
  }

  /** What is saved for {@link #savedVariables}: their values, unless overridden. */
  public List<Tensor> savedValues() {
    return savedVariables().stream().map(Variable::value).toList();
  }

  /** Called when {@link #savedVariables} were read from a file. */
  public void onLoaded() {}

  /** Whether {@link #quantize} works on layers of this class; other layers stay as they are. */
  public boolean canBeQuantized(QuantizationConfig config) {
    return false;
  }

  /** Quantizes the layer's weights in this mode ({@code int8}, {@code int4}, {@code float8}). */
  public final void quantize(String mode) {
    quantize(QuantizationConfig.of(mode));
  }

  /**
   * Quantizes the layer's weights.
   *
   * @throws UnsupportedOperationException for layers that can not be quantized
   */
  public void quantize(QuantizationConfig config) {
    throw new UnsupportedOperationException(
        name() + ": layers of class " + spec().className() + " can not be quantized");
  }

  /** Files that the layer saves beside its weights, by name: vocabularies. */
  public Map<String, byte[]> assets() {
    return Map.of();
  }

  /** Takes back what {@link #assets} gave. */
  public void loadAsset(String name, byte[] data) {}

  /**
   * Keras' names of the shapes {@code build} takes ({@code query_shape}, …), empty for one shape.
   */
  protected List<String> buildShapeNames() {
    return List.of();
  }

  final boolean buildsFromNamedShapes() {
    return !buildShapeNames().isEmpty();
  }

  /** Adds a penalty on the outputs, divided by the batch size; from {@code build}. */
  protected final void penalizeActivity(@Nullable Regularizer regularizer) {
    state.activityRegularizer(regularizer);
  }

  /**
   * Whether a call that says nothing of training, here or around it, is one in training: layers
   * that augment images.
   */
  protected boolean trainsByDefault() {
    return false;
  }

  /** Whether the activity regularizer is for the outputs of this layer, not only of its parts. */
  boolean penalizesOwnOutputs() {
    return true;
  }

  /** Whether float inputs are cast to the compute type before the call. */
  protected boolean autocastsInputs() {
    return true;
  }

  /** Starts a weight of this layer with initializer, regularizer, constraint, … */
  protected final WeightBuilder weight(String name, Shape shape) {
    return new WeightBuilder(state, name, shape, policy().variable());
  }

  /** Adds a trainable weight with an initializer given by name. */
  protected final Variable addWeight(String name, Shape shape, String initializer) {
    return weight(name, shape)
        .initializer(org.cornu.config.Registry.global().get(Initializer.FAMILY, initializer))
        .add();
  }

  /** Adds a trainable weight. */
  protected final Variable addWeight(String name, Shape shape, Initializer initializer) {
    return weight(name, shape).initializer(initializer).add();
  }

  /** Adds a trainable weight with what Keras' layers offer for one. */
  protected final Variable addWeight(
      String name,
      Shape shape,
      Initializer initializer,
      @Nullable Regularizer regularizer,
      @Nullable Constraint constraint) {
    return weight(name, shape)
        .initializer(initializer)
        .regularizer(regularizer)
        .constraint(constraint)
        .add();
  }

  /** A stream of random keys that belongs to this layer; a null seed draws one. */
  protected final SeedGenerator addSeedGenerator(@Nullable Long seed) {
    return state.addSeedGenerator(seed);
  }

  /**
   * Makes a layer part of this one: its variables become this layer's.
   *
   * @param attribute name under which it is saved
   */
  @CanIgnoreReturnValue
  protected final <T extends Layer<?>> T track(String attribute, T layer) {
    return state.track(attribute, layer);
  }

  /** Counts a variable of a sublayer among the own ones too: it is saved with both. */
  protected final void share(Variable variable) {
    state.share(variable);
  }

  /** The layer's internal state, for the classes of this package that change it after build. */
  final LayerState state() {
    return state;
  }

  /**
   * What an adaptation starts from.
   *
   * @param built null before {@code build}
   * @param present the adaptation that there is already
   * @throws IllegalStateException before {@code build}, and for a second adaptation
   */
  final <V> V adaptable(@Nullable V built, @Nullable Lora present) {
    if (built == null) {
      throw new IllegalStateException(
          name() + ".enableLora: the layer is not built\n  hint: call it once, or buildFor");
    }
    if (present != null) {
      throw new IllegalStateException(name() + ".enableLora: lora is already enabled");
    }
    return built;
  }

  /** Freezes a weight for good and adds two that are trained instead of it. */
  final Lora addLora(
      Variable frozen,
      String names,
      int rank,
      @Nullable Integer alpha,
      @Nullable Regularizer regularizer,
      long... leftSizes) {
    if (state.constraintOf(frozen) != null) {
      throw new OpException(
          name() + ".enableLora: not possible with a constraint on " + frozen.name());
    }
    if (rank < 1) {
      throw new OpException(name() + ".enableLora: the rank must be positive: got " + rank);
    }
    state.freeze(frozen);
    long columns = leftSizes[leftSizes.length - 1];
    long[] left = leftSizes.clone();
    left[left.length - 1] = rank;
    try (NameScope scope = NameScope.open(state.path())) {
      Variable a =
          weight(names + "_a", Shape.of(left))
              .dtype(DType.F32)
              .initializer("he_uniform")
              .regularizer(regularizer)
              .add();
      Variable b =
          weight(names + "_b", Shape.of(rank, columns))
              .dtype(DType.F32)
              .initializer("zeros")
              .regularizer(regularizer)
              .add();
      return new Lora(rank, alpha == null ? rank : alpha, a, b);
    }
  }

  /** Adds a scalar to the loss of the model while it trains. */
  protected final void addLoss(Tensor loss) {
    StatelessScope scope = StatelessScope.current();
    if (scope != null) {
      scope.addLoss(loss);
    }
  }

  // ---- identity

  /** Name of the layer. */
  public final String name() {
    String given = getOrNull(NAME);
    if (given != null) {
      return given;
    }
    if (autoName == null) {
      autoName = Names.unique(plainName());
    }
    return autoName;
  }

  /** Name of the class as in names of layers and in files: {@code max_pooling2d}. */
  public String plainName() {
    return Names.snakeCase(spec().className());
  }

  /** Sets the name. */
  @CanIgnoreReturnValue
  public L name(String name) {
    return set(NAME, name);
  }

  /** Gives a layer that was read from a file its name there. */
  public final void rename(String name) {
    autoName = name;
  }

  /** The types of computation and variables. */
  public final DTypePolicy policy() {
    DTypePolicy given = givenPolicy();
    return given instanceof DTypePolicyMap map ? map.at(state.path()) : given;
  }

  private DTypePolicy givenPolicy() {
    DTypePolicy changed = state.changedPolicy();
    if (changed != null) {
      return changed;
    }
    // A functional model has no such option; an InputLayer's is the name of a type.
    Object given = spec().option(DTYPE.key()) == null ? null : getOrNull((Option<?>) DTYPE);
    return given instanceof DTypePolicy policy ? policy : state.globalPolicy();
  }

  /** Sets the policy by name, {@code mixed_bfloat16}. */
  @CanIgnoreReturnValue
  public L dtype(String policy) {
    return set(DTYPE, DTypePolicy.of(policy));
  }

  /** Sets the policy. */
  @CanIgnoreReturnValue
  public L dtype(DTypePolicy policy) {
    return set(DTYPE, policy);
  }

  /** The type of the layer's arithmetic and outputs. */
  public final DType computeDType() {
    return policy().compute();
  }

  /** Penalty on the outputs, divided by the batch size. */
  @CanIgnoreReturnValue
  public final L activityRegularizer(@Nullable Regularizer value) {
    return set(ACTIVITY_REGULARIZER, value);
  }

  /** Freezes or unfreezes the layer's weights and those of its sublayers. */
  @CanIgnoreReturnValue
  public final L trainable(boolean value) {
    state.trainable(value);
    return self();
  }

  /** Whether the layer's weights are updated in training. */
  public final boolean isTrainable() {
    return state.isTrainable();
  }

  /** Sets an option, for interfaces that hold the setters of several families of layers. */
  @CanIgnoreReturnValue
  final <T> L option(Option<T> option, @Nullable T value) {
    return set(option, value);
  }

  final boolean initiallyTrainable() {
    return get(TRAINABLE);
  }

  // ---- calling

  /** The output for one input. */
  public final Tensor apply(Tensor x) {
    return applyWith(x, Call.DEFAULT);
  }

  /** The output for one input, with training flag, masks, states. */
  public final Tensor applyWith(Tensor x, Call call) {
    return single(applyAll(List.of(x), call));
  }

  /** The output for several inputs. */
  public final Tensor applyTo(Tensor... inputs) {
    return single(applyAll(List.of(inputs), Call.DEFAULT));
  }

  private Tensor single(List<Tensor> outputs) {
    if (outputs.size() != 1) {
      throw new OpException(name() + ": returns " + outputs.size() + " tensors; use applyAll");
    }
    return outputs.get(0);
  }

  /** All outputs for all inputs: builds the layer first where needed. */
  public final List<Tensor> applyAll(List<Tensor> inputs, Call call) {
    List<Shape> shapes = inputs.stream().map(Tensor::shape).toList();
    for (Tensor input : inputs) {
      if (input.symbolicNode() != null) {
        buildFor(shapes);
        return callSymbolic(inputs, call);
      }
    }
    buildFor(shapes);
    return run(inputs, call);
  }

  private List<Tensor> callSymbolic(List<Tensor> inputs, Call call) {
    List<TensorType> types = SymbolicShapes.infer(this, inputs, call);
    List<Tensor> outputs = new ArrayList<>();
    LayerNode node = new LayerNode(this, List.copyOf(inputs), call, outputs);
    for (TensorType type : types) {
      outputs.add(Tensor.spec(type, node));
    }
    return outputs;
  }

  /** Runs a built layer on tensors with values, traced or concrete. */
  final List<Tensor> run(List<Tensor> inputs, Call call) {
    Call resolved = CallContext.resolve(call, trainsByDefault());
    List<@Nullable Tensor> masks = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      masks.add(resolved.masks() != null ? resolved.maskOf(i) : Masks.of(inputs.get(i)));
    }
    List<Tensor> cast = autocastsInputs() ? castInputs(inputs) : inputs;
    Call full = resolved.mask(masks.toArray(new @Nullable Tensor[0]));
    List<Tensor> outputs;
    StatelessScope losses = StatelessScope.current();
    int before = losses == null ? 0 : losses.losses().size();
    try (NameScope names = NameScope.open(name());
        CallContext context = CallContext.open(call);
        AutocastScope autocast = AutocastScope.open(autocastTarget())) {
      outputs = callAll(cast, full);
      List<@Nullable Tensor> outputMasks = computeMasks(cast, masks, full);
      for (int i = 0; i < outputs.size() && i < outputMasks.size(); i++) {
        if (outputMasks.get(i) != null) {
          Masks.attach(outputs.get(i), outputMasks.get(i));
        }
      }
    } catch (OpException e) {
      throw located(e, inputs.stream().map(Tensor::shape).toList());
    }
    return state.finish(outputs, before);
  }

  /** An error with the layer's name and, unless the error itself names them, what it was given. */
  private OpException located(OpException e, List<Shape> shapes) {
    OpException named = e.in(name());
    String given = shapes.toString();
    String text = String.valueOf(named.getMessage());
    if (shapes.stream().allMatch(shape -> text.contains(shape.toString()))) {
      return named;
    }
    List<Shape> built = inputShapes;
    boolean same = built == null || built.equals(shapes);
    return named.noting(
        "inputs of " + name() + ": " + given + (same ? "" : ", built for " + built));
  }

  private @Nullable DType autocastTarget() {
    DTypePolicy policy = policy();
    return policy.compute() == policy.variable() ? null : policy.compute();
  }

  private List<Tensor> castInputs(List<Tensor> inputs) {
    DType compute = computeDType();
    if (!compute.isFloat()) {
      return inputs;
    }
    List<Tensor> out = new ArrayList<>(inputs.size());
    for (Tensor input : inputs) {
      boolean cast = input.dtype().isFloat() && input.dtype() != compute;
      out.add(cast ? Lax.convertElementType(input, compute) : input);
    }
    return out;
  }

  // ---- building

  /** Makes the variables for inputs of these shapes, unless done. */
  public final void buildFor(List<Shape> shapes) {
    if (inputShapes != null) {
      return;
    }
    state.path(NameScope.path(name()));
    try (NameScope scope = NameScope.open(name())) {
      AutocastScope off = AutocastScope.open(null);
      try (off) {
        buildAll(shapes);
      }
    } catch (OpException e) {
      throw located(e, shapes);
    }
    if (spec().option(ACTIVITY_REGULARIZER.key()) != null) {
      Regularizer activity = getOrNull(ACTIVITY_REGULARIZER);
      if (activity != null && penalizesOwnOutputs()) {
        penalizeActivity(activity);
      }
    }
    inputShapes = List.copyOf(shapes);
    state.discover();
    if (spec().option(TRAINABLE.key()) != null && !isTrainable()) {
      state.trainable(false); // sublayers too, which build made
    }
    freeze("built");
  }

  /** The place of an axis that may be counted from the end. */
  final int axisOf(Shape input, int axis) {
    int rank = input.rank();
    if (axis < -rank || axis >= rank) {
      throw new OpException(
          name()
              + ": the axis must be in [-"
              + rank
              + ", "
              + rank
              + "): got axis "
              + axis
              + " of an input of shape "
              + input,
          "axes count from 0, the batch; negative ones from the end");
    }
    return Math.floorMod(axis, rank);
  }

  /** Refuses an input that has another size along an axis than the layer was built for. */
  final void requireBuiltSize(Shape input, int axis) {
    List<Shape> built = inputShapes;
    if (built == null || built.get(0).rank() != input.rank()) {
      return;
    }
    long size = built.get(0).dim(axis);
    if (size != Shape.DYNAMIC && input.dim(axis) != size) {
      throw new OpException(
          name()
              + ": the input must have "
              + size
              + " channels, for which the layer was built: got shape "
              + input,
          "pass inputs like the first one, or make another layer for these");
    }
  }

  /** Whether the variables exist. */
  public final boolean isBuilt() {
    return inputShapes != null;
  }

  /** The shapes that the layer was built for, or null. */
  public final @Nullable List<Shape> builtFor() {
    return inputShapes;
  }

  // ---- variables

  /** Weights and other state: own, seed generators', then of sublayers. */
  public List<Variable> variables() {
    Set<Variable> out = new LinkedHashSet<>();
    state.collect(out);
    return List.copyOf(out);
  }

  /** The variables that training updates. */
  public final List<Variable> trainableVariables() {
    return variables().stream().filter(Variable::isTrainable).toList();
  }

  /** The variables that training does not update: frozen weights, statistics, seed states. */
  public final List<Variable> nonTrainableVariables() {
    return variables().stream().filter(v -> !v.isTrainable()).toList();
  }

  /** The variables except for the states of seed generators and of stateful recurrent layers. */
  public final List<Variable> weights() {
    return variables().stream()
        .filter(v -> !v.name().equals("seed_generator_state") && !v.name().equals(RNN_STATE))
        .toList();
  }

  /** Number of elements of all weights. */
  public final long countParams() {
    return weights().stream().mapToLong(v -> v.shape().count()).sum();
  }

  /** Sublayers in the order in which they are saved, with the attribute that holds each. */
  public final List<LayerState.Child> children() {
    return state.children();
  }

  /** Own variables in the order in which they are saved: trainable first. */
  public List<Variable> ownVariables() {
    return state.own();
  }

  /** The regularization losses of all weights, as tensors of the current scope. */
  public final List<Tensor> regularizationLosses() {
    return state.regularizationLosses();
  }

  /** The constraints of weights, by variable. */
  public final @Nullable Constraint constraintOf(Variable variable) {
    return state.constraintOf(variable);
  }

  // ---- stateless

  /** What a stateless call returns. */
  public record StatelessResult(
      List<Tensor> outputs, List<Tensor> nonTrainable, List<Tensor> losses) {
    /** The only output. */
    public Tensor output() {
      if (outputs.size() != 1) {
        throw new IllegalStateException("there are " + outputs.size() + " outputs");
      }
      return outputs.get(0);
    }
  }

  /**
   * The call as a pure function of the values of the variables.
   *
   * @param trainable values of {@link #trainableVariables}
   * @param nonTrainable values of {@link #nonTrainableVariables}
   * @return outputs, new values of the non-trainable variables, and the losses added on the way
   *     (added and activity losses first, then those of regularized weights)
   */
  public final StatelessResult statelessCall(
      List<Tensor> trainable, List<Tensor> nonTrainable, List<Tensor> inputs, Call call) {
    if (!isBuilt()) {
      throw new OpException(
          name()
              + ".statelessCall: the layer is not built\n  hint: call buildFor, or call it once");
    }
    try (StatelessScope scope = StatelessScope.open()) {
      scope.setAll(name() + ".statelessCall: trainable", trainableVariables(), trainable);
      scope.setAll(name() + ".statelessCall: nonTrainable", nonTrainableVariables(), nonTrainable);
      List<Tensor> outputs = run(inputs, call);
      List<Tensor> losses = new ArrayList<>(scope.losses());
      losses.addAll(regularizationLosses());
      return new StatelessResult(outputs, scope.values(nonTrainableVariables()), losses);
    }
  }

  /** The call of one input as a pure function of the values of the variables. */
  public final StatelessResult statelessCall(
      List<Tensor> trainable, List<Tensor> nonTrainable, Tensor x) {
    return statelessCall(trainable, nonTrainable, List.of(x), Call.DEFAULT);
  }

  // ---- files

  @Override
  protected String displayName() {
    return isFrozen() ? name() : spec().className();
  }

  @Override
  public Map<String, @Nullable Object> getConfig(ObjectWriter writer) {
    Map<String, @Nullable Object> config = new LinkedHashMap<>(super.getConfig(writer));
    config.put("name", name());
    if (config.containsKey("trainable")) {
      config.put("trainable", isTrainable());
    }
    if (config.containsKey("dtype")) {
      config.put("dtype", writer.write(givenPolicy()));
    }
    return config;
  }

  @Override
  protected void describe(Map<String, @Nullable Object> tree, ObjectWriter writer) {
    List<Shape> shapes = inputShapes;
    if (shapes != null && !shapes.isEmpty()) {
      tree.put("build_config", BuildConfigs.write(this, shapes));
    }
  }

  @Override
  protected void restore(Map<String, @Nullable Object> tree, ObjectReader reader) {
    List<Shape> shapes = BuildConfigs.read(tree.get("build_config"));
    if (shapes != null && !isBuilt()) {
      buildFor(shapes);
    }
  }
}
