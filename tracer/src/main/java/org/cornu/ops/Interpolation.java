package org.cornu.ops;

import java.util.Locale;
import org.cornu.tracer.OpException;

/** How pixels between pixels are made up. */
public enum Interpolation {
  /** The nearest pixel. */
  NEAREST,
  /** Weighted by distance, along each axis: a triangle of radius 1. */
  BILINEAR,
  /** Keys' cubic with a = -1/2, radius 2. */
  BICUBIC,
  /** Lanczos' kernel of radius 3. */
  LANCZOS3,
  /** Lanczos' kernel of radius 5. */
  LANCZOS5;

  /** The method by Keras' name; {@code linear}, {@code cubic} and the like mean the same. */
  public static Interpolation of(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "nearest" -> NEAREST;
      case "linear", "bilinear", "trilinear" -> BILINEAR;
      case "cubic", "bicubic", "tricubic" -> BICUBIC;
      case "lanczos3" -> LANCZOS3;
      case "lanczos5" -> LANCZOS5;
      default ->
          throw new OpException(
              "interpolation: must be nearest, bilinear, bicubic, lanczos3 or lanczos5: got '"
                  + name
                  + "'");
    };
  }

  /** Keras' name. */
  public String kerasName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The weight of a pixel at a distance. */
  double weight(double distance) {
    double x = Math.abs(distance);
    return switch (this) {
      case NEAREST -> x <= 0.5 ? 1 : 0;
      case BILINEAR -> Math.max(0, 1 - x);
      case BICUBIC -> {
        if (x >= 2) {
          yield 0;
        }
        yield x >= 1 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : (1.5 * x - 2.5) * x * x + 1;
      }
      case LANCZOS3 -> lanczos(x, 3);
      case LANCZOS5 -> lanczos(x, 5);
    };
  }

  private static double lanczos(double x, double radius) {
    if (x > radius) {
      return 0;
    }
    double a = Math.PI * x;
    return x < 1e-3 ? 1 : radius * Math.sin(a) * Math.sin(a / radius) / (a * a);
  }
}
