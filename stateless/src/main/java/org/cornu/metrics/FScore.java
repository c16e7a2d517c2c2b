package org.cornu.metrics;

import java.util.ArrayList;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Weighted harmonic mean of precision and recall over classes. */
abstract class FScore extends Metric {
  static final Option<String> AVERAGE =
      Option.choice("average", "micro", "macro", "weighted").nullable();
  static final Option<Double> THRESHOLD =
      Option.real("threshold").nullable().where("must be in (0, 1]", v -> v > 0 && v <= 1);

  private static final double EPSILON = 1e-7;

  private final List<Variable> state = new ArrayList<>();

  FScore(Spec spec) {
    super(spec);
  }

  abstract double beta();

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  protected boolean dependsOnInputs() {
    return !"micro".equals(getOrNull(AVERAGE));
  }

  @Override
  protected void addState(List<Shape> inputs) {
    long[] dims = {};
    if (dependsOnInputs()) {
      if (inputs.size() != 2 || inputs.get(0).rank() != 2 || inputs.get(1).rank() != 2) {
        throw new OpException(
            name() + ": labels and predictions must be [batch, classes]: got " + inputs);
      }
      dims = new long[] {inputs.get(1).dim(1)};
    }
    for (String part :
        List.of("true_positives", "false_positives", "false_negatives", "intermediate_weights")) {
      state.add(addVariable(part, dtype(), dims));
    }
  }

  @Override
  protected void update(List<Tensor> inputs, @Nullable Tensor sampleWeight) {
    Tensor t = cast(inputs.get(0));
    Tensor scores = cast(inputs.get(1));
    if (t.rank() != 2 || scores.rank() != 2) {
      throw shapes(name() + ": labels and predictions must be [batch, classes]", t, scores);
    }
    Double threshold = getOrNull(THRESHOLD);
    Tensor chosen =
        threshold != null
            ? scores.gt(threshold)
            : Np.logicalAnd(scores.ge(Np.max(scores, true, -1)), scores.abs().gt(1e-9));
    Tensor p = Lax.convertElementType(chosen, dtype());
    Tensor weight = sampleWeight == null ? null : Np.expandDims(cast(sampleWeight), 1);
    addTo(0, p.mul(t), weight);
    addTo(1, p.mul(Np.subtract(1.0, t)), weight);
    addTo(2, Np.subtract(1.0, p).mul(t), weight);
    addTo(3, t, weight);
  }

  private void addTo(int i, Tensor values, @Nullable Tensor weight) {
    Tensor weighted = weight == null ? values : values.mul(weight);
    Tensor sum = dependsOnInputs() ? Np.sum(weighted, 0) : Np.sum(weighted);
    state.get(i).assign(state.get(i).value().add(sum));
  }

  @Override
  public Tensor result() {
    variables(); // makes the state
    Tensor right = state.get(0).value();
    Tensor precision = right.div(right.add(state.get(1).value()).add(EPSILON));
    Tensor recall = right.div(right.add(state.get(2).value()).add(EPSILON));
    double square = beta() * beta();
    Tensor mean = precision.mul(recall).div(precision.mul(square).add(recall).add(EPSILON));
    Tensor score = mean.mul(1 + square);
    String average = getOrNull(AVERAGE);
    if (average == null) {
      return score;
    }
    if (average.equals("weighted")) {
      Tensor support = state.get(3).value();
      return Np.sum(score.mul(support.div(Np.sum(support).add(EPSILON))));
    }
    return Np.mean(score);
  }
}
