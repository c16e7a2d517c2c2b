package org.cornu.layers;

import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Nn;
import org.cornu.tracer.Tensor;

/** The positive part, and a small slope (default 0.3) where negative. */
public final class LeakyReLU extends Layer<LeakyReLU> {
  private static final Option<Double> NEGATIVE_SLOPE =
      Option.real("negative_slope").defaultTo(0.3).nonNegative();

  static final Spec SPEC =
      Spec.of("keras.layers", "LeakyReLU")
          .base(OPTIONS)
          .options(NEGATIVE_SLOPE)
          .create(() -> new LeakyReLU());

  /** With slope 0.3. */
  public LeakyReLU() {
    super(SPEC);
  }

  /** With this slope. */
  public LeakyReLU(double negativeSlope) {
    this();
    set(NEGATIVE_SLOPE, negativeSlope);
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    return Nn.leakyRelu(x, get(NEGATIVE_SLOPE));
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }
}
