package org.cornu.stablehlo.build;

import java.util.List;
import org.cornu.stablehlo.ir.Type;

/** Types. */
final class RandomRules {
  private RandomRules() {}

  static List<Type> rng(Adaptor a) {
    return a.declared();
  }

  static List<Type> rngBitGenerator(Adaptor a) {
    return a.declared();
  }
}
