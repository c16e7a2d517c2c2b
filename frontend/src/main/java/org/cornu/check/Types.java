package org.cornu.check;

import org.cornu.ops.Promotion;
import org.cornu.stablehlo.ir.DType;

/** Element types as Keras on JAX has them: without 64 bits unless JAX is told so. */
final class Types {
  private Types() {}

  /** The type of this name; 64-bit types become 32-bit ones. */
  static DType named(String name) {
    DType dtype = Promotion.byName(name);
    return switch (dtype) {
      case I64 -> DType.I32;
      case U64 -> DType.U32;
      case F64 -> DType.F32;
      case C128 -> DType.C64;
      default -> dtype;
    };
  }
}
