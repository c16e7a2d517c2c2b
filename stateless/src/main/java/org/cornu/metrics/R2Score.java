package org.cornu.metrics;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.losses.Reducing;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Coefficient of determination: one minus the squared error over the variance of the labels. */
public final class R2Score extends Metric {
  private static final Option<String> CLASS_AGGREGATION =
      Option.choice("class_aggregation", "uniform_average", "variance_weighted_average")
          .nullable()
          .defaultTo("uniform_average");
  private static final Option<Integer> NUM_REGRESSORS =
      Option.integer("num_regressors").defaultTo(0).nonNegative();

  static final Spec SPEC =
      spec("R2Score", "r2_score").options(CLASS_AGGREGATION, NUM_REGRESSORS).create(R2Score::new);

  private final List<Variable> state = new ArrayList<>();

  /** The mean over the outputs, not adjusted. */
  public R2Score() {
    super(SPEC);
  }

  /**
   * {@code uniform_average} (default), {@code variance_weighted_average}, or null for one score per
   * output.
   */
  @CanIgnoreReturnValue
  public R2Score classAggregation(@Nullable String value) {
    set(CLASS_AGGREGATION, value);
    return this;
  }

  /** Number of predictors, for the adjusted score; default 0: not adjusted. */
  @CanIgnoreReturnValue
  public R2Score numRegressors(int value) {
    set(NUM_REGRESSORS, value);
    return this;
  }

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  protected boolean dependsOnInputs() {
    return true;
  }

  @Override
  protected void addState(List<Shape> inputs) {
    if (inputs.size() != 2 || inputs.get(1).rank() != 2) {
      throw new OpException(
          "R2Score: labels and predictions must be [batch, outputs]: got " + inputs);
    }
    state.add(addVariable("num_samples", DType.F32));
    for (String part : List.of("squared_sum", "sum", "residual", "count")) {
      state.add(addVariable(part, DType.F32, inputs.get(1).dim(1)));
    }
  }

  @Override
  protected void update(List<Tensor> inputs, @Nullable Tensor sampleWeight) {
    Tensor labels = cast(inputs.get(0));
    Tensor predictions = cast(inputs.get(1));
    Tensor t = Reducing.align(labels, predictions);
    Tensor p = Reducing.align(predictions, labels);
    if (!t.shape().equals(p.shape()) || t.rank() != 2) {
      throw shapes("R2Score: labels and predictions must be [batch, outputs]", t, p);
    }
    Tensor weight = Lax.full(t.dtype(), 1);
    if (sampleWeight != null) {
      Tensor given = cast(sampleWeight);
      weight = given.rank() == 1 ? Np.expandDims(given, 1) : given;
    }
    weight = Np.broadcastTo(weight, t.shape().dims());
    Tensor weighted = t.mul(weight);
    addTo(0, Lax.full(DType.F32, t.count()));
    addTo(1, Np.sum(t.mul(weighted), 0));
    addTo(2, Np.sum(weighted, 0));
    addTo(3, Np.sum(t.sub(p).square().mul(weight), 0));
    addTo(4, Np.sum(weight, 0));
  }

  private void addTo(int i, Tensor value) {
    Variable variable = state.get(i);
    variable.assign(variable.value().add(value));
  }

  @Override
  public Tensor result() {
    variables(); // says what is missing where there is no state
    Tensor sum = state.get(2).value();
    Tensor total = state.get(1).value().sub(sum.mul(sum.div(state.get(4).value())));
    Tensor raw = Np.subtract(1.0, state.get(3).value().div(total));
    Tensor scores = Np.where(Np.isinf(raw), 0.0, raw);
    String aggregation = getOrNull(CLASS_AGGREGATION);
    Tensor score =
        aggregation == null
            ? scores
            : aggregation.equals("uniform_average")
                ? Np.mean(scores)
                : Np.sum(total.mul(scores)).div(Np.sum(total));
    int predictors = get(NUM_REGRESSORS);
    if (predictors == 0) {
      return score;
    }
    // Without more samples than predictors there is nothing to adjust by.
    Tensor freedom = state.get(0).value().sub(predictors + 1.0);
    Tensor adjusted =
        Np.subtract(1.0, Np.subtract(1.0, score).mul(state.get(0).value().sub(1.0)).div(freedom));
    return Np.where(freedom.gt(0.0), adjusted, score);
  }
}
