package org.cornu.stablehlo.bytecode;

import java.util.List;
import org.cornu.stablehlo.ir.Attribute;
import org.jspecify.annotations.Nullable;

/** VHLO's enum attributes: code of the attribute, StableHLO's name of the enum, its words. */
enum VhloEnum {
  COMPARISON_DIRECTION(3, "comparison_direction", "EQ", "NE", "GE", "GT", "LE", "LT"),
  COMPARISON_TYPE(4, "comparison_type", "NOTYPE", "FLOAT", "TOTALORDER", "SIGNED", "UNSIGNED"),
  /** An {@code i32} in StableHLO: 0 unspecified, 1 original, 2 to 4 the later ones. */
  API_VERSION(5, "api_version", "0", "1", "2", "3", "4"),
  FFT_TYPE(7, "fft_type", "FFT", "IFFT", "RFFT", "IRFFT"),
  PRECISION(11, "precision", "DEFAULT", "HIGH", "HIGHEST"),
  RNG_ALGORITHM(12, "rng_algorithm", "DEFAULT", "THREE_FRY", "PHILOX"),
  /** Counts from 1. */
  RNG_DISTRIBUTION(13, "rng_distribution", "", "UNIFORM", "NORMAL"),
  TRANSPOSE(16, "transpose", "TRANSPOSE_INVALID", "NO_TRANSPOSE", "TRANSPOSE", "ADJOINT"),
  RESULT_ACCURACY_MODE(19, "result_accuracy_mode", "DEFAULT", "HIGHEST", "TOLERANCE");

  final int code;
  final String kind;
  final List<String> words;

  VhloEnum(int code, String kind, String... words) {
    this.code = code;
    this.kind = kind;
    this.words = List.of(words);
  }

  static @Nullable VhloEnum byCode(int code) {
    for (VhloEnum kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    return null;
  }

  static @Nullable VhloEnum byKind(String name) {
    for (VhloEnum kind : values()) {
      if (kind.kind.equals(name)) {
        return kind;
      }
    }
    return null;
  }

  /** The attribute whose value stands at the cursor. */
  Attribute attribute(ByteInput in) {
    int value = in.count();
    if (value >= words.size()) {
      throw in.error(kind + " has no value " + value);
    }
    return this == API_VERSION
        ? Attribute.Int.i32(value)
        : new Attribute.Keyword(kind, words.get(value));
  }
}
