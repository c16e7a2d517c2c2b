package org.cornu.ops;

import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.F2;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/**
 * The part of {@link Np} that combines two tensors, or a tensor and a Java number, element by
 * element, with broadcasting and promotion.
 */
abstract sealed class NpArithmetic extends NpElementwise permits NpLogic {

  /** Promotes, broadcasts, and applies a strict operation. */
  static Tensor binary(String op, Tensor x, Tensor y, F2<Tensor, Tensor, Tensor> f) {
    if (x.type().equals(y.type())) {
      return f.apply(x, y);
    }
    return Composed.of(
        x,
        y,
        (a, b) -> {
          Tensor[] v = Dims.promote(op, a, b);
          return f.apply(v[0], v[1]);
        });
  }

  /** Like {@link #binary}, in a floating-point type. */
  static Tensor inexact(String op, Tensor x, Tensor y, F2<Tensor, Tensor, Tensor> f) {
    return Composed.of(
        x,
        y,
        (a, b) -> {
          Tensor[] v = Dims.align(op, Promotion.inexact(Dims.promoted(a, b)), a, b);
          return f.apply(v[0], v[1]);
        });
  }

  /** {@code x + y}; of bool: or. */
  public static Tensor add(Tensor x, Tensor y) {
    return binary("add", x, y, Lax::add);
  }

  /** {@code x + y}; of bool: or. */
  public static Tensor add(Tensor x, double y) {
    return Scalars.beside(x, y, NpArithmetic::add);
  }

  /** {@code x + y}; of bool: or. */
  public static Tensor add(Tensor x, long y) {
    return Scalars.beside(x, y, NpArithmetic::add);
  }

  /** {@code x - y}. */
  public static Tensor subtract(Tensor x, Tensor y) {
    return binary("subtract", x, y, NpArithmetic::difference);
  }

  /** {@code x - y}. */
  public static Tensor subtract(Tensor x, double y) {
    return Scalars.beside(x, y, NpArithmetic::subtract);
  }

  /** {@code x - y}. */
  public static Tensor subtract(Tensor x, long y) {
    return Scalars.beside(x, y, NpArithmetic::subtract);
  }

  /** {@code x - y}. */
  public static Tensor subtract(double x, Tensor y) {
    return Scalars.beside(y, x, (v, number) -> subtract(number, v));
  }

  /** {@code x - y}. */
  public static Tensor subtract(long x, Tensor y) {
    return Scalars.beside(y, x, (v, number) -> subtract(number, v));
  }

  /** {@code x * y}; of bool: and. */
  public static Tensor multiply(Tensor x, Tensor y) {
    return binary("multiply", x, y, Lax::mul);
  }

  /** {@code x * y}; of bool: and. */
  public static Tensor multiply(Tensor x, double y) {
    return Scalars.beside(x, y, NpArithmetic::multiply);
  }

  /** {@code x * y}; of bool: and. */
  public static Tensor multiply(Tensor x, long y) {
    return Scalars.beside(x, y, NpArithmetic::multiply);
  }

  /** {@code x / y} in a floating-point type, also of integers. */
  public static Tensor divide(Tensor x, Tensor y) {
    return inexact("divide", x, y, Lax::div);
  }

  /** {@code x / y} in a floating-point type, also of integers. */
  public static Tensor divide(Tensor x, double y) {
    return Scalars.beside(x, y, NpArithmetic::divide);
  }

  /** {@code x / y} in a floating-point type, also of integers. */
  public static Tensor divide(Tensor x, long y) {
    return divide(x, (double) y);
  }

  /** {@code x / y} in a floating-point type, also of integers. */
  public static Tensor divide(double x, Tensor y) {
    return Scalars.beside(y, x, (v, number) -> divide(number, v));
  }

  /** {@code x / y} in a floating-point type, also of integers. */
  public static Tensor divide(long x, Tensor y) {
    return divide((double) x, y);
  }

  /** {@code x / y} rounded toward negative infinity, in the type that both meet in. */
  public static Tensor floorDivide(Tensor x, Tensor y) {
    return binary("floorDivide", x, y, NpArithmetic::floorQuotient);
  }

  /** {@code x / y} rounded toward negative infinity, in the type that both meet in. */
  public static Tensor floorDivide(Tensor x, double y) {
    return Scalars.beside(x, y, NpArithmetic::floorDivide);
  }

  /** {@code x / y} rounded toward negative infinity, in the type that both meet in. */
  public static Tensor floorDivide(Tensor x, long y) {
    return Scalars.beside(x, y, NpArithmetic::floorDivide);
  }

  /** Remainder of {@link #floorDivide(Tensor, Tensor)}: it has the sign of {@code y}. */
  public static Tensor mod(Tensor x, Tensor y) {
    return binary("mod", x, y, NpArithmetic::floorRemainder);
  }

  /** Remainder of {@link #floorDivide(Tensor, Tensor)}: it has the sign of {@code y}. */
  public static Tensor mod(Tensor x, double y) {
    return Scalars.beside(x, y, NpArithmetic::mod);
  }

  /** Remainder of {@link #floorDivide(Tensor, Tensor)}: it has the sign of {@code y}. */
  public static Tensor mod(Tensor x, long y) {
    return Scalars.beside(x, y, NpArithmetic::mod);
  }

  /** Remainder of the division rounded toward 0: it has the sign of {@code x}. */
  public static Tensor fmod(Tensor x, Tensor y) {
    return binary("fmod", x, y, NpArithmetic::remainder);
  }

  /** Remainder of the division rounded toward 0: it has the sign of {@code x}. */
  public static Tensor fmod(Tensor x, double y) {
    return Scalars.beside(x, y, NpArithmetic::fmod);
  }

  /** Remainder of the division rounded toward 0: it has the sign of {@code x}. */
  public static Tensor fmod(Tensor x, long y) {
    return Scalars.beside(x, y, NpArithmetic::fmod);
  }

  /** The larger of two; NaN wins. Ties share the derivative. */
  public static Tensor maximum(Tensor x, Tensor y) {
    return binary("maximum", x, y, Lax::max);
  }

  /** The larger of two; NaN wins. Ties share the derivative. */
  public static Tensor maximum(Tensor x, double y) {
    return Scalars.beside(x, y, NpArithmetic::maximum);
  }

  /** The larger of two; NaN wins. Ties share the derivative. */
  public static Tensor maximum(Tensor x, long y) {
    return Scalars.beside(x, y, NpArithmetic::maximum);
  }

  /** The smaller of two; NaN wins. Ties share the derivative. */
  public static Tensor minimum(Tensor x, Tensor y) {
    return binary("minimum", x, y, Lax::min);
  }

  /** The smaller of two; NaN wins. Ties share the derivative. */
  public static Tensor minimum(Tensor x, double y) {
    return Scalars.beside(x, y, NpArithmetic::minimum);
  }

  /** The smaller of two; NaN wins. Ties share the derivative. */
  public static Tensor minimum(Tensor x, long y) {
    return Scalars.beside(x, y, NpArithmetic::minimum);
  }

  /** {@code x} to the power of {@code y}. */
  public static Tensor power(Tensor x, Tensor y) {
    return binary("power", x, y, NpArithmetic::powerOf);
  }

  /** {@code x} to the power of a number; whole numbers up to 64 become products. */
  public static Tensor power(Tensor x, double y) {
    if (y == Math.rint(y) && Math.abs(y) <= 64 && x.dtype().isInexact()) {
      return power(x, (long) y);
    }
    return Scalars.beside(x, y, NpArithmetic::power);
  }

  /** {@code x} to the power of a whole number, as products, with the exact derivative at 0. */
  public static Tensor power(Tensor x, long y) {
    if (y < 0 && !x.dtype().isInexact()) {
      throw new OpException(
          "power: integers have no negative powers: got "
              + x.type().brief()
              + " to the power of "
              + y
              + "\n  hint: convert to a floating-point type, or give the power as a double");
    }
    return Composed.of(
        x,
        v -> {
          Tensor base = v.dtype().isBool() ? Lax.convertElementType(v, DType.I32) : v;
          Tensor out = null;
          Tensor square = base;
          for (long n = Math.abs(y); n > 0; n >>= 1) {
            if ((n & 1) == 1) {
              out = out == null ? square : Lax.mul(out, square);
            }
            if (n > 1) {
              square = Lax.mul(square, square);
            }
          }
          if (out == null) {
            return Dims.constant(base, 1);
          }
          return y < 0 ? Lax.div(Dims.constant(base, 1), out) : out;
        });
  }

  /** A number to the power of {@code y}. */
  public static Tensor power(double x, Tensor y) {
    return Scalars.beside(y, x, (v, number) -> power(number, v));
  }

  private static Tensor powerOf(Tensor x, Tensor y) {
    if (!x.dtype().isBool()) {
      return Lax.pow(x, y);
    }
    DType i32 = DType.I32;
    return Lax.pow(Lax.convertElementType(x, i32), Lax.convertElementType(y, i32));
  }

  private static Tensor difference(Tensor x, Tensor y) {
    if (x.dtype().isBool()) {
      throw new OpException(
          "subtract: bool has no difference: got "
              + x.type().brief()
              + "\n  hint: use logicalXor, or convert with astype");
    }
    return Lax.sub(x, y);
  }

  private static Tensor floorQuotient(Tensor x, Tensor y) {
    DType dtype = x.dtype();
    if (dtype.isComplex()) {
      throw new OpException("floorDivide: complex numbers have no order: got " + x.type().brief());
    }
    if (dtype.isBool()) {
      return floorQuotient(
          Lax.convertElementType(x, DType.I32), Lax.convertElementType(y, DType.I32));
    }
    if (dtype.isUnsigned()) {
      return Lax.div(x, y);
    }
    Tensor rest = Lax.rem(x, y);
    Tensor zero = Dims.constant(x, 0);
    if (dtype.isInteger()) {
      Tensor quotient = Lax.div(x, y);
      Tensor below = Lax.bitwiseAnd(Lax.ne(rest, zero), Lax.ne(Lax.sign(x), Lax.sign(y)));
      return Lax.select(below, Lax.sub(quotient, Dims.constant(x, 1)), quotient);
    }
    Tensor differ = Lax.bitwiseAnd(Lax.ne(rest, zero), Lax.ne(Lax.lt(rest, zero), Lax.lt(y, zero)));
    Tensor quotient = Lax.div(Lax.sub(x, rest), y);
    Tensor whole = Lax.select(differ, Lax.sub(quotient, Dims.constant(x, 1)), quotient);
    // Division by zero gives an infinity, also of one.
    return Lax.roundNearestAfz(Lax.select(Lax.eq(y, zero), Lax.div(x, y), whole));
  }

  private static Tensor floorRemainder(Tensor x, Tensor y) {
    DType dtype = x.dtype();
    if (dtype.isComplex()) {
      throw new OpException("mod: complex numbers have no order: got " + x.type().brief());
    }
    if (dtype.isBool()) {
      return floorRemainder(
          Lax.convertElementType(x, DType.I32), Lax.convertElementType(y, DType.I32));
    }
    Tensor rest = remainder(x, y);
    if (dtype.isUnsigned()) {
      return rest;
    }
    Tensor zero = Dims.constant(x, 0);
    Tensor differ = Lax.bitwiseAnd(Lax.ne(rest, zero), Lax.ne(Lax.lt(rest, zero), Lax.lt(y, zero)));
    return Lax.select(differ, Lax.add(rest, y), rest);
  }

  /** Remainder with the sign of x; of integers by zero 0, which the device leaves open. */
  private static Tensor remainder(Tensor x, Tensor y) {
    if (!x.dtype().isInteger()) {
      return Lax.rem(x, y);
    }
    Tensor zero = Dims.constant(y, 0);
    Tensor none = Lax.eq(y, zero);
    return Lax.select(none, zero, Lax.rem(x, Lax.select(none, Dims.constant(y, 1), y)));
  }

  /** {@code x / y}, 0 where {@code y} is 0, with finite derivatives there. */
  public static Tensor divideNoNan(Tensor x, Tensor y) {
    return inexact(
        "divideNoNan",
        x,
        y,
        (a, b) -> {
          Tensor zero = Dims.constant(b, 0);
          Tensor isZero = Lax.eq(b, zero);
          Tensor safe = Lax.select(isZero, Dims.constant(b, 1), b);
          return Lax.select(isZero, zero, Lax.div(a, safe));
        });
  }

  /** The larger of two; of a number and NaN the number. */
  public static Tensor fmax(Tensor x, Tensor y) {
    return binary("fmax", x, y, (a, b) -> Lax.select(Lax.bitwiseOr(Lax.gt(a, b), isnan(b)), a, b));
  }

  /** The smaller of two; of a number and NaN the number. */
  public static Tensor fmin(Tensor x, Tensor y) {
    return binary("fmin", x, y, (a, b) -> Lax.select(Lax.bitwiseOr(Lax.lt(a, b), isnan(b)), a, b));
  }

  /** Angle of the point {@code (y, x)} in {@code [-π, π]}; note that y comes first. */
  public static Tensor arctan2(Tensor y, Tensor x) {
    return inexact("arctan2", y, x, Lax::atan2);
  }

  /** {@code sqrt(x² + y²)} without overflow in between. */
  public static Tensor hypot(Tensor x, Tensor y) {
    return inexact(
        "hypot",
        x,
        y,
        (a, b) -> {
          Tensor large = Lax.max(Lax.abs(a), Lax.abs(b));
          Tensor small = Lax.min(Lax.abs(a), Lax.abs(b));
          Tensor isZero = Lax.eq(large, Dims.constant(a, 0));
          Tensor one = Dims.constant(a, 1);
          Tensor ratio = Lax.div(small, Lax.select(isZero, one, large));
          Tensor length = Lax.mul(large, Lax.sqrt(Lax.add(one, Lax.mul(ratio, ratio))));
          Tensor out = Lax.select(isZero, large, length);
          return Lax.select(isinf(large), large, out);
        });
  }

  /** {@code log(e^x + e^y)} without overflow in between. */
  public static Tensor logaddexp(Tensor x, Tensor y) {
    return inexact("logaddexp", x, y, NpArithmetic::logSum);
  }

  private static Tensor logSum(Tensor a, Tensor b) {
    Tensor large = Lax.max(a, b);
    Tensor small = Lax.min(a, b);
    Tensor equal = Lax.eq(large, small);
    // Equal infinities have no difference; elsewhere the difference is at most 0.
    Tensor difference =
        Lax.select(
            equal,
            Dims.constant(a, 0),
            Lax.sub(Lax.select(equal, Dims.constant(a, 0), small), large));
    return Lax.add(large, Lax.log1p(Lax.exp(difference)));
  }

  /** {@code log2(2^x + 2^y)} without overflow in between. */
  public static Tensor logaddexp2(Tensor x, Tensor y) {
    return inexact(
        "logaddexp2",
        x,
        y,
        (a, b) -> {
          Tensor ln2 = Dims.constant(a, Math.log(2));
          return Lax.div(logSum(Lax.mul(a, ln2), Lax.mul(b, ln2)), ln2);
        });
  }

  /** 0 where {@code x} is negative, 1 where positive, {@code y} where 0, NaN where NaN. */
  public static Tensor heaviside(Tensor x, Tensor y) {
    return inexact(
        "heaviside",
        x,
        y,
        (a, b) -> {
          Tensor zero = Dims.constant(a, 0);
          Tensor step = Lax.select(Lax.lt(a, zero), zero, Dims.constant(a, 1));
          return Lax.select(isnan(a), a, Lax.select(Lax.eq(a, zero), b, step));
        });
  }

  /** {@code x * 2^n} with integer {@code n}. */
  public static Tensor ldexp(Tensor x, Tensor n) {
    if (!n.dtype().isInteger()) {
      throw new OpException("ldexp: the exponent must be an integer: got " + n.type().brief());
    }
    return Composed.of(
        x,
        n,
        (a, b) -> {
          DType dtype = Promotion.inexact(a.dtype());
          Tensor[] v = Dims.align("ldexp", dtype, Lax.convertElementType(a, dtype), b);
          // In two halves, so that neither power of two leaves the range before the product does.
          Tensor first = Lax.floor(Lax.mul(v[1], Dims.constant(v[1], 0.5)));
          Tensor second = Lax.sub(v[1], first);
          return Lax.mul(Lax.mul(v[0], exactPowerOfTwo(first)), exactPowerOfTwo(second));
        });
  }

  private static Tensor exactPowerOfTwo(Tensor n) {
    // Repeated squaring of 2 by the bits of n: exact, where exp(n ln 2) rounds.
    Tensor count = Lax.convertElementType(Lax.abs(n), DType.I32);
    Tensor out = Dims.constant(n, 1);
    Tensor one = Dims.constant(count, 1);
    double factor = 2;
    for (int bit = 0; bit < 10; bit++) {
      Tensor set =
          Lax.eq(Lax.bitwiseAnd(Lax.shiftRightLogical(count, Dims.constant(count, bit)), one), one);
      out = Lax.select(set, Lax.mul(out, Dims.constant(n, factor)), out);
      factor *= factor;
    }
    Tensor negative = Lax.lt(n, Dims.constant(n, 0));
    return Lax.select(negative, Lax.div(Dims.constant(n, 1), out), out);
  }

  /** Complex numbers from modulus and angle in radians. */
  public static Tensor polar(Tensor modulus, Tensor angle) {
    return inexact(
        "polar",
        modulus,
        angle,
        (r, phi) -> {
          DType dtype = Promotion.wide(r.dtype());
          Tensor radius = Lax.convertElementType(r, dtype);
          Tensor a = Lax.convertElementType(phi, dtype);
          return Lax.complex(Lax.mul(radius, Lax.cos(a)), Lax.mul(radius, Lax.sin(a)));
        });
  }

  /** The next number of the type after {@code x} toward {@code y}. */
  public static Tensor nextafter(Tensor x, Tensor y) {
    return inexact("nextafter", x, y, Lax::nextAfter);
  }

  /** Greatest common divisor of integers, never negative. */
  public static Tensor gcd(Tensor x, Tensor y) {
    return integers("gcd", x, y, NpArithmetic::divisor);
  }

  /** Least common multiple of integers, never negative; 0 where one is 0. */
  public static Tensor lcm(Tensor x, Tensor y) {
    return integers(
        "lcm",
        x,
        y,
        (a, b) -> {
          Tensor d = divisor(a, b);
          Tensor zero = Dims.constant(a, 0);
          Tensor safe = Lax.select(Lax.eq(d, zero), Dims.constant(a, 1), d);
          return Lax.mul(abs(a), Lax.div(abs(b), safe));
        });
  }

  private static Tensor divisor(Tensor a, Tensor b) {
    record Pair(Tensor x, Tensor y) {}
    Pair end =
        Lax.whileLoop(
            (Pair p) -> Np.any(Lax.ne(p.y(), Dims.constant(p.y(), 0))),
            (Pair p) -> {
              Tensor zero = Dims.constant(p.y(), 0);
              Tensor done = Lax.eq(p.y(), zero);
              Tensor rest = Lax.rem(p.x(), Lax.select(done, Dims.constant(p.y(), 1), p.y()));
              return new Pair(Lax.select(done, p.x(), p.y()), Lax.select(done, zero, rest));
            },
            new Pair(abs(a), abs(b)));
    return end.x();
  }

  /** Bitwise and of integers; of bool logical. */
  public static Tensor bitwiseAnd(Tensor x, Tensor y) {
    return integers("bitwiseAnd", x, y, Lax::bitwiseAnd);
  }

  /** Bitwise or of integers; of bool logical. */
  public static Tensor bitwiseOr(Tensor x, Tensor y) {
    return integers("bitwiseOr", x, y, Lax::bitwiseOr);
  }

  /** Bitwise exclusive or of integers; of bool logical. */
  public static Tensor bitwiseXor(Tensor x, Tensor y) {
    return integers("bitwiseXor", x, y, Lax::bitwiseXor);
  }

  /** The bits of {@code x} shifted left by {@code y}; 0 where that is the width or more. */
  public static Tensor leftShift(Tensor x, Tensor y) {
    return integers("leftShift", x, y, Lax::shiftLeft);
  }

  /** The bits of {@code x} shifted right by {@code y}, filled with the sign. */
  public static Tensor rightShift(Tensor x, Tensor y) {
    return integers(
        "rightShift",
        x,
        y,
        (a, b) ->
            a.dtype().isUnsigned() ? Lax.shiftRightLogical(a, b) : Lax.shiftRightArithmetic(a, b));
  }

  private static Tensor integers(String op, Tensor x, Tensor y, F2<Tensor, Tensor, Tensor> f) {
    if (x.dtype().isInexact() || y.dtype().isInexact()) {
      throw new OpException(
          op + ": operands must be integers: got " + x.type().brief() + ", " + y.type().brief());
    }
    return binary(op, x, y, f);
  }
}
