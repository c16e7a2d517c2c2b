package org.cornu.layers;

import java.util.List;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** The largest of its inputs, element by element. */
public final class Maximum extends Merge<Maximum> {
  static final Spec SPEC = spec("Maximum").create(Maximum::new);

  /** Of inputs given as a list. */
  public Maximum() {
    super(SPEC);
  }

  @Override
  Tensor merge(List<Tensor> inputs, List<@Nullable Tensor> masks) {
    return extreme(inputs, masks, Np::maximum);
  }
}
