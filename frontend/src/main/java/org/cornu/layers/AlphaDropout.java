package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Spec;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.ops.Random;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * In training, sets a random share of the elements to the value SELU saturates at, and rescales, so
 * that mean and variance of standardized inputs stay.
 */
public final class AlphaDropout extends RandomLayer<AlphaDropout> {
  static final Spec SPEC =
      Spec.of("keras.layers", "AlphaDropout")
          .base(OPTIONS)
          .options(RATE, NOISE_SHAPE, SEED)
          .create(AlphaDropout::new);

  private AlphaDropout() {
    super(SPEC);
  }

  /** With this share of elements dropped. */
  public AlphaDropout(double rate) {
    this();
    set(RATE, rate);
  }

  /** Shape of the noise, which is broadcast; null where the input's size holds. */
  @CanIgnoreReturnValue
  public AlphaDropout noiseShape(List<@Nullable Integer> value) {
    return set(NOISE_SHAPE, value);
  }

  @Override
  double strength() {
    return get(RATE);
  }

  @Override
  Tensor noisy(Tensor x, Tensor key) {
    double rate = get(RATE);
    double low = -1.6732632423543772 * 1.0507009873554805;
    double a = 1 / Math.sqrt((1 - rate) * (1 + rate * low * low));
    double b = -a * low * rate;
    Tensor draws = Random.uniform(key, DType.F32, noiseShape(this, getOrNull(NOISE_SHAPE), x));
    Tensor kept = Np.broadcastTo(Np.greaterEqual(draws, rate), x.shape().dims());
    Tensor y = Lax.select(kept, x, Lax.fullLike(x, low));
    return Np.add(Np.multiply(y, a), b);
  }
}
