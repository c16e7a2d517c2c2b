package org.cornu.ops;

import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.Tensor;

/**
 * The part of {@link Np} whose operands are Java numbers where the rest takes tensors. Numbers are
 * weak: beside a tensor they take its type ({@link Promotion}); two numbers alone are {@code f32},
 * or {@code i32} where both are whole.
 */
abstract sealed class NpScalars extends NpLogic permits NpShape {

  /** A number where {@code condition} holds, else another, as {@code f32}. */
  public static Tensor where(Tensor condition, double x, double y) {
    return where(condition, Scalars.of(DType.F32, x), Scalars.of(DType.F32, y));
  }

  /** A number where {@code condition} holds, else another, as {@code i32}. */
  public static Tensor where(Tensor condition, long x, long y) {
    return where(condition, whole(x), whole(y));
  }

  private static Tensor whole(long value) {
    return Lax.constant(Literal.ofLongs(TensorType.of(DType.I32), value));
  }

  /** {@code x + y}. */
  public static Tensor add(double x, Tensor y) {
    return add(Scalars.beside(y, x), y);
  }

  /** {@code x + y}. */
  public static Tensor add(long x, Tensor y) {
    return add(Scalars.beside(y, x), y);
  }

  /** {@code x * y}. */
  public static Tensor multiply(double x, Tensor y) {
    return multiply(Scalars.beside(y, x), y);
  }

  /** {@code x * y}. */
  public static Tensor multiply(long x, Tensor y) {
    return multiply(Scalars.beside(y, x), y);
  }

  /** The quotient {@code x / y}, rounded down. */
  public static Tensor floorDivide(double x, Tensor y) {
    return floorDivide(Scalars.beside(y, x), y);
  }

  /** The quotient {@code x / y}, rounded down. */
  public static Tensor floorDivide(long x, Tensor y) {
    return floorDivide(Scalars.beside(y, x), y);
  }

  /** The remainder of {@link #floorDivide(long, Tensor)}, with the sign of {@code y}. */
  public static Tensor mod(double x, Tensor y) {
    return mod(Scalars.beside(y, x), y);
  }

  /** The remainder of {@link #floorDivide(long, Tensor)}, with the sign of {@code y}. */
  public static Tensor mod(long x, Tensor y) {
    return mod(Scalars.beside(y, x), y);
  }

  /** The remainder of a division toward zero, with the sign of {@code x}. */
  public static Tensor fmod(double x, Tensor y) {
    return fmod(Scalars.beside(y, x), y);
  }

  /** The remainder of a division toward zero, with the sign of {@code x}. */
  public static Tensor fmod(long x, Tensor y) {
    return fmod(Scalars.beside(y, x), y);
  }

  /** The larger of both; NaN where the element is. */
  public static Tensor maximum(double x, Tensor y) {
    return maximum(Scalars.beside(y, x), y);
  }

  /** The larger of both; NaN where the element is. */
  public static Tensor maximum(long x, Tensor y) {
    return maximum(Scalars.beside(y, x), y);
  }

  /** The smaller of both; NaN where the element is. */
  public static Tensor minimum(double x, Tensor y) {
    return minimum(Scalars.beside(y, x), y);
  }

  /** The smaller of both; NaN where the element is. */
  public static Tensor minimum(long x, Tensor y) {
    return minimum(Scalars.beside(y, x), y);
  }

  /** A whole number to the power of {@code y}. */
  public static Tensor power(long x, Tensor y) {
    return power(Scalars.beside(y, x), y);
  }

  /** The larger of both; the number where the element is NaN. */
  public static Tensor fmax(Tensor x, double y) {
    return fmax(x, Scalars.beside(x, y));
  }

  /** The smaller of both; the number where the element is NaN. */
  public static Tensor fmin(Tensor x, double y) {
    return fmin(x, Scalars.beside(x, y));
  }

  /** The angle of the point {@code (y, x)} of ordinate {@code x} and abscissa {@code y}. */
  public static Tensor arctan2(Tensor x, double y) {
    return arctan2(x, Scalars.beside(x, y));
  }

  /** The angle of points of one ordinate {@code x}, by their abscissas {@code y}. */
  public static Tensor arctan2(double x, Tensor y) {
    return arctan2(Scalars.beside(y, x), y);
  }

  /** {@code sqrt(x^2 + y^2)}, without overflow between. */
  public static Tensor hypot(Tensor x, double y) {
    return hypot(x, Scalars.beside(x, y));
  }

  /** {@code log(e^x + e^y)}, without overflow between. */
  public static Tensor logaddexp(Tensor x, double y) {
    return logaddexp(x, Scalars.beside(x, y));
  }

  /** 0 below zero, 1 above, {@code y} at zero. */
  public static Tensor heaviside(Tensor x, double y) {
    return heaviside(x, Scalars.beside(x, y));
  }

  /** {@code x * 2^y}. */
  public static Tensor ldexp(Tensor x, long y) {
    return ldexp(x, Scalars.beside(x, y));
  }

  /** The bits that both have. */
  public static Tensor bitwiseAnd(Tensor x, long y) {
    return bitwiseAnd(x, Scalars.beside(x, y));
  }

  /** The bits that one of both has. */
  public static Tensor bitwiseOr(Tensor x, long y) {
    return bitwiseOr(x, Scalars.beside(x, y));
  }

  /** The bits that exactly one of both has. */
  public static Tensor bitwiseXor(Tensor x, long y) {
    return bitwiseXor(x, Scalars.beside(x, y));
  }

  /** {@code x} shifted to the left by {@code y} bits. */
  public static Tensor leftShift(Tensor x, long y) {
    return leftShift(x, Scalars.beside(x, y));
  }

  /** {@code x} shifted to the right by {@code y} bits; the sign stays. */
  public static Tensor rightShift(Tensor x, long y) {
    return rightShift(x, Scalars.beside(x, y));
  }

  /** The greatest common divisor. */
  public static Tensor gcd(Tensor x, long y) {
    return gcd(x, Scalars.beside(x, y));
  }

  /** The least common multiple. */
  public static Tensor lcm(Tensor x, long y) {
    return lcm(x, Scalars.beside(x, y));
  }

  /** A number shifted to the left by {@code y} bits: {@code leftShift(1, y)} is a power of two. */
  public static Tensor leftShift(long x, Tensor y) {
    return leftShift(Scalars.beside(y, x), y);
  }
}
