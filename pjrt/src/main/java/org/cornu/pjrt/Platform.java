package org.cornu.pjrt;

import java.util.Locale;
import java.util.Optional;

/** What a user asks for: a family of devices, independent of the vendor's plugin names. */
public enum Platform {
  CPU,
  GPU,
  TPU;

  /**
   * The platform of a user's word: {@code cpu}, {@code gpu} (also {@code cuda}, {@code rocm}) or
   * {@code tpu}, in any case.
   */
  public static Platform of(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "cpu" -> CPU;
      case "gpu", "cuda", "rocm" -> GPU;
      case "tpu" -> TPU;
      default ->
          throw new IllegalArgumentException(
              "platform: must be cpu, gpu or tpu: got '" + name + "'");
    };
  }

  /** The platform that a plugin library's file name speaks of. */
  static Optional<Platform> ofLibrary(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    if (name.contains("tpu")) {
      return Optional.of(TPU);
    }
    if (name.contains("cuda") || name.contains("rocm") || name.contains("gpu")) {
      return Optional.of(GPU);
    }
    return name.contains("cpu") ? Optional.of(CPU) : Optional.empty();
  }

  /** Whether a client with this platform name belongs to the platform. */
  boolean matches(String clientPlatformName) {
    String name = clientPlatformName.toLowerCase(Locale.ROOT);
    return switch (this) {
      case CPU -> name.equals("cpu") || name.equals("host");
      case GPU -> name.equals("cuda") || name.equals("rocm") || name.equals("gpu");
      case TPU -> name.equals("tpu");
    };
  }

  /** The word for messages and options. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
