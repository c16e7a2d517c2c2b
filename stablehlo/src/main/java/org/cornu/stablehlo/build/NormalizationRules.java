package org.cornu.stablehlo.build;

import java.util.List;
import org.cornu.stablehlo.ir.Type;

/** Types. */
final class NormalizationRules {
  private NormalizationRules() {}

  static List<Type> grad(Adaptor a) {
    return a.declared();
  }

  static List<Type> inference(Adaptor a) {
    return a.declared();
  }

  static List<Type> training(Adaptor a) {
    return a.declared();
  }
}
