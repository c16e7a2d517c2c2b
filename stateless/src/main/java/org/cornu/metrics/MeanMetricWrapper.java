package org.cornu.metrics;

import org.cornu.config.Option;
import org.cornu.config.Registry;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** The mean of a function of labels and predictions, as a metric. */
public final class MeanMetricWrapper extends FunctionMetric {
  private static final Option<MetricFunction> FN =
      Option.object("fn", MetricFunction.FAMILY).required();

  static final Spec SPEC = spec("MeanMetricWrapper").options(FN).create(MeanMetricWrapper::new);

  private MeanMetricWrapper() {
    super(SPEC);
  }

  /**
   * Makes a metric.
   *
   * @param function a name, or a function of one's own; one that is to be saved is registered with
   *     {@code Registry.addFunction}
   */
  public MeanMetricWrapper(MetricFunction function) {
    this();
    set(FN, function);
  }

  /** Of the function of this name, {@code mean_squared_error}. */
  public MeanMetricWrapper(String function) {
    this(Registry.global().get(MetricFunction.FAMILY, function));
    set(NAME, function);
  }

  @Override
  Tensor values(Tensor yTrue, Tensor yPred) {
    return get(FN).apply(yTrue, yPred);
  }
}
