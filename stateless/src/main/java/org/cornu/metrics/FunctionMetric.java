package org.cornu.metrics;

import java.util.List;
import org.cornu.config.Spec;
import org.cornu.losses.Reducing;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** The mean of a function of labels and predictions. */
abstract class FunctionMetric extends MeanMetric {
  FunctionMetric(Spec spec) {
    super(spec);
  }

  /** The values, {@code [batch, ...]}. */
  abstract Tensor values(Tensor yTrue, Tensor yPred);

  @Override
  public @Nullable Tensor weightUnder(@Nullable Tensor mask, @Nullable Tensor sampleWeight) {
    return Reducing.joinMask(sampleWeight, mask, dtype(), false);
  }

  @Override
  protected void update(List<Tensor> inputs, @Nullable Tensor sampleWeight) {
    add(values(inputs.get(0), inputs.get(1)), sampleWeight);
  }
}
