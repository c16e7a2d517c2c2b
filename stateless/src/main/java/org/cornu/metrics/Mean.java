package org.cornu.metrics;

import java.util.List;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** The (weighted) mean of all values. */
public final class Mean extends MeanMetric {
  static final Spec SPEC = spec("Mean", "mean").create(Mean::new);

  /** Under the name {@code mean}. */
  public Mean() {
    super(SPEC);
  }

  /** Under this name. */
  public Mean(String name) {
    this();
    set(NAME, name);
  }

  @Override
  protected void update(List<Tensor> inputs, @Nullable Tensor sampleWeight) {
    add(inputs.get(0), sampleWeight);
  }
}
