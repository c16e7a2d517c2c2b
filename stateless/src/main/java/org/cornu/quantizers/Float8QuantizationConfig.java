package org.cornu.quantizers;

import org.cornu.config.Spec;
import org.jspecify.annotations.Nullable;

/** Training in which inputs, weights and gradients are rounded to 8-bit floats. */
public final class Float8QuantizationConfig extends QuantizationConfig {
  static final Spec SPEC =
      Spec.of("keras.quantizers", "Float8QuantizationConfig").create(Float8QuantizationConfig::new);

  /** The only one. */
  public Float8QuantizationConfig() {
    super(SPEC);
  }

  @Override
  public String mode() {
    return "float8";
  }

  @Override
  public @Nullable Quantizer weightQuantizer() {
    return null;
  }

  @Override
  public @Nullable Quantizer activationQuantizer() {
    return null;
  }

  @Override
  @Nullable Quantizer defaultActivationQuantizer() {
    return null;
  }
}
