package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;

/** Stretches the values of each channel of each image to the whole range. */
public final class AutoContrast extends ImageLayer<AutoContrast> {
  private static final Factor BYTES = new Factor(0, 255);

  static final Spec SPEC = table("AutoContrast", AutoContrast::new, VALUE_RANGE);

  /** Of pixels between 0 and 255. */
  public AutoContrast() {
    super(SPEC);
  }

  /** The range of the values of pixels; default 0 to 255. */
  @CanIgnoreReturnValue
  public AutoContrast valueRange(double low, double high) {
    return setFrom(VALUE_RANGE, List.of(low, high));
  }

  @Override
  Augmentation prepare(Tensor images, boolean training) {
    Factor range = get(VALUE_RANGE);
    return (Augmentation.Colour)
        given -> {
          Tensor x = cast(range.map(given, BYTES, computeDType()));
          // Over axes 1 and 2 whatever the layout, as in Keras.
          Tensor low = Np.min(x, true, 1, 2);
          Tensor scale = Np.divide(255.0, Np.subtract(Np.max(x, true, 1, 2), low));
          Tensor stretched = Np.add(Np.multiply(x, scale), Np.multiply(Np.negative(low), scale));
          Tensor y = BYTES.map(Np.clip(stretched, 0.0, 255.0), range, computeDType());
          return Np.saturateCast(Np.where(Np.isnan(y), given, y), x.dtype());
        };
  }
}
