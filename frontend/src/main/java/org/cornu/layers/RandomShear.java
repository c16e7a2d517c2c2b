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
    int width = width(images);
    int height = height(images);
    Tensor one = Np.onesLike(x);
    Tensor zero = Np.zerosLike(x);
    return new Affine(Np.concatenate(List.of(one, x, zero, y, one, zero, zero, zero), 1)) {
      /** In parts of the image's width and height, as Keras does, though pixels shear by pixels. */
      @Override
      public Tensor boxes(Tensor boxes) {
        List<Tensor> sides = Np.split(boxes, 4, -1);
        Tensor acrossBy = Np.expandDims(x, 1);
        Tensor downBy = Np.expandDims(y, 1);
        Tensor left = Np.divide(sides.get(0), (double) width);
        Tensor top = Np.divide(sides.get(1), (double) height);
        Tensor right = Np.divide(sides.get(2), (double) width);
        Tensor bottom = Np.divide(sides.get(3), (double) height);
        Tensor leftwards = Np.less(acrossBy, 0.0);
        left = Np.subtract(left, Np.multiply(acrossBy, Np.where(leftwards, top, bottom)));
        right = Np.subtract(right, Np.multiply(acrossBy, Np.where(leftwards, bottom, top)));
        Tensor downwards = Np.greater(downBy, 0.0);
        top = Np.subtract(top, Np.multiply(downBy, Np.where(downwards, right, left)));
        bottom = Np.subtract(bottom, Np.multiply(downBy, Np.where(downwards, left, right)));
        return Np.concatenate(
            List.of(
                Np.multiply(left, (double) width),
                Np.multiply(top, (double) height),
                Np.multiply(right, (double) width),
                Np.multiply(bottom, (double) height)),
            -1);
      }
    };
  }
}
