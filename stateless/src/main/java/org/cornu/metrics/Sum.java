package org.cornu.metrics;

import java.util.List;
import java.util.Objects;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** The (weighted) sum of all values. */
public final class Sum extends Metric {
  static final Spec SPEC = spec("Sum", "sum").create(Sum::new);

  private @Nullable Variable total;

  /** Under the name {@code sum}. */
  public Sum() {
    super(SPEC);
  }

  @Override
  protected void addState(List<Shape> inputs) {
    total = addVariable("total", dtype());
  }

  @Override
  protected void update(List<Tensor> inputs, @Nullable Tensor sampleWeight) {
    Samplewise samples = Samplewise.of(inputs.get(0), sampleWeight, Np::sum, dtype());
    Variable sum = Objects.requireNonNull(total);
    sum.assign(sum.value().add(Np.sum(samples.values())));
  }

  @Override
  public Tensor result() {
    variables(); // makes the state
    return Objects.requireNonNull(total).value();
  }
}
