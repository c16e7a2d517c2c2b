package org.cornu.layers;

import java.util.List;
import org.cornu.config.Option;

/** Options of one number or two, kept as given: shares of the sides of an image. */
final class Shares {
  private Shares() {}

  /** An option of shares in {@code [low, 1]}. */
  static Option<List<Double>> option(String key, double low) {
    return Option.of(key, new NumbersCodec())
        .where(
            "must be a number or two, in [" + Factor.number(low) + ", 1]",
            v -> v.size() <= 2 && v.stream().allMatch(x -> x >= low && x <= 1));
  }
}
