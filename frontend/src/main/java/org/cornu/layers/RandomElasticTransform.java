package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.FillMode;
import org.cornu.ops.Image;
import org.cornu.ops.Interpolation;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;

/** Warps some images: moves pixels by random distances that vary smoothly. */
public final class RandomElasticTransform extends RandomImageLayer<RandomElasticTransform> {
  private static final double ALPHA = 0.1;
  private static final double SIGMA = 0.05;
  private static final Option<Factor> FACTOR = Factor.option("factor", 0, 1).defaultTo(1.0);
  private static final Option<Factor> SCALE = Factor.option("scale", 0, 1).defaultTo(1.0);
  private static final Option<String> FILL =
      Option.choice("fill_mode", "constant", "nearest", "wrap", "mirror", "reflect")
          .defaultTo("reflect");

  static final Spec SPEC =
      table(
          "RandomElasticTransform",
          RandomElasticTransform::new,
          FACTOR,
          SCALE,
          INTERPOLATION,
          FILL,
          FILL_VALUE,
          VALUE_RANGE,
          SEED,
          DATA_FORMAT);

  /** Every other image, on average. */
  public RandomElasticTransform() {
    super(SPEC);
  }

  /** With a probability drawn between 0 and this. */
  public RandomElasticTransform(double factor) {
    this();
    setFrom(FACTOR, factor);
  }

  /** Bounds of the strength, 0 to 1. */
  @CanIgnoreReturnValue
  public RandomElasticTransform scale(double low, double high) {
    return setFrom(SCALE, List.of(low, high));
  }

  /** What stands beyond the edges: {@code reflect} (default), constant, nearest, wrap, mirror. */
  @CanIgnoreReturnValue
  public RandomElasticTransform fillMode(String value) {
    return setFrom(FILL, value);
  }

  /** Value beyond the edges of fill mode {@code constant}. */
  @CanIgnoreReturnValue
  public RandomElasticTransform fillValue(double value) {
    return set(FILL_VALUE, value);
  }

  /** {@code bilinear} (default) or {@code nearest}. */
  @CanIgnoreReturnValue
  public RandomElasticTransform interpolation(String value) {
    return setFrom(INTERPOLATION, value);
  }

  /** The range of the values of pixels; default 0 to 255. */
  @CanIgnoreReturnValue
  public RandomElasticTransform valueRange(double low, double high) {
    return setFrom(VALUE_RANGE, List.of(low, high));
  }

  @Override
  boolean castsAlways() {
    return true;
  }

  @Override
  Augmentation draw(Tensor images, Keys keys) {
    Factor scale = get(SCALE);
    if (scale.high() == 0 || get(FACTOR).high() == 0) {
      return Augmentation.NONE;
    }
    Tensor happens = happens(get(FACTOR), keys, images.size(0));
    Tensor strength = scale.draw(keys, computeDType());
    int longer = Math.max(height(images), width(images));
    int shorter = Math.min(height(images), width(images));
    return new Augmentation() {
      private Tensor warped(Tensor x, String interpolation) {
        Tensor y =
            Image.elasticTransform(
                x,
                keys.next(),
                Np.multiply(Np.multiply(strength, ALPHA), (double) longer),
                Np.multiply(Np.multiply(strength, SIGMA), (double) shorter),
                SIGMA * scale.high() * shorter,
                Interpolation.of(interpolation),
                FillMode.of(get(FILL)),
                get(FILL_VALUE),
                format());
        return cast(clip(Np.where(perImage(happens), y, x), get(VALUE_RANGE)));
      }

      @Override
      public Tensor images(Tensor x) {
        return warped(cast(x), get(INTERPOLATION));
      }

      @Override
      public Tensor segmentationMasks(Tensor masks) {
        return warped(masks, "nearest");
      }
    };
  }
}
