package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;

/** Shears each image by random amounts along both axes. */
public final class RandomShear extends RandomImageLayer<RandomShear> {
  private static final Option<Factor> X = Factor.symmetricOfShare("x_factor").defaultTo(0.0);
  private static final Option<Factor> Y = Factor.symmetricOfShare("y_factor").defaultTo(0.0);

  static final Spec SPEC =
      table(
          "RandomShear",
          RandomShear::new,
          X,
          Y,
          INTERPOLATION,
          FILL_MODE,
          FILL_VALUE,
          DATA_FORMAT,
          SEED);

  private RandomShear() {
    super(SPEC);
  }

  /** By at most these amounts, between 0 and 1, either way. */
  public RandomShear(double x, double y) {
    this();
    setFrom(X, x);
    setFrom(Y, y);
  }

  /** By amounts between two bounds each. */
  public RandomShear(double[] x, double[] y) {
    this();
    setFrom(X, List.of(x[0], x[1]));
    setFrom(Y, List.of(y[0], y[1]));
  }

  /** What stands beyond the edges: {@code reflect} (default), wrap, constant, nearest. */
  @CanIgnoreReturnValue
  public RandomShear fillMode(String value) {
    return setFrom(FILL_MODE, value);
  }

  /** Value beyond the edges of fill mode {@code constant}. */
  @CanIgnoreReturnValue
  public RandomShear fillValue(double value) {
    return set(FILL_VALUE, value);
  }

  /** {@code bilinear} (default) or {@code nearest}. */
  @CanIgnoreReturnValue
  public RandomShear interpolation(String value) {
    return setFrom(INTERPOLATION, value);
  }

  @Override
  boolean castsAlways() {
    return true;
  }

  @Override
  Augmentation draw(Tensor images, Keys keys) {
    long batch = images.size(0);
    Tensor coin = new Factor(0, 1).draw(keys, computeDType(), batch, 1);
    Tensor side = Np.where(Np.greater(coin, 0.5), Np.fullLike(coin, -1), Np.onesLike(coin));
    Tensor y = Np.multiply(get(Y).draw(keys, computeDType(), batch, 1), side);
    Tensor x = Np.multiply(get(X).draw(keys, computeDType(), batch, 1), side);
    Tensor one = Np.onesLike(x);
    Tensor zero = Np.zerosLike(x);
    return new Affine(Np.concatenate(List.of(one, x, zero, y, one, zero, zero, zero), 1)) {};
  }
}
