package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * In training, sets a random share of the elements to 0 and scales the others by {@code 1 / (1 -
 * rate)}.
 */
public final class Dropout extends RandomLayer<Dropout> {
  static final Spec SPEC =
      Spec.of("keras.layers", "Dropout")
          .base(OPTIONS)
          .options(RATE, NOISE_SHAPE, SEED)
          .create(Dropout::new);

  private Dropout() {
    super(SPEC);
  }

  /** With this share of elements dropped. */
  public Dropout(double rate) {
    this();
    set(RATE, rate);
  }

  /** Shape of the noise, which is broadcast; null where the input's size holds. */
  @CanIgnoreReturnValue
  public Dropout noiseShape(List<@Nullable Integer> value) {
    return set(NOISE_SHAPE, value);
  }

  @Override
  double strength() {
    return get(RATE);
  }

  @Override
  Tensor noisy(Tensor x, Tensor key) {
    return dropout(x, key, get(RATE), noiseShape(this, getOrNull(NOISE_SHAPE), x));
  }
}
