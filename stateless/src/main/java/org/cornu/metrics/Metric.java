package org.cornu.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.cornu.config.Configured;
import org.cornu.config.Family;
import org.cornu.config.Names;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stateless.NameScope;
import org.cornu.stateless.StatelessScope;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A number gathered over batches. Its state lives in variables, so that it can also be updated as a
 * pure function of their values (the {@code stateless} methods, in Keras' argument order).
 */
public abstract class Metric extends Configured<Metric> {
  /** All metrics, by name. */
  public static final Family<Metric> FAMILY = Family.of("metric", Metric.class);

  /** Name in logs; default: the class name in snake case. */
  public static final Option<String> NAME = Option.string("name").nullable();

  /** Type the metric is computed in. */
  public static final Option<Object> DTYPE = Option.tree("dtype").nullable();

  /** The options that all metrics share. */
  public static final List<Option<?>> OPTIONS = List.of(NAME, DTYPE);

  private final List<Variable> variables = new ArrayList<>();

  /** Makes a metric of this table. */
  protected Metric(Spec spec) {
    super(spec);
  }

  /** Name in logs. */
  public String name() {
    String given = getOrNull(NAME);
    return given != null ? given : Names.snakeCase(spec().className());
  }

  /** Changes the name. */
  public Metric name(String name) {
    return set(NAME, name);
  }

  /** Adds a state variable that starts, and is reset, at zeros. */
  @SuppressWarnings("try") // the scope acts by being open
  protected Variable addVariable(String name, DType dtype, long... dims) {
    try (NameScope scope = NameScope.open(name())) {
      Variable variable =
          Variable.named(name).dtype(dtype).trainable(false).autocast(false).shape(dims);
      variables.add(variable);
      return variable;
    }
  }

  /**
   * Takes in a batch.
   *
   * @param inputs labels and predictions, or the values alone for {@code Mean} and {@code Sum}
   * @param sampleWeight weights that broadcast to the values, or null
   */
  protected abstract void update(List<Tensor> inputs, @Nullable Tensor sampleWeight);

  /** Takes in labels and predictions of a batch. */
  public final void updateState(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight) {
    update(List.of(yTrue, yPred), sampleWeight);
  }

  /** Takes in values, for metrics of one input. */
  public final void updateValues(Tensor values, @Nullable Tensor sampleWeight) {
    update(List.of(values), sampleWeight);
  }

  /** The number so far. */
  public abstract Tensor result();

  /** Starts anew: all variables zero, unless overridden. */
  public void resetState() {
    for (Variable variable : variables) {
      variable.assign(org.cornu.ops.Lax.full(variable.dtype(), 0, variable.shape().dims()));
    }
  }

  /** The state. */
  public List<Variable> variables() {
    return Collections.unmodifiableList(variables);
  }

  /** The state after a batch, as a pure function of the state before. */
  public final List<Tensor> statelessUpdateState(
      List<Tensor> state, List<Tensor> inputs, @Nullable Tensor sampleWeight) {
    try (StatelessScope scope = StatelessScope.open()) {
      scope.setAll(name() + ".statelessUpdateState", variables(), state);
      update(inputs, sampleWeight);
      return scope.values(variables());
    }
  }

  /** The state after labels and predictions of a batch, as a pure function of the state before. */
  public final List<Tensor> statelessUpdateState(List<Tensor> state, Tensor yTrue, Tensor yPred) {
    return statelessUpdateState(state, List.of(yTrue, yPred), null);
  }

  /** The number of a state. */
  public final Tensor statelessResult(List<Tensor> state) {
    try (StatelessScope scope = StatelessScope.open()) {
      scope.setAll(name() + ".statelessResult", variables(), state);
      return result();
    }
  }

  /** A fresh state. */
  public final List<Tensor> statelessResetState() {
    try (StatelessScope scope = StatelessScope.open()) {
      resetState();
      return scope.values(variables());
    }
  }
}
