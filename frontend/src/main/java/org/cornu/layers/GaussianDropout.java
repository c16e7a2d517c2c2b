package org.cornu.layers;

import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.ops.Random;
import org.cornu.tracer.Tensor;

/** In training, factors with mean 1 and standard deviation {@code sqrt(rate / (1 - rate))}. */
public final class GaussianDropout extends RandomLayer<GaussianDropout> {
  static final Spec SPEC =
      Spec.of("keras.layers", "GaussianDropout")
          .base(OPTIONS)
          .options(RATE, SEED)
          .create(GaussianDropout::new);

  private GaussianDropout() {
    super(SPEC);
  }

  /** As strong as a dropout of this rate. */
  public GaussianDropout(double rate) {
    this();
    set(RATE, rate);
  }

  @Override
  double strength() {
    return get(RATE);
  }

  @Override
  Tensor noisy(Tensor x, Tensor key) {
    double rate = get(RATE);
    Tensor noise = Random.normal(key, x.dtype(), x.shape().dims());
    return Np.multiply(x, Np.add(Np.multiply(noise, Math.sqrt(rate / (1 - rate))), 1.0));
  }
}
