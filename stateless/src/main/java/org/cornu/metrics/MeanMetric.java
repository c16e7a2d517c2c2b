package org.cornu.metrics;

import java.util.List;
import java.util.Objects;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** A metric whose state is a sum of values and a sum of weights. */
abstract class MeanMetric extends Metric {
  private @Nullable Variable total;
  private @Nullable Variable count;

  MeanMetric(Spec spec) {
    super(spec);
  }

  @Override
  protected void addState(List<Shape> inputs) {
    total = addVariable("total", dtype());
    count = addVariable("count", dtype());
  }

  /** Adds values and their weights. */
  final void add(Tensor values, @Nullable Tensor sampleWeight) {
    Samplewise samples = Samplewise.of(values, sampleWeight, Np::mean, dtype());
    Variable sum = Objects.requireNonNull(total);
    Variable weight = Objects.requireNonNull(count);
    sum.assign(sum.value().add(Np.sum(samples.values())));
    weight.assign(weight.value().add(samples.count(dtype())));
  }

  @Override
  public Tensor result() {
    variables(); // makes the state
    return Np.divideNoNan(
        Objects.requireNonNull(total).value(), Objects.requireNonNull(count).value());
  }
}
