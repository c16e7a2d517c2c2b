package org.cornu.layers;

import java.util.List;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** The mean of its inputs. */
public final class Average extends Merge<Average> {
  static final Spec SPEC = spec("Average").create(Average::new);

  /** Of inputs given as a list. */
  public Average() {
    super(SPEC);
  }

  @Override
  Tensor merge(List<Tensor> inputs, List<@Nullable Tensor> masks) {
    return Np.divide(inputs.stream().reduce(Np::add).orElseThrow(), (double) inputs.size());
  }
}
