package org.cornu.regularizers;

import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;

/** {@code l2 * sum(x²)}. */
public final class L2 extends Regularizer {
  private static final Option<Double> FACTOR =
      Option.real("l2").nullMeans(0.01).defaultTo(0.01).nonNegative();

  static final Spec SPEC = Spec.of("keras.regularizers", "L2").options(FACTOR).create(L2::new);

  /** With factor 0.01. */
  public L2() {
    super(SPEC);
  }

  /** With this factor. */
  public L2(double factor) {
    this();
    set(FACTOR, factor);
  }

  @Override
  public Tensor apply(Tensor x) {
    return Np.sum(Np.square(x)).mul(get(FACTOR));
  }
}
