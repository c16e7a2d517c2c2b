package org.cornu.stablehlo.interpreter;

import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.OpCode;

/**
 * Elementwise functions of integers and bools; the caller wraps to the type. What the spec leaves
 * open is as XLA defines it: division by zero gives -1 (all ones), remainder by zero the dividend.
 */
final class IntegerMath {
  private IntegerMath() {}

  static LongUnaryOperator unary(OpCode code, DType dtype) {
    int bits = dtype.bits();
    long mask = bits == 64 ? -1L : (1L << bits) - 1;
    return switch (code) {
      case ABS -> dtype.isSigned() ? Math::abs : x -> x;
      case NEGATE -> x -> -x;
      case NOT -> dtype.isBool() ? x -> 1 - x : x -> ~x;
      case SIGN -> dtype.isSigned() ? x -> Long.signum(x) : x -> x == 0 ? 0 : 1;
      case POPCNT -> x -> Long.bitCount(x & mask);
      case COUNT_LEADING_ZEROS -> x -> Long.numberOfLeadingZeros(x & mask) - (64 - bits);
      case CHLO_SQUARE -> x -> x * x;
      default ->
          throw new InterpreterException(code.shortName() + ": not defined on " + dtype.text());
    };
  }

  static LongBinaryOperator binary(OpCode code, DType dtype) {
    boolean unsigned = !dtype.isSigned();
    boolean bool = dtype.isBool();
    int bits = dtype.bits();
    return switch (code) {
      case ADD -> bool ? (x, y) -> x | y : (x, y) -> x + y;
      case SUBTRACT -> (x, y) -> x - y;
      case MULTIPLY -> (x, y) -> x * y;
      case DIVIDE ->
          unsigned
              ? (x, y) -> y == 0 ? -1 : Long.divideUnsigned(x, y)
              : (x, y) -> y == 0 ? -1 : x / y;
      case REMAINDER ->
          unsigned
              ? (x, y) -> y == 0 ? x : Long.remainderUnsigned(x, y)
              : (x, y) -> y == 0 ? x : x % y;
      case MAXIMUM -> unsigned ? (x, y) -> Long.compareUnsigned(x, y) >= 0 ? x : y : Math::max;
      case MINIMUM -> unsigned ? (x, y) -> Long.compareUnsigned(x, y) <= 0 ? x : y : Math::min;
      case POWER -> (x, y) -> power(x, y, unsigned);
      case AND -> (x, y) -> x & y;
      case OR -> (x, y) -> x | y;
      case XOR -> (x, y) -> x ^ y;
      case SHIFT_LEFT -> (x, y) -> isShift(y, bits) ? x << y : 0;
      case SHIFT_RIGHT_LOGICAL ->
          (x, y) -> isShift(y, bits) ? (bits == 64 ? x : x & (1L << bits) - 1) >>> y : 0;
      case SHIFT_RIGHT_ARITHMETIC -> (x, y) -> signed(x, bits) >> (isShift(y, bits) ? y : 63);
      case CHLO_MULHI -> (x, y) -> highProduct(x, y, dtype);
      default ->
          throw new InterpreterException(code.shortName() + ": not defined on " + dtype.text());
    };
  }

  private static boolean isShift(long amount, int bits) {
    return amount >= 0 && amount < bits;
  }

  private static long signed(long x, int bits) {
    return x << (64 - bits) >> (64 - bits);
  }

  private static long power(long base, long exponent, boolean unsigned) {
    if (!unsigned && exponent < 0) {
      return base == 1 ? 1 : base == -1 ? ((exponent & 1) == 0 ? 1 : -1) : 0;
    }
    long out = 1;
    for (long left = exponent; left != 0; left >>>= 1) {
      if ((left & 1) != 0) {
        out *= base;
      }
      base *= base;
    }
    return out;
  }

  private static long highProduct(long x, long y, DType dtype) {
    int bits = dtype.bits();
    if (bits < 64) {
      return dtype.isSigned() || bits < 32 ? x * y >> bits : x * y >>> bits;
    }
    long high = Math.multiplyHigh(x, y);
    return dtype.isSigned() ? high : high + (x >> 63 & y) + (y >> 63 & x);
  }
}
