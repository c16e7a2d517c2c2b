package org.cornu.metrics;

import java.util.List;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** The (weighted) mean of all values. */
public final class Mean extends Metric {
  static final Spec SPEC = Spec.of("keras.metrics", "Mean").base(OPTIONS).create(Mean::new);

  private final Variable total;
  private final Variable count;

  /** Under the name {@code mean}. */
  public Mean() {
    this("mean");
  }

  /** Under this name. */
  public Mean(String name) {
    super(SPEC);
    set(NAME, name);
    total = addVariable("total", DType.F32);
    count = addVariable("count", DType.F32);
  }

  @Override
  protected void update(List<Tensor> inputs, @Nullable Tensor sampleWeight) {
    Samplewise.Sum sum = Samplewise.weigh(inputs.get(0), sampleWeight);
    total.assign(Np.add(total.value(), sum.total()));
    count.assign(Np.add(count.value(), sum.count()));
  }

  @Override
  public Tensor result() {
    return Np.divideNoNan(total.value(), count.value());
  }
}
