package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;

/** Turns each image about its centre by a random angle. */
public final class RandomRotation extends RandomImageLayer<RandomRotation> {
  private static final Option<Factor> FACTOR = Factor.option("factor", -1, 1).required();

  static final Spec SPEC =
      table(
          "RandomRotation",
          RandomRotation::new,
          FACTOR,
          FILL_MODE,
          INTERPOLATION,
          SEED,
          FILL_VALUE,
          DATA_FORMAT);

  private RandomRotation() {
    super(SPEC);
  }

  /** By at most this share of a full turn, either way. */
  public RandomRotation(double factor) {
    this();
    setFrom(FACTOR, factor);
  }

  /** By a share of a full turn between two bounds; positive is counterclockwise. */
  public RandomRotation(double low, double high) {
    this();
    setFrom(FACTOR, List.of(low, high));
  }

  /** What stands beyond the edges: {@code reflect} (default), wrap, constant, nearest. */
  @CanIgnoreReturnValue
  public RandomRotation fillMode(String value) {
    return setFrom(FILL_MODE, value);
  }

  /** Value beyond the edges of fill mode {@code constant}. */
  @CanIgnoreReturnValue
  public RandomRotation fillValue(double value) {
    return set(FILL_VALUE, value);
  }

  /** {@code bilinear} (default) or {@code nearest}. */
  @CanIgnoreReturnValue
  public RandomRotation interpolation(String value) {
    return setFrom(INTERPOLATION, value);
  }

  @Override
  boolean castsAlways() {
    return true;
  }

  @Override
  Augmentation draw(Tensor images, Keys keys) {
    long batch = images.size(0);
    Factor turn = get(FACTOR).times(360);
    Tensor angle = Np.multiply(uniform(keys, turn.low(), turn.high(), batch, 1), Math.PI / 180);
    double cx = 0.5 * (width(images) - 1);
    double cy = 0.5 * (height(images) - 1);
    Tensor cos = Np.cos(angle);
    Tensor sin = Np.sin(angle);
    // Where the centre goes, less where it should be.
    Tensor left =
        Np.subtract(Np.subtract(cx, Np.multiply(cos, cx)), Np.multiply(Np.negative(sin), cy));
    Tensor top = Np.subtract(Np.subtract(cy, Np.multiply(sin, cx)), Np.multiply(cos, cy));
    Tensor zero = Np.zerosLike(cos);
    return new Affine(
        Np.concatenate(List.of(cos, Np.negative(sin), left, sin, cos, top, zero, zero), 1)) {
      /** The box around the turned box. */
      @Override
      public Tensor boxes(Tensor boxes) {
        Tensor[] p = Np.split(boxes, 4, -1).toArray(new Tensor[0]);
        Tensor x = Np.subtract(Np.concatenate(List.of(p[0], p[2], p[2], p[0]), -1), cx);
        Tensor y = Np.subtract(Np.concatenate(List.of(p[1], p[1], p[3], p[3]), -1), cy);
        Tensor c = Np.expandDims(cos, 1);
        Tensor s = Np.expandDims(sin, 1);
        Tensor turnedX = Np.add(Np.add(Np.multiply(c, x), Np.multiply(s, y)), cx);
        Tensor turnedY = Np.add(Np.subtract(Np.multiply(c, y), Np.multiply(s, x)), cy);
        return Np.stack(
            List.of(
                Np.min(turnedX, -1), Np.min(turnedY, -1), Np.max(turnedX, -1), Np.max(turnedY, -1)),
            -1);
      }
    };
  }
}
