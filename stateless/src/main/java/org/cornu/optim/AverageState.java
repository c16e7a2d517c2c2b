package org.cornu.optim;

import java.util.Map;
import org.cornu.tracer.Tensor;

/**
 * Moving averages of parameters.
 *
 * @param step updates done so far, scalar i32
 * @param averages by path of the parameter
 */
public record AverageState(Tensor step, Map<String, Tensor> averages) {
  /** The parameters with each floating-point one replaced by its average: for evaluation. */
  public <P> P over(P params) {
    return Paths.replace(params, averages);
  }
}
