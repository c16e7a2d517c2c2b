package org.cornu.stablehlo.build;

import java.util.List;
import org.cornu.stablehlo.ir.Type;

/** Types. */
final class LinalgRules {
  private LinalgRules() {}

  static List<Type> cholesky(Adaptor a) {
    return a.declared();
  }

  static List<Type> triangularSolve(Adaptor a) {
    return a.declared();
  }

  static List<Type> fft(Adaptor a) {
    return a.declared();
  }

  static List<Type> einsum(Adaptor a, int n) {
    return a.declared();
  }
}
