package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;

/** Passes its input on and adds a penalty on it to the loss: {@code l1 Σ|x| + l2 Σx²}, by batch. */
public final class ActivityRegularization extends Layer<ActivityRegularization> {
  private static final Option<Double> L1 = Option.real("l1").defaultTo(0.0).nonNegative();
  private static final Option<Double> L2 = Option.real("l2").defaultTo(0.0).nonNegative();

  static final Spec SPEC =
      Spec.of("keras.layers", "ActivityRegularization")
          .base(OPTIONS)
          .options(L1, L2)
          .create(ActivityRegularization::new);

  /** Without penalties. */
  public ActivityRegularization() {
    super(SPEC);
  }

  /** Factor of the sum of absolute values. */
  @CanIgnoreReturnValue
  public ActivityRegularization l1(double value) {
    return set(L1, value);
  }

  /** Factor of the sum of squares. */
  @CanIgnoreReturnValue
  public ActivityRegularization l2(double value) {
    return set(L2, value);
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    Tensor penalty =
        Np.add(Np.multiply(Np.sum(Np.abs(x)), get(L1)), Np.multiply(Np.sum(Np.square(x)), get(L2)));
    addLoss(Np.divide(penalty, (double) x.shape().dim(0)));
    return x;
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }
}
