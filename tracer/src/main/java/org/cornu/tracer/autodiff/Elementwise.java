package org.cornu.tracer.autodiff;

import org.cornu.stablehlo.ir.OpCode;

/** Which ops act on each element by itself. */
final class Elementwise {
  private Elementwise() {}

  /** True when result element i depends on operand elements i only, whatever the shape. */
  static boolean is(OpCode code) {
    return switch (code) {
      case ABS,
          ADD,
          AND,
          ATAN2,
          BITCAST_CONVERT,
          CBRT,
          CEIL,
          CLAMP,
          COMPARE,
          COMPLEX,
          CONVERT,
          COSINE,
          COUNT_LEADING_ZEROS,
          DIVIDE,
          EXPONENTIAL,
          EXPONENTIAL_MINUS_ONE,
          FLOOR,
          IMAG,
          IS_FINITE,
          LOG,
          LOG_PLUS_ONE,
          LOGISTIC,
          MAXIMUM,
          MINIMUM,
          MULTIPLY,
          NEGATE,
          NOT,
          OR,
          POPCNT,
          POWER,
          REAL,
          REDUCE_PRECISION,
          REMAINDER,
          ROUND_NEAREST_AFZ,
          ROUND_NEAREST_EVEN,
          RSQRT,
          SELECT,
          SHIFT_LEFT,
          SHIFT_RIGHT_ARITHMETIC,
          SHIFT_RIGHT_LOGICAL,
          SIGN,
          SINE,
          SQRT,
          SUBTRACT,
          TAN,
          TANH,
          XOR,
          CHLO_ACOS,
          CHLO_ACOSH,
          CHLO_ASIN,
          CHLO_ASINH,
          CHLO_ATAN,
          CHLO_ATANH,
          CHLO_BESSEL_I1E,
          CHLO_CONJ,
          CHLO_COSH,
          CHLO_DIGAMMA,
          CHLO_ERF,
          CHLO_ERF_INV,
          CHLO_ERFC,
          CHLO_IS_INF,
          CHLO_IS_NEG_INF,
          CHLO_IS_POS_INF,
          CHLO_LGAMMA,
          CHLO_MULHI,
          CHLO_NEXT_AFTER,
          CHLO_POLYGAMMA,
          CHLO_SINH,
          CHLO_SQUARE,
          CHLO_TAN,
          CHLO_ZETA,
          STOP_GRADIENT ->
          true;
      default -> false;
    };
  }
}
