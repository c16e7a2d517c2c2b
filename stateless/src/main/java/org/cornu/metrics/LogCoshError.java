package org.cornu.metrics;

import org.cornu.config.Spec;
import org.cornu.losses.Losses;
import org.cornu.tracer.Tensor;

/** Mean of the logarithm of the hyperbolic cosine of the error. */
public final class LogCoshError extends FunctionMetric {
  static final Spec SPEC = spec("LogCoshError", "logcosh").create(LogCoshError::new);

  /** Under the name {@code logcosh}. */
  public LogCoshError() {
    super(SPEC);
  }

  @Override
  public Direction direction() {
    return Direction.DOWN;
  }

  @Override
  Tensor values(Tensor yTrue, Tensor yPred) {
    return Losses.logCosh(yTrue, yPred);
  }
}
