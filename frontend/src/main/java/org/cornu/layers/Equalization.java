package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;

/**
 * Spreads the values of each channel so that all are about equally frequent, by its histogram over
 * the batch. Only in training.
 */
public final class Equalization extends ImageLayer<Equalization> {
  private static final Factor BYTES = new Factor(0, 255);
  private static final Option<Integer> BINS = Option.integer("bins").defaultTo(256).positive();

  static final Spec SPEC = table("Equalization", Equalization::new, VALUE_RANGE, BINS, DATA_FORMAT);

  /** Of pixels between 0 and 255, with 256 bins. */
  public Equalization() {
    super(SPEC);
  }

  /** The range of the values of pixels; default 0 to 255. */
  @CanIgnoreReturnValue
  public Equalization valueRange(double low, double high) {
    return setFrom(VALUE_RANGE, List.of(low, high));
  }

  /** Number of bins of the histogram. */
  @CanIgnoreReturnValue
  public Equalization bins(int value) {
    return set(BINS, value);
  }

  @Override
  Augmentation prepare(Tensor images, boolean training) {
    if (!training) {
      return Augmentation.NONE;
    }
    return (Augmentation.Colour)
        given -> {
          List<Tensor> channels = new ArrayList<>();
          for (Tensor channel : Np.unstack(cast(given), channelAxis())) {
            channels.add(equalized(channel));
          }
          return cast(Np.stack(channels, channelAxis()));
        };
  }

  private static Tensor scaled(Tensor x, Factor from, Factor to) {
    double scale = to.span() / from.span();
    return Np.add(Np.multiply(x, scale), to.low() - from.low() * scale);
  }

  private Tensor equalized(Tensor given) {
    Factor range = get(VALUE_RANGE);
    // Keras compares its list of bounds with a tuple, so that values are always scaled.
    Tensor x = scaled(given, range, BYTES);
    int bins = get(BINS);
    Tensor bin = Np.divide(Np.multiply(Np.cast(x, DType.F32), bins - 1.0), 255.0);
    Tensor index = Np.clip(Np.cast(bin, DType.I32), 0L, bins - 1L);
    Tensor counts = Np.bincount(Np.ravel(index), bins);
    Tensor used = Np.countNonzero(counts);
    Tensor y = Np.where(Np.lessEqual(used, 1L), x, looked(x, counts));
    return scaled(y, BYTES, range);
  }

  private Tensor looked(Tensor x, Tensor counts) {
    int bins = get(BINS);
    Tensor sums = Np.cumsum(counts, 0);
    Tensor first = Np.take(sums, Np.argmax(Np.greater(sums, 0L)), 0);
    Tensor rest = Np.subtract(Np.max(sums), first);
    Tensor divisor = Np.where(Np.equal(rest, 0L), Np.onesLike(rest), rest);
    // Times the reciprocal, as XLA divides by one number for all: it decides between grey levels.
    Tensor levels = Np.cast(Np.multiply(Np.subtract(sums, first), 255L), DType.F32);
    Tensor table = Np.multiply(levels, Np.divide(1.0, Np.cast(divisor, DType.F32)));
    Tensor rounded = Np.clip(Np.round(table), 0.0, 255.0);
    Tensor place = Np.multiply(Np.divide(x, 255.0), bins - 1.0);
    return Np.take(rounded, Np.cast(Np.clip(place, 0.0, bins - 1.0), DType.I32), 0);
  }
}
