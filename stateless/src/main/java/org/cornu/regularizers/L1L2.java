package org.cornu.regularizers;

import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;

/** {@code l1 * sum(|x|) + l2 * sum(x²)}. */
public final class L1L2 extends Regularizer {
  private static final Option<Double> L1 =
      Option.real("l1").nullMeans(0.0).defaultTo(0.0).nonNegative();
  private static final Option<Double> L2 =
      Option.real("l2").nullMeans(0.0).defaultTo(0.0).nonNegative();

  static final Spec SPEC = Spec.of("keras.regularizers", "L1L2").options(L1, L2).create(L1L2::new);

  private L1L2() {
    super(SPEC);
  }

  /** With these factors. */
  public L1L2(double l1, double l2) {
    this();
    set(L1, l1);
    set(L2, l2);
  }

  @Override
  public Tensor apply(Tensor x) {
    Tensor sum = Lax.full(x.dtype(), 0);
    if (get(L1) > 0) {
      sum = sum.add(Np.sum(Np.abs(x)).mul(get(L1)));
    }
    if (get(L2) > 0) {
      sum = sum.add(Np.sum(Np.square(x)).mul(get(L2)));
    }
    return sum;
  }
}
