package org.cornu.losses;

import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** {@code mean(log(cosh(yPred - yTrue)))}. */
public final class LogCosh extends Loss {
  static final Spec SPEC =
      spec("LogCosh", "log_cosh").aliases("log_cosh", "logcosh").create(LogCosh::new);

  /** With the mean over the batch. */
  public LogCosh() {
    super(SPEC);
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.logCosh(yTrue, yPred);
  }
}
