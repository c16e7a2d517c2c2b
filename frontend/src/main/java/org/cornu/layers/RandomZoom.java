package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;

/** Shows each image larger or smaller by random factors, its centre in place. */
public final class RandomZoom extends RandomImageLayer<RandomZoom> {
  private static final Option<List<Double>> HEIGHT =
      Shares.option("height_factor", -1)
          .where("must be more than -1", v -> v.stream().allMatch(x -> x > -1))
          .required();
  private static final Option<List<Double>> WIDTH =
      Shares.option("width_factor", -1)
          .where("must be more than -1", v -> v.stream().allMatch(x -> x > -1))
          .nullable();

  static final Spec SPEC =
      table(
          "RandomZoom",
          RandomZoom::new,
          HEIGHT,
          WIDTH,
          FILL_MODE,
          INTERPOLATION,
          SEED,
          FILL_VALUE,
          DATA_FORMAT);

  private RandomZoom() {
    super(SPEC);
  }

  /** By at most this share, in both directions alike; positive makes the image smaller. */
  public RandomZoom(double height) {
    this();
    setFrom(HEIGHT, height);
  }

  /** By at most these shares, drawn separately. */
  public RandomZoom(double height, double width) {
    this(height);
    setFrom(WIDTH, width);
  }

  /** Between two bounds, in both directions alike. */
  public RandomZoom(double[] height) {
    this();
    setFrom(HEIGHT, List.of(height[0], height[1]));
  }

  /** Between two bounds for each direction, drawn separately. */
  public RandomZoom(double[] height, double[] width) {
    this(height);
    setFrom(WIDTH, List.of(width[0], width[1]));
  }

  /** What stands beyond the edges: {@code reflect} (default), wrap, constant, nearest. */
  @CanIgnoreReturnValue
  public RandomZoom fillMode(String value) {
    return setFrom(FILL_MODE, value);
  }

  /** Value beyond the edges of fill mode {@code constant}. */
  @CanIgnoreReturnValue
  public RandomZoom fillValue(double value) {
    return set(FILL_VALUE, value);
  }

  /** {@code bilinear} (default) or {@code nearest}. */
  @CanIgnoreReturnValue
  public RandomZoom interpolation(String value) {
    return setFrom(INTERPOLATION, value);
  }

  @Override
  boolean castsAlways() {
    return true;
  }

  @Override
  Augmentation draw(Tensor images, Keys keys) {
    long batch = images.size(0);
    Factor height = Factor.of(get(HEIGHT));
    Tensor down = uniform(keys, 1 + height.low(), 1 + height.high(), batch, 1);
    List<Double> given = getOrNull(WIDTH);
    Tensor across = given == null ? down : drawn(Factor.of(given), keys, batch);
    Tensor left = offset(across, width(images));
    Tensor top = offset(down, height(images));
    Tensor zero = Np.zerosLike(down);
    return new Affine(Np.concatenate(List.of(across, zero, left, zero, down, top, zero, zero), 1)) {
      @Override
      public Tensor boxes(Tensor boxes) {
        Tensor start = Np.expandDims(Np.concatenate(List.of(left, top, left, top), 1), 1);
        Tensor size = Np.expandDims(Np.concatenate(List.of(across, down, across, down), 1), 1);
        return Np.divide(Np.subtract(boxes, start), size);
      }
    };
  }

  private static Tensor drawn(Factor width, Keys keys, long batch) {
    return uniform(keys, 1 + width.low(), 1 + width.high(), batch, 1);
  }

  private static Tensor offset(Tensor zoom, int length) {
    return Np.multiply(Np.subtract(1.0, zoom), (length - 1) / 2.0);
  }
}
