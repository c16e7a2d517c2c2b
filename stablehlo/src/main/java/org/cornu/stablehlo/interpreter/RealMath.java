package org.cornu.stablehlo.interpreter;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.OpCode;

/** Elementwise functions of real numbers in double precision; the caller rounds to the type. */
final class RealMath {
  private static final double LN2 = Math.log(2);

  private RealMath() {}

  /** The function of a unary op whose steps, where it has some, are of type {@code dtype}. */
  static DoubleUnaryOperator unary(OpCode code, DType dtype) {
    return switch (code) {
      case ABS -> Math::abs;
      case CBRT -> Math::cbrt;
      case CEIL -> Math::ceil;
      case COSINE -> Math::cos;
      case EXPONENTIAL -> Math::exp;
      case EXPONENTIAL_MINUS_ONE -> Math::expm1;
      case FLOOR -> Math::floor;
      case LOG -> Math::log;
      case LOG_PLUS_ONE -> Math::log1p;
      case LOGISTIC -> RealMath::logistic;
      case NEGATE -> x -> -x;
      case ROUND_NEAREST_AFZ -> RealMath::roundAwayFromZero;
      case ROUND_NEAREST_EVEN -> Math::rint;
      case RSQRT -> x -> 1 / Math.sqrt(x);
      case SIGN -> Math::signum;
      case SINE -> Math::sin;
      case SQRT -> Math::sqrt;
      case TAN, CHLO_TAN -> Math::tan;
      case TANH -> Math::tanh;
      case REAL, CHLO_CONJ -> x -> x;
      case CHLO_ASIN_ACOS_KERNEL -> x -> Math.sqrt((1 - x) * (1 + x));
      case CHLO_ACOS -> Math::acos;
      case CHLO_ACOSH -> RealMath::acosh;
      case CHLO_ASIN -> Math::asin;
      case CHLO_ASINH -> RealMath::asinh;
      case CHLO_ATAN -> Math::atan;
      case CHLO_ATANH -> RealMath::atanh;
      case CHLO_BESSEL_I1E -> SpecialFunctions::besselI1e;
      case CHLO_COSH -> x -> SpecialFunctions.cosh(dtype, x);
      case CHLO_DIGAMMA -> SpecialFunctions::digamma;
      case CHLO_ERF -> SpecialFunctions::erf;
      case CHLO_ERFC -> SpecialFunctions::erfc;
      case CHLO_ERF_INV -> SpecialFunctions::erfInv;
      case CHLO_LGAMMA -> SpecialFunctions::lgamma;
      case CHLO_SINH -> x -> SpecialFunctions.sinh(dtype, x);
      case CHLO_SQUARE -> x -> x * x;
      default -> throw new InterpreterException(code.shortName() + ": not defined on floats");
    };
  }

  /** The function of a binary op on floats. */
  static DoubleBinaryOperator binary(OpCode code) {
    return switch (code) {
      case ADD -> (x, y) -> x + y;
      case SUBTRACT -> (x, y) -> x - y;
      case MULTIPLY -> (x, y) -> x * y;
      case DIVIDE -> (x, y) -> x / y;
      case REMAINDER -> (x, y) -> x % y;
      case MAXIMUM -> Math::max;
      case MINIMUM -> Math::min;
      case POWER -> RealMath::power;
      case ATAN2 -> Math::atan2;
      case CHLO_ZETA -> SpecialFunctions::zeta;
      case CHLO_POLYGAMMA -> SpecialFunctions::polygamma;
      default -> throw new InterpreterException(code.shortName() + ": not defined on floats");
    };
  }

  /** IEEE 754 pow, where {@link Math#pow} says NaN for 1 to any power and -1 to an infinite one. */
  static double power(double x, double y) {
    if (x == 1 || (x == -1 && Double.isInfinite(y))) {
      return 1;
    }
    return Math.pow(x, y);
  }

  static double logistic(double x) {
    if (x >= 0) {
      return 1 / (1 + Math.exp(-x));
    }
    double e = Math.exp(x);
    return e / (1 + e);
  }

  private static double roundAwayFromZero(double x) {
    double a = Math.abs(x);
    double whole = Math.floor(a);
    return Math.copySign(a - whole >= 0.5 ? whole + 1 : whole, x);
  }

  static double asinh(double x) {
    double a = Math.abs(x);
    double out = a > 1e150 ? Math.log(a) + LN2 : Math.log1p(a + a * a / (1 + Math.sqrt(a * a + 1)));
    return Math.copySign(out, x);
  }

  static double acosh(double x) {
    if (x > 1e150) {
      return Math.log(x) + LN2;
    }
    return Math.log1p((x - 1) + Math.sqrt((x - 1) * (x + 1)));
  }

  static double atanh(double x) {
    double a = Math.abs(x);
    return Math.copySign(0.5 * Math.log1p(2 * a / (1 - a)), x);
  }
}
