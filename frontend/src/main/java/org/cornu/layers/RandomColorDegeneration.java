package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Image;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;

/** Takes colour out of each image: mixes it with its grey version by a random share. */
public final class RandomColorDegeneration extends RandomImageLayer<RandomColorDegeneration> {
  private static final Option<Factor> FACTOR = Factor.option("factor", -1, 1).required();

  static final Spec SPEC =
      table(
          "RandomColorDegeneration",
          RandomColorDegeneration::new,
          FACTOR,
          VALUE_RANGE,
          DATA_FORMAT,
          SEED);

  private RandomColorDegeneration() {
    super(SPEC);
  }

  /** By at most this share; 1 is grey. */
  public RandomColorDegeneration(double factor) {
    this();
    setFrom(FACTOR, factor);
  }

  /** By a share between two bounds. */
  public RandomColorDegeneration(double low, double high) {
    this();
    setFrom(FACTOR, List.of(low, high));
  }

  /** The range of the values of pixels; default 0 to 255. */
  @CanIgnoreReturnValue
  public RandomColorDegeneration valueRange(double low, double high) {
    return setFrom(VALUE_RANGE, List.of(low, high));
  }

  @Override
  Augmentation draw(Tensor images, Keys keys) {
    Tensor grey = get(FACTOR).draw(keys, DType.F32, images.size(0), 1, 1, 1);
    return (Augmentation.Colour)
        given -> {
          Tensor x = cast(given);
          Tensor without = Image.rgbToGrayscale(x, format());
          Tensor y = Np.add(x, Np.multiply(cast(grey), Np.subtract(without, x)));
          return cast(clip(y, get(VALUE_RANGE)));
        };
  }
}
