package org.cornu.stablehlo.build;

import java.util.List;
import org.cornu.stablehlo.ir.Type;

/** Types. */
final class QuantizationRules {
  private QuantizationRules() {}

  static List<Type> quantize(Adaptor a) {
    return a.declared();
  }

  static List<Type> dequantize(Adaptor a) {
    return a.declared();
  }
}
