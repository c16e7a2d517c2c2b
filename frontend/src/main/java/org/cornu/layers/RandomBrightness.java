package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;

/** Makes each image lighter or darker: adds a random share of the range of values. */
public final class RandomBrightness extends RandomImageLayer<RandomBrightness> {
  private static final Option<Factor> FACTOR = Factor.option("factor", -1, 1).required();

  static final Spec SPEC =
      table("RandomBrightness", RandomBrightness::new, FACTOR, VALUE_RANGE, SEED);

  private RandomBrightness() {
    super(SPEC);
  }

  /** By at most this share of the range of values. */
  public RandomBrightness(double factor) {
    this();
    setFrom(FACTOR, factor);
  }

  /** By a share between two bounds, in [-1, 1]. */
  public RandomBrightness(double low, double high) {
    this();
    setFrom(FACTOR, List.of(low, high));
  }

  /** The range of the values of pixels; default 0 to 255. */
  @CanIgnoreReturnValue
  public RandomBrightness valueRange(double low, double high) {
    return setFrom(VALUE_RANGE, List.of(low, high));
  }

  @Override
  Augmentation draw(Tensor images, Keys keys) {
    Factor range = get(VALUE_RANGE);
    Factor factor = get(FACTOR);
    Tensor share = uniform(keys, factor.low(), factor.high(), images.size(0), 1, 1, 1);
    Tensor added = Np.multiply(share, range.span());
    return (Augmentation.Colour) x -> clip(Np.add(x, Np.cast(added, x.dtype())), range);
  }
}
