package org.cornu.stablehlo.build;

import java.util.List;
import org.cornu.stablehlo.ir.Type;

/** Types. */
final class DynamicRules {
  private DynamicRules() {}

  static List<Type> broadcastInDim(Adaptor a) {
    return a.declared();
  }

  static List<Type> gather(Adaptor a) {
    return a.declared();
  }

  static List<Type> iota(Adaptor a) {
    return a.declared();
  }

  static List<Type> pad(Adaptor a) {
    return a.declared();
  }

  static List<Type> reshape(Adaptor a) {
    return a.declared();
  }

  static List<Type> slice(Adaptor a) {
    return a.declared();
  }

  static List<Type> setDimensionSize(Adaptor a) {
    return a.declared();
  }
}
