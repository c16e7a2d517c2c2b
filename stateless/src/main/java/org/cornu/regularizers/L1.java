package org.cornu.regularizers;

import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;

/** {@code l1 * sum(|x|)}. */
public final class L1 extends Regularizer {
  private static final Option<Double> FACTOR =
      Option.real32("l1").nullMeans(0.01).defaultTo(0.01).nonNegative();

  static final Spec SPEC = Spec.of("keras.regularizers", "L1").options(FACTOR).create(L1::new);

  /** With factor 0.01. */
  public L1() {
    super(SPEC);
  }

  /** With this factor. */
  public L1(double factor) {
    this();
    set(FACTOR, factor);
  }

  @Override
  public Tensor apply(Tensor x) {
    return Np.sum(Np.abs(x)).mul(get(FACTOR));
  }
}
