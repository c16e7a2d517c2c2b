package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;

/** Moves the pixels of each image away from their mean or towards it, by a random factor. */
public final class RandomContrast extends RandomImageLayer<RandomContrast> {
  private static final Option<Factor> FACTOR = Factor.option("factor", 0, 1).required();

  static final Spec SPEC = table("RandomContrast", RandomContrast::new, FACTOR, VALUE_RANGE, SEED);

  private RandomContrast() {
    super(SPEC);
  }

  /** By a factor between 1 and {@code 1 + factor}. */
  public RandomContrast(double factor) {
    this();
    setFrom(FACTOR, factor);
  }

  /** By a factor between {@code 1 - low} and {@code 1 + high}. */
  public RandomContrast(double low, double high) {
    this();
    setFrom(FACTOR, List.of(low, high));
  }

  /** The range of the values of pixels; default 0 to 255. */
  @CanIgnoreReturnValue
  public RandomContrast valueRange(double low, double high) {
    return setFrom(VALUE_RANGE, List.of(low, high));
  }

  @Override
  Augmentation draw(Tensor images, Keys keys) {
    Factor factor = get(FACTOR);
    Tensor contrast =
        new Factor(1 - factor.low(), 1 + factor.high())
            .draw(keys, computeDType(), images.size(0), 1, 1, 1);
    return (Augmentation.Colour)
        x -> {
          Tensor mean = Np.mean(Np.mean(x, true, heightAxis()), true, widthAxis());
          Tensor y = Np.add(Np.multiply(Np.subtract(x, mean), contrast), mean);
          return clip(y, get(VALUE_RANGE));
        };
  }
}
