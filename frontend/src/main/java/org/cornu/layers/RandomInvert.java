package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;

/** Turns some images into their negatives: {@code high - x} for pixels up to {@code high}. */
public final class RandomInvert extends RandomImageLayer<RandomInvert> {
  private static final Option<Factor> FACTOR = Factor.option("factor", 0, 1).defaultTo(1.0);

  static final Spec SPEC =
      table("RandomInvert", RandomInvert::new, FACTOR, VALUE_RANGE, SEED, DATA_FORMAT);

  /** Every other image, on average. */
  public RandomInvert() {
    super(SPEC);
  }

  /** With a probability drawn between 0 and this. */
  public RandomInvert(double factor) {
    this();
    setFrom(FACTOR, factor);
  }

  /** The range of the values of pixels; default 0 to 255. */
  @CanIgnoreReturnValue
  public RandomInvert valueRange(double low, double high) {
    return setFrom(VALUE_RANGE, List.of(low, high));
  }

  @Override
  Augmentation draw(Tensor images, Keys keys) {
    Tensor happens = happens(get(FACTOR), keys, images.size(0));
    double high = get(VALUE_RANGE).high();
    return (Augmentation.Colour)
        x -> Np.where(perImage(happens), Np.subtract(high, cast(x)), cast(x));
  }
}
