package org.cornu.quantizers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Spec;
import org.jspecify.annotations.Nullable;

/** Weights, and by default inputs, as 8-bit integers. */
public final class Int8QuantizationConfig extends QuantizationConfig {
  static final Spec SPEC =
      Spec.of("keras.quantizers", "Int8QuantizationConfig")
          .options(WEIGHT_QUANTIZER, ACTIVATION_QUANTIZER)
          .create(Int8QuantizationConfig::new);

  /** With the usual quantizers. */
  public Int8QuantizationConfig() {
    super(SPEC);
  }

  /** What quantizes the inputs; null leaves them as they are. */
  @CanIgnoreReturnValue
  public Int8QuantizationConfig activationQuantizer(@Nullable Quantizer value) {
    set(ACTIVATION_QUANTIZER, value);
    return this;
  }

  @Override
  public String mode() {
    return "int8";
  }

  @Override
  Quantizer defaultActivationQuantizer() {
    return new AbsMaxQuantizer();
  }
}
