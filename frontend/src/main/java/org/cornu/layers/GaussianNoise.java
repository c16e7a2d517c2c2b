package org.cornu.layers;

import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.ops.Random;
import org.cornu.tracer.Tensor;

/** In training, adds normal noise. */
public final class GaussianNoise extends RandomLayer<GaussianNoise> {
  private static final Option<Double> STDDEV = Option.real("stddev").required().within(0, 1);

  static final Spec SPEC =
      Spec.of("keras.layers", "GaussianNoise")
          .base(OPTIONS)
          .options(STDDEV, SEED)
          .create(GaussianNoise::new);

  private GaussianNoise() {
    super(SPEC);
  }

  /** With this standard deviation. */
  public GaussianNoise(double stddev) {
    this();
    set(STDDEV, stddev);
  }

  @Override
  double strength() {
    return get(STDDEV);
  }

  @Override
  Tensor noisy(Tensor x, Tensor key) {
    Tensor noise = Random.normal(key, x.dtype(), x.shape().dims());
    return Np.add(x, Np.multiply(noise, get(STDDEV)));
  }
}
