package org.cornu.layers;

import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Nn;
import org.cornu.tracer.Tensor;

/** {@code x} where positive, {@code alpha (exp(x) - 1)} where negative. */
public final class ELU extends Layer<ELU> {
  private static final Option<Double> ALPHA = Option.real("alpha").defaultTo(1.0);

  static final Spec SPEC =
      Spec.of("keras.layers", "ELU").base(OPTIONS).options(ALPHA).create(() -> new ELU());

  /** With alpha 1. */
  public ELU() {
    super(SPEC);
  }

  /** With this alpha. */
  public ELU(double alpha) {
    this();
    set(ALPHA, alpha);
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    return Nn.elu(x, get(ALPHA));
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }
}
