package org.cornu.stablehlo.build;

import java.util.List;
import org.cornu.stablehlo.ir.Type;

/** Types. */
final class ChloRules {
  private ChloRules() {}

  static List<Type> broadcastCompare(Adaptor a) {
    return a.declared();
  }

  static List<Type> broadcastComplex(Adaptor a) {
    return a.declared();
  }

  static List<Type> broadcastSelect(Adaptor a) {
    return a.declared();
  }

  static List<Type> constantLike(Adaptor a) {
    return a.declared();
  }

  static List<Type> raggedDot(Adaptor a) {
    return a.declared();
  }

  static List<Type> scan(Adaptor a) {
    return a.declared();
  }

  static List<Type> topK(Adaptor a) {
    return a.declared();
  }

  static List<Type> broadcastBinary(Adaptor a, int kinds) {
    return a.declared();
  }
}
