package org.cornu.ops;

import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.tracer.Dispatch;
import org.cornu.tracer.Tensor;

/** The elementwise part of {@link Lax}: operands of one shape and one type. */
abstract sealed class LaxElementwise permits LaxShape {

  /** Absolute value; the modulus of a complex number. Derivative at 0: +1. Elementwise. */
  public static Tensor abs(Tensor x) {
    return Dispatch.unary(x, Builder::abs);
  }

  /** Cube root. Elementwise. */
  public static Tensor cbrt(Tensor x) {
    return Dispatch.unary(x, Builder::cbrt);
  }

  /** Smallest integer not below. Elementwise. */
  public static Tensor ceil(Tensor x) {
    return Dispatch.unary(x, Builder::ceil);
  }

  /** Number of leading zero bits. Elementwise. */
  public static Tensor clz(Tensor x) {
    return Dispatch.unary(x, Builder::countLeadingZeros);
  }

  /** Cosine. Elementwise. */
  public static Tensor cos(Tensor x) {
    return Dispatch.unary(x, Builder::cosine);
  }

  /** e to the power of x. Elementwise. */
  public static Tensor exp(Tensor x) {
    return Dispatch.unary(x, Builder::exponential);
  }

  /** e to the power of x, minus 1, exact near 0. Elementwise. */
  public static Tensor expm1(Tensor x) {
    return Dispatch.unary(x, Builder::expm1);
  }

  /** Largest integer not above. Elementwise. */
  public static Tensor floor(Tensor x) {
    return Dispatch.unary(x, Builder::floor);
  }

  /** Imaginary part. Elementwise. */
  public static Tensor imag(Tensor x) {
    return Dispatch.unary(x, Builder::imag);
  }

  /** True where neither infinite nor NaN. Elementwise. */
  public static Tensor isFinite(Tensor x) {
    return Dispatch.unary(x, Builder::isFinite);
  }

  /** Natural logarithm. Elementwise. */
  public static Tensor log(Tensor x) {
    return Dispatch.unary(x, Builder::log);
  }

  /** Logarithm of 1 + x, exact near 0. Elementwise. */
  public static Tensor log1p(Tensor x) {
    return Dispatch.unary(x, Builder::log1p);
  }

  /** 1 / (1 + exp(-x)). Elementwise. */
  public static Tensor logistic(Tensor x) {
    return Dispatch.unary(x, Builder::logistic);
  }

  /** Negation. Elementwise. */
  public static Tensor neg(Tensor x) {
    return Dispatch.unary(x, Builder::negate);
  }

  /** Bitwise, or for bool logical, complement. Elementwise. */
  public static Tensor bitwiseNot(Tensor x) {
    return Dispatch.unary(x, Builder::not);
  }

  /** Number of one bits. Elementwise. */
  public static Tensor populationCount(Tensor x) {
    return Dispatch.unary(x, Builder::popcnt);
  }

  /** Real part. Elementwise. */
  public static Tensor real(Tensor x) {
    return Dispatch.unary(x, Builder::real);
  }

  /** Nearest integer, halves away from zero. Elementwise. */
  public static Tensor roundNearestAfz(Tensor x) {
    return Dispatch.unary(x, Builder::roundNearestAfz);
  }

  /** Nearest integer, halves to even. Elementwise. */
  public static Tensor roundNearestEven(Tensor x) {
    return Dispatch.unary(x, Builder::roundNearestEven);
  }

  /** 1 / sqrt(x). Elementwise. */
  public static Tensor rsqrt(Tensor x) {
    return Dispatch.unary(x, Builder::rsqrt);
  }

  /** -1, 0 or 1; x/|x| for complex numbers. Elementwise. */
  public static Tensor sign(Tensor x) {
    return Dispatch.unary(x, Builder::sign);
  }

  /** Sine. Elementwise. */
  public static Tensor sin(Tensor x) {
    return Dispatch.unary(x, Builder::sine);
  }

  /** Square root. Elementwise. */
  public static Tensor sqrt(Tensor x) {
    return Dispatch.unary(x, Builder::sqrt);
  }

  /** Tangent. Elementwise. */
  public static Tensor tan(Tensor x) {
    return Dispatch.unary(x, Builder::tan);
  }

  /** Hyperbolic tangent. Elementwise. */
  public static Tensor tanh(Tensor x) {
    return Dispatch.unary(x, Builder::tanh);
  }

  /** Inverse cosine, elementwise. */
  public static Tensor acos(Tensor x) {
    return Dispatch.unary(x, (b, v) -> b.unary(OpCode.CHLO_ACOS, v));
  }

  /** Inverse hyperbolic cosine, elementwise. */
  public static Tensor acosh(Tensor x) {
    return Dispatch.unary(x, (b, v) -> b.unary(OpCode.CHLO_ACOSH, v));
  }

  /** Inverse sine, elementwise. */
  public static Tensor asin(Tensor x) {
    return Dispatch.unary(x, (b, v) -> b.unary(OpCode.CHLO_ASIN, v));
  }

  /** Inverse hyperbolic sine, elementwise. */
  public static Tensor asinh(Tensor x) {
    return Dispatch.unary(x, (b, v) -> b.unary(OpCode.CHLO_ASINH, v));
  }

  /** Inverse tangent, elementwise. */
  public static Tensor atan(Tensor x) {
    return Dispatch.unary(x, (b, v) -> b.unary(OpCode.CHLO_ATAN, v));
  }

  /** Inverse hyperbolic tangent, elementwise. */
  public static Tensor atanh(Tensor x) {
    return Dispatch.unary(x, (b, v) -> b.unary(OpCode.CHLO_ATANH, v));
  }

  /** Exponentially scaled modified Bessel function of order 1, elementwise. */
  public static Tensor besselI1e(Tensor x) {
    return Dispatch.unary(x, (b, v) -> b.unary(OpCode.CHLO_BESSEL_I1E, v));
  }

  /** Complex conjugate, elementwise. */
  public static Tensor conj(Tensor x) {
    return Dispatch.unary(x, (b, v) -> b.unary(OpCode.CHLO_CONJ, v));
  }

  /** Hyperbolic cosine, elementwise. */
  public static Tensor cosh(Tensor x) {
    return Dispatch.unary(x, (b, v) -> b.unary(OpCode.CHLO_COSH, v));
  }

  /** Derivative of lgamma, elementwise. */
  public static Tensor digamma(Tensor x) {
    return Dispatch.unary(x, (b, v) -> b.unary(OpCode.CHLO_DIGAMMA, v));
  }

  /** Error function, elementwise. */
  public static Tensor erf(Tensor x) {
    return Dispatch.unary(x, (b, v) -> b.unary(OpCode.CHLO_ERF, v));
  }

  /** Inverse of the error function, elementwise. */
  public static Tensor erfInv(Tensor x) {
    return Dispatch.unary(x, (b, v) -> b.unary(OpCode.CHLO_ERF_INV, v));
  }

  /** 1 - erf(x), elementwise. */
  public static Tensor erfc(Tensor x) {
    return Dispatch.unary(x, (b, v) -> b.unary(OpCode.CHLO_ERFC, v));
  }

  /** Logarithm of |gamma(x)|, elementwise. */
  public static Tensor lgamma(Tensor x) {
    return Dispatch.unary(x, (b, v) -> b.unary(OpCode.CHLO_LGAMMA, v));
  }

  /** Hyperbolic sine, elementwise. */
  public static Tensor sinh(Tensor x) {
    return Dispatch.unary(x, (b, v) -> b.unary(OpCode.CHLO_SINH, v));
  }

  /** x times x, elementwise. */
  public static Tensor square(Tensor x) {
    return Dispatch.unary(x, (b, v) -> b.unary(OpCode.CHLO_SQUARE, v));
  }

  /** Sum. Elementwise on equal shapes and types. */
  public static Tensor add(Tensor x, Tensor y) {
    return Dispatch.one((b, v) -> b.add(v[0], v[1]), x, y);
  }

  /** Angle of the point (y, x). Elementwise on equal shapes and types. */
  public static Tensor atan2(Tensor x, Tensor y) {
    return Dispatch.one((b, v) -> b.atan2(v[0], v[1]), x, y);
  }

  /** Complex number from real and imaginary part. Elementwise on equal shapes and types. */
  public static Tensor complex(Tensor x, Tensor y) {
    return Dispatch.one((b, v) -> b.complex(v[0], v[1]), x, y);
  }

  /** Quotient; integers truncate toward zero. Elementwise on equal shapes and types. */
  public static Tensor div(Tensor x, Tensor y) {
    return Dispatch.one((b, v) -> b.divide(v[0], v[1]), x, y);
  }

  /** Larger of two; NaN wins. Ties share the derivative. Elementwise on equal shapes and types. */
  public static Tensor max(Tensor x, Tensor y) {
    return Dispatch.one((b, v) -> b.maximum(v[0], v[1]), x, y);
  }

  /** Smaller of two; NaN wins. Ties share the derivative. Elementwise on equal shapes and types. */
  public static Tensor min(Tensor x, Tensor y) {
    return Dispatch.one((b, v) -> b.minimum(v[0], v[1]), x, y);
  }

  /** Product. Elementwise on equal shapes and types. */
  public static Tensor mul(Tensor x, Tensor y) {
    return Dispatch.one((b, v) -> b.multiply(v[0], v[1]), x, y);
  }

  /** x to the power of y. Elementwise on equal shapes and types. */
  public static Tensor pow(Tensor x, Tensor y) {
    return Dispatch.one((b, v) -> b.power(v[0], v[1]), x, y);
  }

  /** Remainder with the sign of x. Elementwise on equal shapes and types. */
  public static Tensor rem(Tensor x, Tensor y) {
    return Dispatch.one((b, v) -> b.remainder(v[0], v[1]), x, y);
  }

  /** Difference. Elementwise on equal shapes and types. */
  public static Tensor sub(Tensor x, Tensor y) {
    return Dispatch.one((b, v) -> b.subtract(v[0], v[1]), x, y);
  }

  /** Bitwise, or for bool logical, and. Elementwise on equal shapes and types. */
  public static Tensor bitwiseAnd(Tensor x, Tensor y) {
    return Dispatch.one((b, v) -> b.and(v[0], v[1]), x, y);
  }

  /** Bitwise, or for bool logical, or. Elementwise on equal shapes and types. */
  public static Tensor bitwiseOr(Tensor x, Tensor y) {
    return Dispatch.one((b, v) -> b.or(v[0], v[1]), x, y);
  }

  /** Bitwise, or for bool logical, exclusive or. Elementwise on equal shapes and types. */
  public static Tensor bitwiseXor(Tensor x, Tensor y) {
    return Dispatch.one((b, v) -> b.xor(v[0], v[1]), x, y);
  }

  /** Bits of x shifted left by y. Elementwise on equal shapes and types. */
  public static Tensor shiftLeft(Tensor x, Tensor y) {
    return Dispatch.one((b, v) -> b.shiftLeft(v[0], v[1]), x, y);
  }

  /** Bits of x shifted right by y, filled with the sign. Elementwise on equal shapes and types. */
  public static Tensor shiftRightArithmetic(Tensor x, Tensor y) {
    return Dispatch.one((b, v) -> b.shiftRightArithmetic(v[0], v[1]), x, y);
  }

  /** Bits of x shifted right by y, filled with zeros. Elementwise on equal shapes and types. */
  public static Tensor shiftRightLogical(Tensor x, Tensor y) {
    return Dispatch.one((b, v) -> b.shiftRightLogical(v[0], v[1]), x, y);
  }

  /** The next float after x toward y, elementwise. */
  public static Tensor nextAfter(Tensor x, Tensor y) {
    return Dispatch.one((b, v) -> b.binary(OpCode.CHLO_NEXT_AFTER, v[0], v[1]), x, y);
  }

  /** Derivative of order n of digamma at x, (n, x), elementwise. */
  public static Tensor polygamma(Tensor x, Tensor y) {
    return Dispatch.one((b, v) -> b.binary(OpCode.CHLO_POLYGAMMA, v[0], v[1]), x, y);
  }

  /** Hurwitz zeta function of (x, q), elementwise. */
  public static Tensor zeta(Tensor x, Tensor y) {
    return Dispatch.one((b, v) -> b.binary(OpCode.CHLO_ZETA, v[0], v[1]), x, y);
  }

  /** True where equal; IEEE order, NaN is unordered. */
  public static Tensor eq(Tensor x, Tensor y) {
    return Dispatch.one((b, v) -> b.compare(v[0], v[1], Comparison.EQ), x, y);
  }

  /** True where not equal; IEEE order, NaN is unordered. */
  public static Tensor ne(Tensor x, Tensor y) {
    return Dispatch.one((b, v) -> b.compare(v[0], v[1], Comparison.NE), x, y);
  }

  /** True where x >= y; IEEE order, NaN is unordered. */
  public static Tensor ge(Tensor x, Tensor y) {
    return Dispatch.one((b, v) -> b.compare(v[0], v[1], Comparison.GE), x, y);
  }

  /** True where x > y; IEEE order, NaN is unordered. */
  public static Tensor gt(Tensor x, Tensor y) {
    return Dispatch.one((b, v) -> b.compare(v[0], v[1], Comparison.GT), x, y);
  }

  /** True where x <= y; IEEE order, NaN is unordered. */
  public static Tensor le(Tensor x, Tensor y) {
    return Dispatch.one((b, v) -> b.compare(v[0], v[1], Comparison.LE), x, y);
  }

  /** True where x < y; IEEE order, NaN is unordered. */
  public static Tensor lt(Tensor x, Tensor y) {
    return Dispatch.one((b, v) -> b.compare(v[0], v[1], Comparison.LT), x, y);
  }

  /**
   * {@code onTrue} where {@code pred} holds, else {@code onFalse}.
   *
   * @param pred bool, scalar or of the shape of the others
   */
  public static Tensor select(Tensor pred, Tensor onTrue, Tensor onFalse) {
    return Dispatch.one((b, v) -> b.select(v[0], v[1], v[2]), pred, onTrue, onFalse);
  }

  /** {@code x} between two bounds, which are scalars or of its shape. */
  public static Tensor clamp(Tensor min, Tensor x, Tensor max) {
    return Dispatch.one((b, v) -> b.clamp(v[0], v[1], v[2]), min, x, max);
  }

  /** {@code x} in another element type; floats truncate to integers, any non-zero is true. */
  public static Tensor convertElementType(Tensor x, DType dtype) {
    return x.dtype() == dtype ? x : Dispatch.unary(x, (b, v) -> b.convert(v, dtype));
  }

  /** The bits of {@code x} as another type; a change of width adds or removes a last dimension. */
  public static Tensor bitcastConvertType(Tensor x, DType dtype) {
    return Dispatch.unary(x, (b, v) -> b.bitcastConvert(v, dtype));
  }

  /** {@code x} rounded to a float format of fewer bits, in the type of {@code x}. */
  public static Tensor reducePrecision(Tensor x, int exponentBits, int mantissaBits) {
    return Dispatch.unary(x, (b, v) -> b.reducePrecision(v, exponentBits, mantissaBits));
  }
}
