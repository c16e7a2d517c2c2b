package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Image;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;

/** Turns the hue of each image by a random angle. */
public final class RandomHue extends RandomImageLayer<RandomHue> {
  private static final Factor UNIT = new Factor(0, 1);
  private static final Option<Factor> FACTOR = Factor.option("factor", 0, 1).required();

  static final Spec SPEC =
      table("RandomHue", RandomHue::new, FACTOR, VALUE_RANGE, DATA_FORMAT, SEED);

  private RandomHue() {
    super(SPEC);
  }

  /** By at most this share of half a turn, either way. */
  public RandomHue(double factor) {
    this();
    setFrom(FACTOR, factor);
  }

  /** By a share of half a turn between two bounds, either way. */
  public RandomHue(double low, double high) {
    this();
    setFrom(FACTOR, List.of(low, high));
  }

  /** The range of the values of pixels; default 0 to 255. */
  @CanIgnoreReturnValue
  public RandomHue valueRange(double low, double high) {
    return setFrom(VALUE_RANGE, List.of(low, high));
  }

  @Override
  Augmentation draw(Tensor images, Keys keys) {
    int batch = images.size(0);
    Tensor coin = uniform(keys, 0, 1, batch);
    Tensor side = Np.where(Np.greater(coin, 0.5), Np.fullLike(coin, -1), Np.onesLike(coin));
    Tensor turn = Np.multiply(Np.multiply(side, get(FACTOR).draw(keys, DType.F32, batch)), 0.5);
    Factor range = get(VALUE_RANGE);
    return (Augmentation.Colour)
        given -> {
          Tensor x = range.map(cast(given), UNIT, DType.F32);
          List<Tensor> hsv = Np.unstack(Image.rgbToHsv(x, format()), channelAxis());
          Tensor hue = Np.add(hsv.get(0), Np.reshape(Np.cast(turn, x.dtype()), batch, 1, 1));
          hue = Np.where(Np.greater(hue, 1.0), Np.subtract(hue, 1.0), hue);
          hue = Np.where(Np.less(hue, 0.0), Np.add(hue, 1.0), hue);
          Tensor turned = Np.stack(List.of(hue, hsv.get(1), hsv.get(2)), channelAxis());
          Tensor rgb = Np.clip(Image.hsvToRgb(turned, format()), 0.0, 1.0);
          return cast(UNIT.map(rgb, range, DType.F32));
        };
  }
}
