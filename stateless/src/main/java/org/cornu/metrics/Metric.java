package org.cornu.metrics;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornu.config.Configured;
import org.cornu.config.Family;
import org.cornu.config.Names;
import org.cornu.config.ObjectWriter;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Lax;
import org.cornu.ops.Promotion;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.NameScope;
import org.cornu.stateless.StatelessScope;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Jit2;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Trace;
import org.cornu.tracer.Transforms;
import org.jspecify.annotations.Nullable;

/**
 * A number gathered over batches. Its state lives in variables, so that it can also be updated as a
 * pure function of their values (the {@code stateless} methods, in Keras' argument order).
 *
 * <pre>{@code
 * var accuracy = new SparseCategoricalAccuracy();
 * accuracy.updateState(labels, predictions, null);
 * double share = accuracy.result().item();
 * }</pre>
 *
 * <p>A metric of one's own extends this class, adds its variables in the constructor, or in {@link
 * #addState} where their sizes depend on the inputs, and defines {@link #update} and {@link
 * #result}.
 */
public abstract class Metric extends Configured<Metric> {
  /** All metrics, by name. */
  public static final Family<Metric> FAMILY = Family.of("metric", Metric.class);

  /** Name in logs; default: the class name in snake case, numbered. */
  public static final Option<String> NAME = Option.string("name").nullable();

  /** Type the metric is computed in. */
  public static final Option<String> DTYPE = Option.string("dtype").nullable();

  /** The options that all metrics share. */
  public static final List<Option<?>> OPTIONS = List.of(NAME, DTYPE);

  /** Which way a metric is better. */
  public enum Direction {
    /** Larger is better. */
    UP,
    /** Smaller is better. */
    DOWN
  }

  private record Batch(List<Tensor> inputs, @Nullable Tensor weight) {}

  private final List<Variable> variables = new ArrayList<>();
  private final Jit2<List<Tensor>, Batch, List<Tensor>> step =
      Transforms.jit(
          (List<Tensor> state, Batch batch) ->
              statelessUpdateState(state, batch.inputs(), batch.weight()));
  private @Nullable String automaticName;
  private boolean built;

  /** Makes a metric of this table. */
  protected Metric(Spec spec) {
    super(spec);
  }

  /** The table of one of Keras' metrics whose name is made from the class's. */
  static Spec spec(String className) {
    return Spec.of("keras.metrics", className).base(OPTIONS);
  }

  /** The table of one of Keras' metrics. */
  static Spec spec(String className, String name) {
    return spec(className).options(NAME.defaultTo(name));
  }

  /** Name in logs. */
  public String name() {
    String given = getOrNull(NAME);
    if (given != null) {
      return given;
    }
    String made = automaticName;
    if (made == null) {
      made = Names.unique(Names.snakeCase(spec().className()));
      automaticName = made;
    }
    return made;
  }

  /** Changes the name. */
  @CanIgnoreReturnValue
  public Metric name(String name) {
    return set(NAME, name);
  }

  /** Changes the type it is computed in: {@code float64}. */
  @CanIgnoreReturnValue
  public Metric dtype(String name) {
    return set(DTYPE, name);
  }

  /** Type the metric is computed in. */
  public DType dtype() {
    String name = getOrNull(DTYPE);
    return name == null ? DType.F32 : Promotion.byName(name);
  }

  /** Which way it is better; null where that can not be said. */
  public @Nullable Direction direction() {
    return null;
  }

  // ---- state

  /** Adds a state variable that starts, and is reset, at zeros. */
  @SuppressWarnings("try") // the scope acts by being open
  protected final Variable addVariable(String name, DType dtype, long... dims) {
    try (NameScope scope = NameScope.open(name().replace('/', '>'))) {
      Variable variable =
          Variable.named(name).dtype(dtype).trainable(false).autocast(false).shape(dims);
      variables.add(variable);
      return variable;
    }
  }

  /**
   * Adds the state variables where that is not done in the constructor; called once, before the
   * first use.
   *
   * @param inputs shapes of the first inputs; empty unless {@link #dependsOnInputs}
   */
  protected void addState(List<Shape> inputs) {}

  /** Whether {@link #addState} must know the inputs. */
  protected boolean dependsOnInputs() {
    return false;
  }

  /** Makes the state for inputs of these shapes; where they do not matter, it needs no call. */
  public final void build(Shape... inputs) {
    if (!built) {
      built = true;
      addState(Arrays.asList(inputs));
      freeze("built");
    }
  }

  private void buildFor(List<Tensor> inputs) {
    if (!built) {
      build(inputs.stream().map(Tensor::shape).toArray(Shape[]::new));
    }
  }

  /**
   * The state.
   *
   * @throws IllegalStateException where it depends on the inputs and {@link #build} was not called
   */
  public List<Variable> variables() {
    if (!built) {
      if (dependsOnInputs()) {
        throw new IllegalStateException(
            name()
                + ": the state depends on the inputs; call build with their shapes, or updateState,"
                + " first");
      }
      build();
    }
    return Collections.unmodifiableList(variables);
  }

  // ---- updates

  /**
   * Takes in a batch.
   *
   * @param inputs labels and predictions, or the values alone for {@code Mean} and {@code Sum}
   * @param sampleWeight weights that broadcast to the values, or null
   */
  protected abstract void update(List<Tensor> inputs, @Nullable Tensor sampleWeight);

  /** Takes in labels and predictions of a batch. */
  public final void updateState(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight) {
    run(List.of(yTrue, yPred), sampleWeight);
  }

  /** Takes in values, for metrics of one input. */
  public final void updateValues(Tensor values, @Nullable Tensor sampleWeight) {
    run(List.of(values), sampleWeight);
  }

  /**
   * The weights of a batch whose predictions carry a mask. As in Keras, only a mean of a function
   * of labels and predictions heeds the mask; any other metric takes in what is masked, too.
   *
   * @param mask bool, true where predictions count, or null for all
   * @param sampleWeight weights of the batch, or null
   */
  public @Nullable Tensor weightUnder(@Nullable Tensor mask, @Nullable Tensor sampleWeight) {
    return sampleWeight;
  }

  private void run(List<Tensor> inputs, @Nullable Tensor sampleWeight) {
    buildFor(inputs);
    if (Trace.current() != null || StatelessScope.current() != null) {
      update(inputs, sampleWeight);
      return;
    }
    List<Variable> state = variables();
    List<Tensor> next =
        step.apply(state.stream().map(Variable::value).toList(), new Batch(inputs, sampleWeight));
    for (int i = 0; i < next.size(); i++) {
      state.get(i).take(next.get(i));
    }
  }

  /** The number so far: a scalar, or a vector where the metric has one value per class. */
  public abstract Tensor result();

  /** Starts anew: all variables zero, unless overridden. */
  public void resetState() {
    if (built || !dependsOnInputs()) {
      for (Variable variable : variables()) {
        variable.assign(Lax.full(variable.dtype(), 0, variable.shape().dims()));
      }
    }
  }

  // ---- as pure functions

  /** The state after a batch, as a pure function of the state before. */
  public final List<Tensor> statelessUpdateState(
      List<Tensor> state, List<Tensor> inputs, @Nullable Tensor sampleWeight) {
    List<Variable> own = variables(); // makes them where that is still to be done
    try (StatelessScope scope = StatelessScope.open()) {
      scope.setAll(name() + ".statelessUpdateState", own, state);
      update(inputs, sampleWeight);
      return scope.values(own);
    }
  }

  /** The state after labels and predictions of a batch, as a pure function of the state before. */
  public final List<Tensor> statelessUpdateState(List<Tensor> state, Tensor yTrue, Tensor yPred) {
    return statelessUpdateState(state, List.of(yTrue, yPred), null);
  }

  /** The number of a state. */
  public final Tensor statelessResult(List<Tensor> state) {
    List<Variable> own = variables();
    try (StatelessScope scope = StatelessScope.open()) {
      scope.setAll(name() + ".statelessResult", own, state);
      return result();
    }
  }

  /** A fresh state. */
  public final List<Tensor> statelessResetState() {
    List<Variable> own = variables();
    try (StatelessScope scope = StatelessScope.open()) {
      resetState();
      return scope.values(own);
    }
  }

  @Override
  public Map<String, @Nullable Object> getConfig(ObjectWriter writer) {
    Map<String, @Nullable Object> config = new LinkedHashMap<>(super.getConfig(writer));
    config.put(NAME.key(), name());
    config.put(DTYPE.key(), Promotion.kerasName(dtype()));
    return config;
  }

  /** An input in the type of the metric. */
  final Tensor cast(Tensor x) {
    return Lax.convertElementType(x, dtype());
  }

  static OpException shapes(String message, Tensor yTrue, Tensor yPred) {
    return new OpException(
        message + ": got " + yTrue.type().brief() + " and " + yPred.type().brief());
  }
}
