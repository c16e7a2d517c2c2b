package org.cornu.ops;

import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.F1;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/** The part of {@link Np} that maps each element by itself. */
abstract sealed class NpElementwise permits NpArithmetic {

  /** A function of real or complex numbers; bool and integers are computed in f32. */
  private static Tensor inexact(Tensor x, F1<Tensor, Tensor> f) {
    DType dtype = Promotion.inexact(x.dtype());
    return x.dtype() == dtype
        ? Composed.of(x, f)
        : Composed.of(x, v -> f.apply(Lax.convertElementType(v, dtype)));
  }

  private static Tensor same(Tensor x) {
    return x;
  }

  /** {@code x} in another element type; floats truncate to integers, any non-zero is true. */
  public static Tensor cast(Tensor x, DType dtype) {
    if (x.dtype().isComplex() && !dtype.isComplex() && !dtype.isBool()) {
      return Composed.of(x, v -> Lax.convertElementType(Lax.real(v), dtype));
    }
    return Lax.convertElementType(x, dtype);
  }

  /** Absolute value, the modulus of complex numbers. Derivative at 0: +1. */
  public static Tensor abs(Tensor x) {
    return x.dtype().isBool() || x.dtype().isUnsigned() ? same(x) : Lax.abs(x);
  }

  /** Absolute value in a floating-point type. */
  public static Tensor fabs(Tensor x) {
    return inexact(x, Lax::abs);
  }

  /** The elements in device memory of their own; within a trace the tensor itself. */
  public static Tensor copy(Tensor x) {
    return Composed.of(x, v -> v);
  }

  /** Modified Bessel function of the first kind of order 0. */
  public static Tensor i0(Tensor x) {
    return Special.i0(x);
  }

  /** Negation. */
  public static Tensor negative(Tensor x) {
    if (x.dtype().isBool()) {
      throw new OpException("negative: bool has no negation: got " + x.type().brief());
    }
    return Lax.neg(x);
  }

  /** -1, 0 or 1; {@code x / |x|} of complex numbers. Derivative 0. */
  public static Tensor sign(Tensor x) {
    if (x.dtype().isUnsigned() || x.dtype().isBool()) {
      return Composed.of(x, v -> Lax.convertElementType(nonzeroMask(v), v.dtype()));
    }
    return Lax.sign(x);
  }

  /** True where not zero. */
  static Tensor nonzeroMask(Tensor x) {
    return x.dtype().isBool() ? x : Lax.ne(x, Dims.constant(x, 0));
  }

  /** {@code e^x}. */
  public static Tensor exp(Tensor x) {
    return inexact(x, Lax::exp);
  }

  /** {@code 2^x}. */
  public static Tensor exp2(Tensor x) {
    return inexact(x, v -> Lax.exp(Lax.mul(v, Dims.constant(v, Math.log(2)))));
  }

  /** {@code e^x - 1}, exact near 0. */
  public static Tensor expm1(Tensor x) {
    return inexact(x, Lax::expm1);
  }

  /** Natural logarithm. */
  public static Tensor log(Tensor x) {
    return inexact(x, Lax::log);
  }

  /** Natural logarithm of {@code 1 + x}, exact near 0. */
  public static Tensor log1p(Tensor x) {
    return inexact(x, Lax::log1p);
  }

  /** Logarithm to base 2. */
  public static Tensor log2(Tensor x) {
    return inexact(x, v -> Lax.div(Lax.log(v), Dims.constant(v, Math.log(2))));
  }

  /** Logarithm to base 10. */
  public static Tensor log10(Tensor x) {
    return inexact(x, v -> Lax.div(Lax.log(v), Dims.constant(v, Math.log(10))));
  }

  /** Square root; NaN below 0, derivative infinite at 0. */
  public static Tensor sqrt(Tensor x) {
    return inexact(x, Lax::sqrt);
  }

  /** {@code 1 / sqrt(x)}. */
  public static Tensor rsqrt(Tensor x) {
    return inexact(x, Lax::rsqrt);
  }

  /** Cube root. */
  public static Tensor cbrt(Tensor x) {
    return inexact(x, Lax::cbrt);
  }

  /** {@code x * x}; of bool i32. */
  public static Tensor square(Tensor x) {
    return Composed.of(
        x,
        v -> {
          Tensor y = v.dtype().isBool() ? Lax.convertElementType(v, DType.I32) : v;
          return Lax.mul(y, y);
        });
  }

  /** {@code 1 / x}. */
  public static Tensor reciprocal(Tensor x) {
    return inexact(x, v -> Lax.div(Dims.constant(v, 1), v));
  }

  /** Sine of an angle in radians. */
  public static Tensor sin(Tensor x) {
    return inexact(x, Lax::sin);
  }

  /** Cosine of an angle in radians. */
  public static Tensor cos(Tensor x) {
    return inexact(x, Lax::cos);
  }

  /** Tangent of an angle in radians. */
  public static Tensor tan(Tensor x) {
    return inexact(x, Lax::tan);
  }

  /** Inverse sine in {@code [-π/2, π/2]}. */
  public static Tensor arcsin(Tensor x) {
    return inexact(x, Lax::asin);
  }

  /** Inverse cosine in {@code [0, π]}. */
  public static Tensor arccos(Tensor x) {
    return inexact(x, Lax::acos);
  }

  /** Inverse tangent in {@code (-π/2, π/2)}. */
  public static Tensor arctan(Tensor x) {
    return inexact(x, Lax::atan);
  }

  /** Hyperbolic sine. */
  public static Tensor sinh(Tensor x) {
    return inexact(x, Lax::sinh);
  }

  /** Hyperbolic cosine. */
  public static Tensor cosh(Tensor x) {
    return inexact(x, Lax::cosh);
  }

  /** Hyperbolic tangent. */
  public static Tensor tanh(Tensor x) {
    return inexact(x, Lax::tanh);
  }

  /** Inverse hyperbolic sine. */
  public static Tensor arcsinh(Tensor x) {
    return inexact(x, Lax::asinh);
  }

  /** Inverse hyperbolic cosine; NaN below 1. */
  public static Tensor arccosh(Tensor x) {
    return inexact(x, Lax::acosh);
  }

  /** Inverse hyperbolic tangent. */
  public static Tensor arctanh(Tensor x) {
    return inexact(x, Lax::atanh);
  }

  /** Error function. */
  public static Tensor erf(Tensor x) {
    return inexact(x, Lax::erf);
  }

  /** {@code 1 - erf(x)}. */
  public static Tensor erfc(Tensor x) {
    return inexact(x, Lax::erfc);
  }

  /** Inverse of the error function. */
  public static Tensor erfinv(Tensor x) {
    return inexact(x, Lax::erfInv);
  }

  /** {@code sin(πx) / (πx)}, 1 at 0; smooth there. */
  public static Tensor sinc(Tensor x) {
    return inexact(
        x,
        v -> {
          Tensor y = Lax.mul(v, Dims.constant(v, Math.PI));
          // Near 0 the series, so that derivatives of every order up to 6 are right there too.
          Tensor small = Lax.lt(Lax.abs(y), Lax.abs(Dims.constant(y, 0.01)));
          Tensor safe = Lax.select(small, Dims.constant(y, 1), y);
          Tensor square = Lax.mul(y, y);
          Tensor series = Dims.constant(y, -1.0 / 5040);
          for (double c : new double[] {1.0 / 120, -1.0 / 6, 1}) {
            series = Lax.add(Lax.mul(series, square), Dims.constant(y, c));
          }
          return Lax.select(small, series, Lax.div(Lax.sin(safe), safe));
        });
  }

  /** Degrees from radians. */
  public static Tensor rad2deg(Tensor x) {
    return inexact(x, v -> Lax.mul(v, Dims.constant(v, 180 / Math.PI)));
  }

  /** Radians from degrees. */
  public static Tensor deg2rad(Tensor x) {
    return inexact(x, v -> Lax.mul(v, Dims.constant(v, Math.PI / 180)));
  }

  /** Smallest integer not below, as a float. */
  public static Tensor ceil(Tensor x) {
    return inexact(x, Lax::ceil);
  }

  /** Largest integer not above, as a float. */
  public static Tensor floor(Tensor x) {
    return inexact(x, Lax::floor);
  }

  /** Rounded toward 0; integers stay as they are. */
  public static Tensor trunc(Tensor x) {
    if (!x.dtype().isInexact()) {
      return same(x);
    }
    return Composed.of(
        x, v -> Lax.select(Lax.lt(v, Dims.constant(v, 0)), Lax.ceil(v), Lax.floor(v)));
  }

  /** Nearest integer, halves to even; integers stay as they are. */
  public static Tensor round(Tensor x) {
    return round(x, 0);
  }

  /**
   * Nearest number of this many decimals, halves to even.
   *
   * @param decimals may be negative: -2 rounds to hundreds
   */
  public static Tensor round(Tensor x, int decimals) {
    if (x.dtype().isBool()) {
      return round(cast(x, DType.I32), decimals);
    }
    if (!x.dtype().isInexact()) {
      if (decimals >= 0) {
        return same(x);
      }
      return cast(round(cast(x, DType.F32), decimals), x.dtype());
    }
    if (decimals == 0) {
      return Lax.roundNearestEven(x);
    }
    return Composed.of(
        x,
        v -> {
          Tensor wide = v.dtype().bits() < 32 ? Lax.convertElementType(v, DType.F32) : v;
          Tensor factor = Dims.constant(wide, Math.pow(10, decimals));
          Tensor rounded = Lax.div(Lax.roundNearestEven(Lax.mul(wide, factor)), factor);
          return Lax.convertElementType(rounded, v.dtype());
        });
  }

  /** True where the sign bit is set: negative numbers and -0. */
  public static Tensor signbit(Tensor x) {
    return Composed.of(
        x,
        v -> {
          DType dtype = v.dtype();
          if (dtype.isBool() || dtype.isUnsigned()) {
            return Lax.full(DType.BOOL, 0, v.shape().dims());
          }
          DType bits =
              !dtype.isFloat()
                  ? dtype
                  : switch (dtype.bits()) {
                    case 64 -> DType.I64;
                    case 32 -> DType.I32;
                    case 16 -> DType.I16;
                    default -> DType.I8;
                  };
          Tensor integer = dtype == bits ? v : Lax.bitcastConvertType(v, bits);
          return Lax.lt(integer, Dims.constant(integer, 0));
        });
  }

  /** True where neither infinite nor NaN. */
  public static Tensor isfinite(Tensor x) {
    return Composed.of(
        x,
        v -> {
          if (v.dtype().isComplex()) {
            return Lax.bitwiseAnd(Lax.isFinite(Lax.real(v)), Lax.isFinite(Lax.imag(v)));
          }
          return v.dtype().isFloat() ? Lax.isFinite(v) : Lax.full(DType.BOOL, 1, v.shape().dims());
        });
  }

  /** True where NaN. */
  public static Tensor isnan(Tensor x) {
    return Composed.of(
        x, v -> v.dtype().isInexact() ? Lax.ne(v, v) : Lax.full(DType.BOOL, 0, v.shape().dims()));
  }

  /** True where infinite of either sign. */
  public static Tensor isinf(Tensor x) {
    return Composed.of(
        x,
        v -> {
          if (v.dtype().isComplex()) {
            return Lax.bitwiseOr(isinf(Lax.real(v)), isinf(Lax.imag(v)));
          }
          return v.dtype().isFloat()
              ? Lax.eq(Lax.abs(v), Dims.constant(v, Double.POSITIVE_INFINITY))
              : Lax.full(DType.BOOL, 0, v.shape().dims());
        });
  }

  /** True where +infinity. */
  public static Tensor isposinf(Tensor x) {
    return isExactly(x, Double.POSITIVE_INFINITY);
  }

  /** True where -infinity. */
  public static Tensor isneginf(Tensor x) {
    return isExactly(x, Double.NEGATIVE_INFINITY);
  }

  private static Tensor isExactly(Tensor x, double limit) {
    return Composed.of(
        x,
        v ->
            v.dtype().isFloat()
                ? Lax.eq(v, Dims.constant(v, limit))
                : Lax.full(DType.BOOL, 0, v.shape().dims()));
  }

  /** True where the imaginary part is 0. */
  public static Tensor isreal(Tensor x) {
    return Composed.of(
        x,
        v -> {
          if (!v.dtype().isComplex()) {
            return Lax.full(DType.BOOL, 1, v.shape().dims());
          }
          Tensor imag = Lax.imag(v);
          return Lax.eq(imag, Dims.constant(imag, 0));
        });
  }

  /** Real part. */
  public static Tensor real(Tensor x) {
    return x.dtype().isComplex() ? Lax.real(x) : same(x);
  }

  /** Imaginary part, 0 of real numbers. */
  public static Tensor imag(Tensor x) {
    return x.dtype().isComplex() ? Lax.imag(x) : Composed.of(x, v -> Dims.constant(v, 0));
  }

  /** Complex conjugate. */
  public static Tensor conj(Tensor x) {
    return x.dtype().isComplex() ? Lax.conj(x) : same(x);
  }

  /** Angle of a complex number in radians; 0 or π of real ones. */
  public static Tensor angle(Tensor x) {
    return inexact(
        x,
        v ->
            v.dtype().isComplex()
                ? Lax.atan2(Lax.imag(v), Lax.real(v))
                : Lax.atan2(Dims.constant(v, 0), v));
  }

  /** True where {@code x} is zero or false. */
  public static Tensor logicalNot(Tensor x) {
    return Composed.of(x, v -> Lax.bitwiseNot(nonzeroMask(v)));
  }

  /** Complement of the bits; of bool logical. */
  public static Tensor bitwiseNot(Tensor x) {
    return Lax.bitwiseNot(x);
  }

  /**
   * {@code x} with NaN and infinities replaced.
   *
   * @param posinf what replaces +infinity; NaN stands for the largest number of the type
   * @param neginf what replaces -infinity; NaN stands for the smallest number of the type
   */
  public static Tensor nanToNum(Tensor x, double nan, double posinf, double neginf) {
    if (!x.dtype().isInexact()) {
      return same(x);
    }
    return Composed.of(
        x,
        v -> {
          if (v.dtype().isComplex()) {
            return Lax.complex(
                nanToNum(Lax.real(v), nan, posinf, neginf),
                nanToNum(Lax.imag(v), nan, posinf, neginf));
          }
          double max = org.cornu.stablehlo.ir.FloatFormat.max(v.dtype());
          Tensor y = Lax.select(Lax.ne(v, v), Dims.constant(v, nan), v);
          y = Lax.select(isposinf(v), Dims.constant(v, Double.isNaN(posinf) ? max : posinf), y);
          return Lax.select(isneginf(v), Dims.constant(v, Double.isNaN(neginf) ? -max : neginf), y);
        });
  }

  /** {@code x} with NaN replaced by 0 and infinities by the largest numbers of the type. */
  public static Tensor nanToNum(Tensor x) {
    return nanToNum(x, 0, Double.NaN, Double.NaN);
  }

  /** {@code x} in another type, limited to the numbers that the type has. */
  public static Tensor saturateCast(Tensor x, DType dtype) {
    return Composed.of(x, v -> saturated(v, dtype));
  }

  private static Tensor saturated(Tensor x, DType dtype) {
    DType from = x.dtype();
    if (from == dtype || dtype.isBool() || dtype.isComplex() || from.isComplex()) {
      return cast(x, dtype);
    }
    double low = Limits.min(dtype);
    double high = Limits.max(dtype);
    double fromLow = Limits.min(from);
    double fromHigh = Limits.max(from);
    Tensor y = from.isBool() ? Lax.convertElementType(x, DType.I32) : x;
    if (low > fromLow) {
      y = Lax.max(y, Dims.constant(y, Limits.up(y.dtype(), low)));
    }
    double most = Limits.down(y.dtype(), high);
    if (high < fromHigh) {
      y = Lax.min(y, Dims.constant(y, most));
    }
    Tensor out = Lax.convertElementType(y, dtype);
    if (high >= fromHigh || most == high) {
      return out;
    }
    // The float just below the largest integer is smaller than it: what lies above becomes it.
    Tensor above = Lax.gt(x, Dims.constant(x, most));
    LaxLinear.Reduction least = Lax.Reduction.MIN;
    Tensor largest = Lax.broadcastInDim(Lax.constant(least.neutral(dtype)), x.shape());
    return Lax.select(above, largest, out);
  }

  /**
   * The same bits read as another type. The last dimension grows or shrinks by the ratio of the
   * widths.
   */
  public static Tensor view(Tensor x, DType dtype) {
    return Composed.of(
        x,
        v -> {
          int from = v.dtype().bits();
          int to = dtype.bits();
          if (v.dtype() == dtype) {
            return v;
          }
          if (from == to) {
            return Lax.bitcastConvertType(v, dtype);
          }
          if (v.rank() == 0) {
            throw new OpException(
                "view: a scalar has no last dimension to split or join: got "
                    + v.type().brief()
                    + " as "
                    + dtype);
          }
          long[] dims = v.shape().dims();
          int last = dims.length - 1;
          if (from > to) {
            Tensor y = Lax.bitcastConvertType(v, dtype);
            dims[last] = dims[last] * (from / to);
            return Lax.reshape(y, dims);
          }
          long ratio = to / from;
          if (dims[last] % ratio != 0) {
            throw new OpException(
                "view: the last dimension must be divisible by "
                    + ratio
                    + ": got "
                    + v.type().brief()
                    + " as "
                    + dtype);
          }
          long[] split = java.util.Arrays.copyOf(dims, dims.length + 1);
          split[last] = dims[last] / ratio;
          split[last + 1] = ratio;
          return Lax.bitcastConvertType(Lax.reshape(v, split), dtype);
        });
  }

  /** Complex numbers from pairs: {@code [..., 2] -> [...]}. */
  public static Tensor viewAsComplex(Tensor x) {
    return Composed.of(
        x,
        v -> {
          int last = v.rank() - 1;
          if (last < 0 || v.shape().dim(last) != 2) {
            throw new OpException(
                "viewAsComplex: the last dimension must have size 2: got " + v.type().brief());
          }
          long[] dims = v.shape().remove(last).dims();
          Tensor f = Lax.convertElementType(v, Promotion.wide(v.dtype()));
          return Lax.complex(
              Lax.reshape(Lax.sliceInDim(f, 0, 1, 1, last), dims),
              Lax.reshape(Lax.sliceInDim(f, 1, 2, 1, last), dims));
        });
  }

  /** Pairs of real and imaginary part: {@code [...] -> [..., 2]}. */
  public static Tensor viewAsReal(Tensor x) {
    return Composed.of(
        x,
        v -> {
          long[] dims = v.shape().insert(v.rank(), 1).dims();
          return Lax.concatenate(
              java.util.List.of(Lax.reshape(real(v), dims), Lax.reshape(imag(v), dims)), v.rank());
        });
  }
}
