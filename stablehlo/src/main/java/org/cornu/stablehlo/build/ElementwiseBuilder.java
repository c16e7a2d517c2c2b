package org.cornu.stablehlo.build;

import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;

/** The part of {@link Builder} that treats every element alike. */
abstract class ElementwiseBuilder extends BlockBuilder {
  ElementwiseBuilder(Block block) {
    super(block);
  }

  /** Any op of one operand without attributes. */
  public final Value unary(OpCode code, Value x) {
    return one(code, List.of(x), Map.of());
  }

  /** Any op of two operands without attributes. */
  public final Value binary(OpCode code, Value x, Value y) {
    return one(code, List.of(x, y), Map.of());
  }

  /** Absolute value; real for complex operands. */
  public final Value abs(Value x) {
    return unary(OpCode.ABS, x);
  }

  /** Cube root. */
  public final Value cbrt(Value x) {
    return unary(OpCode.CBRT, x);
  }

  /** Rounding up to an integral value. */
  public final Value ceil(Value x) {
    return unary(OpCode.CEIL, x);
  }

  /** Number of zero bits in front of the highest one bit. */
  public final Value countLeadingZeros(Value x) {
    return unary(OpCode.COUNT_LEADING_ZEROS, x);
  }

  /** Cosine of radians. */
  public final Value cosine(Value x) {
    return unary(OpCode.COSINE, x);
  }

  /** e to the power of the operand. */
  public final Value exponential(Value x) {
    return unary(OpCode.EXPONENTIAL, x);
  }

  /** e to the power of the operand, minus one, exact near 0. */
  public final Value expm1(Value x) {
    return unary(OpCode.EXPONENTIAL_MINUS_ONE, x);
  }

  /** Rounding down to an integral value. */
  public final Value floor(Value x) {
    return unary(OpCode.FLOOR, x);
  }

  /** Imaginary part; 0 for real operands. */
  public final Value imag(Value x) {
    return unary(OpCode.IMAG, x);
  }

  /** Whether an element is neither infinite nor NaN. */
  public final Value isFinite(Value x) {
    return unary(OpCode.IS_FINITE, x);
  }

  /** Natural logarithm. */
  public final Value log(Value x) {
    return unary(OpCode.LOG, x);
  }

  /** Natural logarithm of one plus the operand, exact near 0. */
  public final Value log1p(Value x) {
    return unary(OpCode.LOG_PLUS_ONE, x);
  }

  /** 1 / (1 + exp(-x)). */
  public final Value logistic(Value x) {
    return unary(OpCode.LOGISTIC, x);
  }

  /** Change of sign. */
  public final Value negate(Value x) {
    return unary(OpCode.NEGATE, x);
  }

  /** Logical or bitwise complement. */
  public final Value not(Value x) {
    return unary(OpCode.NOT, x);
  }

  /** Number of one bits. */
  public final Value popcnt(Value x) {
    return unary(OpCode.POPCNT, x);
  }

  /** Real part. */
  public final Value real(Value x) {
    return unary(OpCode.REAL, x);
  }

  /** Rounding to the nearest integral value, ties away from zero. */
  public final Value roundNearestAfz(Value x) {
    return unary(OpCode.ROUND_NEAREST_AFZ, x);
  }

  /** Rounding to the nearest integral value, ties to even. */
  public final Value roundNearestEven(Value x) {
    return unary(OpCode.ROUND_NEAREST_EVEN, x);
  }

  /** One over the square root. */
  public final Value rsqrt(Value x) {
    return unary(OpCode.RSQRT, x);
  }

  /** -1, 0 or 1 by sign; x / |x| for complex operands. */
  public final Value sign(Value x) {
    return unary(OpCode.SIGN, x);
  }

  /** Sine of radians. */
  public final Value sine(Value x) {
    return unary(OpCode.SINE, x);
  }

  /** Square root. */
  public final Value sqrt(Value x) {
    return unary(OpCode.SQRT, x);
  }

  /** Tangent of radians. */
  public final Value tan(Value x) {
    return unary(OpCode.TAN, x);
  }

  /** Hyperbolic tangent. */
  public final Value tanh(Value x) {
    return unary(OpCode.TANH, x);
  }

  /** Sum; logical or for bool. */
  public final Value add(Value x, Value y) {
    return binary(OpCode.ADD, x, y);
  }

  /** Angle in radians of the point (y, x), where x is the second operand. */
  public final Value atan2(Value x, Value y) {
    return binary(OpCode.ATAN2, x, y);
  }

  /** A complex number from real and imaginary part. */
  public final Value complex(Value x, Value y) {
    return binary(OpCode.COMPLEX, x, y);
  }

  /** Quotient; integers truncate. */
  public final Value divide(Value x, Value y) {
    return binary(OpCode.DIVIDE, x, y);
  }

  /** The larger; NaN if either is. */
  public final Value maximum(Value x, Value y) {
    return binary(OpCode.MAXIMUM, x, y);
  }

  /** The smaller; NaN if either is. */
  public final Value minimum(Value x, Value y) {
    return binary(OpCode.MINIMUM, x, y);
  }

  /** Product; logical and for bool. */
  public final Value multiply(Value x, Value y) {
    return binary(OpCode.MULTIPLY, x, y);
  }

  /** The first to the power of the second. */
  public final Value power(Value x, Value y) {
    return binary(OpCode.POWER, x, y);
  }

  /** Remainder of the truncated quotient, with the sign of the dividend. */
  public final Value remainder(Value x, Value y) {
    return binary(OpCode.REMAINDER, x, y);
  }

  /** Difference. */
  public final Value subtract(Value x, Value y) {
    return binary(OpCode.SUBTRACT, x, y);
  }

  /** Logical or bitwise and. */
  public final Value and(Value x, Value y) {
    return binary(OpCode.AND, x, y);
  }

  /** Logical or bitwise or. */
  public final Value or(Value x, Value y) {
    return binary(OpCode.OR, x, y);
  }

  /** Logical or bitwise exclusive or. */
  public final Value xor(Value x, Value y) {
    return binary(OpCode.XOR, x, y);
  }

  /** The first shifted left by the second. */
  public final Value shiftLeft(Value x, Value y) {
    return binary(OpCode.SHIFT_LEFT, x, y);
  }

  /** The first shifted right by the second, keeping the sign. */
  public final Value shiftRightArithmetic(Value x, Value y) {
    return binary(OpCode.SHIFT_RIGHT_ARITHMETIC, x, y);
  }

  /** The first shifted right by the second, filling with zeros. */
  public final Value shiftRightLogical(Value x, Value y) {
    return binary(OpCode.SHIFT_RIGHT_LOGICAL, x, y);
  }

  /** Comparison, a bool per element; floats as IEEE 754 says. */
  public final Value compare(Value x, Value y, Comparison direction) {
    TensorType type = x.tensorType();
    DType dtype = Compatibility.expressed(type.element());
    String compareType = dtype.isInexact() ? "FLOAT" : dtype.isSigned() ? "SIGNED" : "UNSIGNED";
    return compare(x, y, direction, compareType);
  }

  /**
   * Comparison of a given type: {@code FLOAT}, {@code TOTALORDER}, {@code SIGNED} or {@code
   * UNSIGNED}.
   */
  public final Value compare(Value x, Value y, Comparison direction, String compareType) {
    Map<String, Attribute> attributes =
        Map.of(
            "comparison_direction",
            keyword("comparison_direction", direction.name()),
            "compare_type",
            keyword("comparison_type", compareType));
    return one(OpCode.COMPARE, List.of(x, y), attributes);
  }

  /** {@code onTrue} where {@code pred}, else {@code onFalse}; the predicate may be a scalar. */
  public final Value select(Value pred, Value onTrue, Value onFalse) {
    return one(OpCode.SELECT, List.of(pred, onTrue, onFalse), Map.of());
  }

  /** Each element limited to a range, whose ends may be scalars. */
  public final Value clamp(Value min, Value x, Value max) {
    return one(OpCode.CLAMP, List.of(min, x, max), Map.of());
  }

  /** The values in another element type; the operand itself when it has that type. */
  public final Value convert(Value x, DType dtype) {
    TensorType type = x.tensorType();
    if (type.element() == dtype) {
      return x;
    }
    return one(OpCode.CONVERT, List.of(x), Map.of(), type.withElement(dtype));
  }

  /**
   * The bits as another element type. A wider type joins the last dimension, a narrower one splits
   * elements along a new last dimension.
   */
  public final Value bitcastConvert(Value x, DType dtype) {
    TensorType result = ShapeRules.bitcast(x.tensorType(), dtype);
    if (result == null) {
      throw fail(
          OpCode.BITCAST_CONVERT,
          "the last dimension of "
              + x.tensorType().brief()
              + " does not fill elements of "
              + dtype);
    }
    return one(OpCode.BITCAST_CONVERT, List.of(x), Map.of(), result);
  }

  /** Values rounded to what a float format of these sizes holds. */
  public final Value reducePrecision(Value x, int exponentBits, int mantissaBits) {
    Map<String, Attribute> attributes =
        Map.of(
            "exponent_bits",
            Attribute.Int.i32(exponentBits),
            "mantissa_bits",
            Attribute.Int.i32(mantissaBits));
    return one(OpCode.REDUCE_PRECISION, List.of(x), attributes);
  }
}
