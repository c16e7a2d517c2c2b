package org.cornu.stablehlo.build;

import java.util.List;
import org.cornu.stablehlo.ir.Type;

/** Types. */
final class CollectiveRules {
  private CollectiveRules() {}

  static List<Type> infer(Adaptor a) {
    return a.declared();
  }
}
