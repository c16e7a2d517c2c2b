package org.cornu.metrics;

import org.cornu.config.Family;
import org.cornu.tracer.Tensor;

/** A function of labels and predictions to values {@code [batch, ...]}. */
@FunctionalInterface
public interface MetricFunction {
  /** All functions with names, such as {@code mean_squared_error}. */
  Family<MetricFunction> FAMILY = Family.of("metric function", MetricFunction.class);

  /** The values of a batch. */
  Tensor apply(Tensor yTrue, Tensor yPred);
}
