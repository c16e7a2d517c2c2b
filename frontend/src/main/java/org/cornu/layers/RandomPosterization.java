package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.ops.Random;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;

/** Keeps fewer bits of each pixel of an image: a random number of 8. */
public final class RandomPosterization extends RandomImageLayer<RandomPosterization> {
  private static final Factor BYTES = new Factor(0, 255);
  private static final Option<Factor> FACTOR = Factor.option("factor", 1, 8).required();

  static final Spec SPEC =
      table(
          "RandomPosterization", RandomPosterization::new, FACTOR, VALUE_RANGE, DATA_FORMAT, SEED);

  private RandomPosterization() {
    super(SPEC);
  }

  /** Keeps from 1 bit to fewer than this. */
  public RandomPosterization(double factor) {
    this();
    setFrom(FACTOR, factor);
  }

  /** Keeps from {@code low} bits to fewer than {@code high}. */
  public RandomPosterization(double low, double high) {
    this();
    setFrom(FACTOR, List.of(low, high));
  }

  /** The range of the values of pixels; default 0 to 255. */
  @CanIgnoreReturnValue
  public RandomPosterization valueRange(double low, double high) {
    return setFrom(VALUE_RANGE, List.of(low, high));
  }

  @Override
  Augmentation draw(Tensor images, Keys keys) {
    int batch = images.size(0);
    Factor factor = get(FACTOR);
    long low = (long) factor.low();
    long high = (long) factor.high();
    Tensor bits =
        low == high
            ? Np.full(DType.U8, low, batch)
            : Random.randint(keys.next(), low, high, DType.U8, batch);
    Tensor shift = perImage(Np.subtract(Np.full(DType.U8, 8, batch), bits));
    Factor range = get(VALUE_RANGE);
    return (Augmentation.Colour)
        x -> {
          Tensor bytes = Np.cast(range.map(x, BYTES, computeDType()), DType.U8);
          Tensor fewer = Np.leftShift(Np.rightShift(bytes, shift), shift);
          return BYTES.map(cast(fewer), range, computeDType());
        };
  }
}
