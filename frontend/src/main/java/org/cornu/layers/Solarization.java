package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;

/** Adds a random amount to each image and inverts what is then brighter than a random threshold. */
public final class Solarization extends RandomImageLayer<Solarization> {
  private static final Factor BYTES = new Factor(0, 255);
  private static final Option<Factor> ADDITION = Factor.fromZero("addition_factor").defaultTo(0.0);
  private static final Option<Factor> THRESHOLD =
      Factor.fromZero("threshold_factor").defaultTo(0.0);

  static final Spec SPEC =
      table("Solarization", Solarization::new, ADDITION, THRESHOLD, VALUE_RANGE, SEED);

  /** Adds nothing; all pixels are inverted. */
  public Solarization() {
    super(SPEC);
  }

  /**
   * Adds at most {@code addition} of the range and inverts above at most {@code threshold} of it.
   */
  public Solarization(double addition, double threshold) {
    this();
    setFrom(ADDITION, addition);
    setFrom(THRESHOLD, threshold);
  }

  /** Both shares drawn between two bounds. */
  public Solarization(double[] addition, double[] threshold) {
    this();
    setFrom(ADDITION, List.of(addition[0], addition[1]));
    setFrom(THRESHOLD, List.of(threshold[0], threshold[1]));
  }

  /** The range of the values of pixels; default 0 to 255. */
  @CanIgnoreReturnValue
  public Solarization valueRange(double low, double high) {
    return setFrom(VALUE_RANGE, List.of(low, high));
  }

  @Override
  boolean castsAlways() {
    return true;
  }

  @Override
  Augmentation draw(Tensor images, Keys keys) {
    // As in Keras, the lower bound is not a share.
    Factor add = new Factor(get(ADDITION).low(), get(ADDITION).high() * 255);
    Factor above = new Factor(get(THRESHOLD).low(), get(THRESHOLD).high() * 255);
    Tensor added = add.draw(keys, computeDType(), images.size(0), 1, 1, 1);
    Tensor threshold = above.draw(keys, computeDType(), images.size(0), 1, 1, 1);
    Factor range = get(VALUE_RANGE);
    return (Augmentation.Colour)
        given -> {
          Tensor x = range.map(cast(given), BYTES, computeDType());
          Tensor y = Np.clip(Np.add(x, added), 0.0, 255.0);
          Tensor solar = Np.where(Np.less(y, threshold), y, Np.subtract(255.0, y));
          return Np.saturateCast(BYTES.map(solar, range, computeDType()), x.dtype());
        };
  }
}
