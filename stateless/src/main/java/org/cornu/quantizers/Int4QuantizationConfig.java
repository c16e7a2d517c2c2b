package org.cornu.quantizers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.jspecify.annotations.Nullable;

/** Weights as 4-bit integers, two per byte. */
public final class Int4QuantizationConfig extends QuantizationConfig {
  private static final Option<Integer> BLOCK_SIZE =
      Option.integer("block_size")
          .nullable()
          .defaultTo(128)
          .where("must be null, -1 or positive", v -> v == -1 || v > 0);

  static final Spec SPEC =
      Spec.of("keras.quantizers", "Int4QuantizationConfig")
          .options(WEIGHT_QUANTIZER, ACTIVATION_QUANTIZER, BLOCK_SIZE)
          .create(Int4QuantizationConfig::new);

  /** In groups of 128 rows. */
  public Int4QuantizationConfig() {
    super(SPEC);
  }

  /** Rows that share a scale and a zero point; null or -1 for one scale per column. */
  @CanIgnoreReturnValue
  public Int4QuantizationConfig blockSize(@Nullable Integer value) {
    set(BLOCK_SIZE, value);
    return this;
  }

  /** Rows that share a scale and a zero point; -1 for one scale per column. */
  public int blockSize() {
    Integer given = getOrNull(BLOCK_SIZE);
    return given == null ? -1 : given;
  }

  @Override
  public String mode() {
    return "int4";
  }

  @Override
  @Nullable Quantizer defaultActivationQuantizer() {
    return null;
  }
}
