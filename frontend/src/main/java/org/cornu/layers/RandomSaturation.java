package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Image;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;

/** Makes the colours of each image stronger or weaker by a random factor. */
public final class RandomSaturation extends RandomImageLayer<RandomSaturation> {
  private static final double EPSILON = 1e-7;
  private static final Option<Factor> FACTOR = Factor.option("factor", -1, 1).required();

  static final Spec SPEC =
      table("RandomSaturation", RandomSaturation::new, FACTOR, VALUE_RANGE, DATA_FORMAT, SEED);

  private RandomSaturation() {
    super(SPEC);
  }

  /** By {@code f / (1 - f)} for an {@code f} of at most this, either way; 0.5 changes nothing. */
  public RandomSaturation(double factor) {
    this();
    setFrom(FACTOR, factor);
  }

  /** By {@code f / (1 - f)} for an {@code f} between two bounds; 0.5 changes nothing. */
  public RandomSaturation(double low, double high) {
    this();
    setFrom(FACTOR, List.of(low, high));
  }

  /** The range of the values of pixels; default 0 to 255. */
  @CanIgnoreReturnValue
  public RandomSaturation valueRange(double low, double high) {
    return setFrom(VALUE_RANGE, List.of(low, high));
  }

  @Override
  Augmentation draw(Tensor images, Keys keys) {
    int batch = images.size(0);
    Tensor drawn = get(FACTOR).draw(keys, DType.F32, batch);
    Tensor factor = Np.divide(drawn, Np.add(Np.subtract(1.0, drawn), EPSILON));
    Factor range = get(VALUE_RANGE);
    return (Augmentation.Colour)
        x -> {
          List<Tensor> hsv = Np.unstack(Image.rgbToHsv(x, format()), channelAxis());
          Tensor stronger = Np.multiply(hsv.get(1), Np.reshape(cast(factor), batch, 1, 1));
          Tensor saturation = Np.clip(stronger, range.low(), range.high());
          return Image.hsvToRgb(
              Np.stack(List.of(hsv.get(0), saturation, hsv.get(2)), channelAxis()), format());
        };
  }
}
