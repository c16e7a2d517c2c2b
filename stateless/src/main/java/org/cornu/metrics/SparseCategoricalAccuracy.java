package org.cornu.metrics;

import java.util.List;
import org.cornu.config.Spec;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** How often the largest of the predictions is at the integer label. */
public final class SparseCategoricalAccuracy extends Metric {
  static final Spec SPEC =
      Spec.of("keras.metrics", "SparseCategoricalAccuracy")
          .base(OPTIONS)
          .create(SparseCategoricalAccuracy::new);

  private final Variable total;
  private final Variable count;

  /** Under the name {@code sparse_categorical_accuracy}. */
  public SparseCategoricalAccuracy() {
    this("sparse_categorical_accuracy");
  }

  /** Under this name. */
  public SparseCategoricalAccuracy(String name) {
    super(SPEC);
    set(NAME, name);
    total = addVariable("total", DType.F32);
    count = addVariable("count", DType.F32);
  }

  @Override
  protected void update(List<Tensor> inputs, @Nullable Tensor sampleWeight) {
    Tensor labels = inputs.get(0);
    Tensor scores = inputs.get(1);
    if (labels.rank() == scores.rank() && labels.shape().dim(-1) == 1) {
      labels = Lax.reshape(labels, labels.shape().remove(labels.rank() - 1).dims());
    }
    Tensor hits = Np.equal(Np.argmax(scores, -1), Lax.convertElementType(labels, DType.I32));
    Samplewise.Sum sum = Samplewise.weigh(Lax.convertElementType(hits, DType.F32), sampleWeight);
    total.assign(Np.add(total.value(), sum.total()));
    count.assign(Np.add(count.value(), sum.count()));
  }

  @Override
  public Tensor result() {
    return Np.divideNoNan(total.value(), count.value());
  }
}
