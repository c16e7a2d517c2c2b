package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;

/** Moves each image by a random share of its height and width. */
public final class RandomTranslation extends RandomImageLayer<RandomTranslation> {
  private static final Option<List<Double>> HEIGHT = Shares.option("height_factor", -1).required();
  private static final Option<List<Double>> WIDTH = Shares.option("width_factor", -1).required();

  static final Spec SPEC =
      table(
          "RandomTranslation",
          RandomTranslation::new,
          HEIGHT,
          WIDTH,
          FILL_MODE,
          INTERPOLATION,
          SEED,
          FILL_VALUE,
          DATA_FORMAT);

  private RandomTranslation() {
    super(SPEC);
  }

  /** By at most these shares, up or down, left or right. */
  public RandomTranslation(double height, double width) {
    this();
    setFrom(HEIGHT, height);
    setFrom(WIDTH, width);
  }

  /** By shares between two bounds each; positive is down and right. */
  public RandomTranslation(double[] height, double[] width) {
    this();
    setFrom(HEIGHT, List.of(height[0], height[1]));
    setFrom(WIDTH, List.of(width[0], width[1]));
  }

  /** What stands beyond the edges: {@code reflect} (default), wrap, constant, nearest. */
  @CanIgnoreReturnValue
  public RandomTranslation fillMode(String value) {
    return setFrom(FILL_MODE, value);
  }

  /** Value beyond the edges of fill mode {@code constant}. */
  @CanIgnoreReturnValue
  public RandomTranslation fillValue(double value) {
    return set(FILL_VALUE, value);
  }

  /** {@code bilinear} (default) or {@code nearest}. */
  @CanIgnoreReturnValue
  public RandomTranslation interpolation(String value) {
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
    Factor width = Factor.of(get(WIDTH));
    Tensor down =
        Np.multiply(uniform(keys, height.low(), height.high(), batch, 1), (double) height(images));
    Tensor right =
        Np.multiply(uniform(keys, width.low(), width.high(), batch, 1), (double) width(images));
    Tensor one = Np.onesLike(down);
    Tensor zero = Np.zerosLike(down);
    return new Affine(
        Np.concatenate(
            List.of(one, zero, Np.negative(right), zero, one, Np.negative(down), zero, zero), 1)) {
      @Override
      public Tensor boxes(Tensor boxes) {
        return Np.add(
            boxes, Np.expandDims(Np.concatenate(List.of(right, down, right, down), 1), 1));
      }
    };
  }
}
