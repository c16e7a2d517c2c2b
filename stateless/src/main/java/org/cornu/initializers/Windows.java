package org.cornu.initializers;

import java.util.List;
import java.util.Map;
import org.cornu.config.ConfigException;
import org.cornu.config.Names;

/** Window functions by the names that SciPy gives them. */
final class Windows {
  /** Coefficients of sums of cosines. */
  private static final Map<String, double[]> COSINES =
      Map.of(
          "hann", new double[] {0.5, 0.5},
          "hanning", new double[] {0.5, 0.5},
          "hamming", new double[] {0.54, 0.46},
          "blackman", new double[] {0.42, 0.5, 0.08},
          "nuttall", new double[] {0.3635819, 0.4891775, 0.1365995, 0.0106411},
          "blackmanharris", new double[] {0.35875, 0.48829, 0.14128, 0.01168},
          "flattop", new double[] {0.21557895, 0.41663158, 0.277263158, 0.083578947, 0.006947368});

  private Windows() {}

  /**
   * A window.
   *
   * @param periodic whether its last value is left out, so that it continues periodically
   */
  static double[] of(String name, int length, boolean periodic) {
    if (length == 1) {
      return new double[] {1};
    }
    int points = periodic ? length + 1 : length;
    double[] out = new double[length];
    for (int i = 0; i < length; i++) {
      out[i] = value(name, i, points);
    }
    return out;
  }

  private static double value(String name, int i, int points) {
    double at = i / (points - 1.0);
    double[] terms = COSINES.get(name);
    if (terms != null) {
      // From -pi to pi, as SciPy does, to its rounding.
      double angle = i == points - 1 ? Math.PI : i * (2 * Math.PI / (points - 1)) - Math.PI;
      double sum = 0;
      for (int k = 0; k < terms.length; k++) {
        sum += terms[k] * Math.cos(k * angle);
      }
      return sum;
    }
    return switch (name) {
      case "boxcar", "ones", "rectangular" -> 1;
      case "bartlett" -> 1 - Math.abs(2 * at - 1);
      case "triang", "triangle" ->
          1 - Math.abs(2 * i + 1 - points) / (points % 2 == 0 ? points : points + 1.0);
      case "cosine", "halfcosine" -> Math.sin(Math.PI * (i + 0.5) / points);
      case "bohman" -> {
        double x = Math.abs(2 * at - 1);
        yield i == 0 || i == points - 1
            ? 0
            : (1 - x) * Math.cos(Math.PI * x) + Math.sin(Math.PI * x) / Math.PI;
      }
      default ->
          throw new ConfigException(
              "no window '"
                  + name
                  + "'"
                  + Names.hint(
                      name,
                      List.of(
                          "hann",
                          "hamming",
                          "blackman",
                          "nuttall",
                          "blackmanharris",
                          "flattop",
                          "boxcar",
                          "bartlett",
                          "triang",
                          "cosine",
                          "bohman")));
    };
  }
}
