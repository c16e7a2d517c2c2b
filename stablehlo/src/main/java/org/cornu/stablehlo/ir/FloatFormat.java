package org.cornu.stablehlo.ir;

/**
 * Bit-exact conversion between {@code double} and every StableHLO float type, rounding to nearest
 * even (IEEE 754-2019 section 4.3.1; the 8-bit and smaller kinds as in the OCP and FNUZ proposals
 * cited by the StableHLO spec).
 */
public final class FloatFormat {
  private enum Special {
    /** Infinities and NaNs as in IEEE 754. */
    IEEE,
    /** No infinity; all bits of exponent and mantissa set is NaN. */
    FN,
    /** No infinity and no negative zero; the bit pattern of -0 is NaN. */
    FNUZ,
    /** Neither infinity nor NaN; too large saturates. */
    FINITE
  }

  private FloatFormat() {}

  private record Layout(int exponentBits, int mantissaBits, int bias, Special special) {}

  private static final Layout F16 = new Layout(5, 10, 15, Special.IEEE);
  private static final Layout BF16 = new Layout(8, 7, 127, Special.IEEE);

  private static Layout layout(DType dtype) {
    return switch (dtype) {
      case F16 -> F16;
      case BF16 -> BF16;
      case F8E5M2 -> new Layout(5, 2, 15, Special.IEEE);
      case F8E4M3 -> new Layout(4, 3, 7, Special.IEEE);
      case F8E3M4 -> new Layout(3, 4, 3, Special.IEEE);
      case F8E4M3FN -> new Layout(4, 3, 7, Special.FN);
      case F8E4M3FNUZ -> new Layout(4, 3, 8, Special.FNUZ);
      case F8E4M3B11FNUZ -> new Layout(4, 3, 11, Special.FNUZ);
      case F8E5M2FNUZ -> new Layout(5, 2, 16, Special.FNUZ);
      case F4E2M1FN -> new Layout(2, 1, 1, Special.FINITE);
      case F6E2M3FN -> new Layout(2, 3, 1, Special.FINITE);
      case F6E3M2FN -> new Layout(3, 2, 3, Special.FINITE);
      default -> throw new IllegalArgumentException(dtype + " is not a small float type");
    };
  }

  /** The bits of {@code value} rounded to {@code dtype}. */
  public static long encode(DType dtype, double value) {
    return switch (dtype) {
      case F64 -> Double.doubleToRawLongBits(value);
      case F32 -> Float.floatToRawIntBits((float) value) & 0xFFFFFFFFL;
      case F8E8M0FNU -> encodeE8M0(value);
      default -> encodeSmall(layout(dtype), value);
    };
  }

  /** The value that {@code bits} stand for in {@code dtype}. */
  public static double decode(DType dtype, long bits) {
    return switch (dtype) {
      case F64 -> Double.longBitsToDouble(bits);
      case F32 -> Float.intBitsToFloat((int) bits);
      case F8E8M0FNU -> bits == 0xFF ? Double.NaN : Math.scalb(1.0, (int) bits - 127);
      case BF16 -> Float.intBitsToFloat((int) bits << 16);
      default -> decodeSmall(layout(dtype), bits);
    };
  }

  /** {@code value} rounded to {@code dtype} and widened again. */
  public static double round(DType dtype, double value) {
    return switch (dtype) {
      case F64 -> value;
      case F32 -> (float) value;
      default -> decode(dtype, encode(dtype, value));
    };
  }

  /** The largest finite value of a float type. */
  public static double max(DType dtype) {
    return switch (dtype) {
      case F64 -> Double.MAX_VALUE;
      case F32 -> Float.MAX_VALUE;
      case F8E8M0FNU -> Math.scalb(1.0, 127);
      default -> maxFinite(layout(dtype));
    };
  }

  /** The least positive number that has all bits of the mantissa. */
  public static double minNormal(DType dtype) {
    return switch (dtype) {
      case F64 -> Double.MIN_NORMAL;
      case F32 -> Float.MIN_NORMAL;
      case F8E8M0FNU -> Math.scalb(1.0, -127);
      default -> Math.scalb(1.0, 1 - layout(dtype).bias);
    };
  }

  /** True when the type can represent infinities. */
  public static boolean hasInfinity(DType dtype) {
    return dtype == DType.F64
        || dtype == DType.F32
        || (dtype != DType.F8E8M0FNU && layout(dtype).special == Special.IEEE);
  }

  /** Bits of the mantissa behind the leading one. */
  public static int mantissaBits(DType dtype) {
    return switch (dtype) {
      case F64 -> 52;
      case F32 -> 23;
      case F8E8M0FNU -> 0;
      default -> layout(dtype).mantissaBits;
    };
  }

  private static double maxFinite(Layout f) {
    int top = (1 << f.exponentBits) - 1;
    long mantissa = (1L << f.mantissaBits) - 1;
    if (f.special == Special.IEEE) {
      top--;
    } else if (f.special == Special.FN) {
      mantissa--;
    }
    double fraction = 1 + mantissa * Math.scalb(1.0, -f.mantissaBits);
    return fraction * Math.scalb(1.0, top - f.bias);
  }

  private static long nanBits(Layout f) {
    int width = f.exponentBits + f.mantissaBits;
    return switch (f.special) {
      case IEEE -> (((1L << f.exponentBits) - 1) << f.mantissaBits) | (1L << (f.mantissaBits - 1));
      case FN -> (1L << width) - 1;
      case FNUZ -> 1L << width;
      // A type without NaN: the quiet answer of LLVM's APFloat is negative zero.
      case FINITE -> 1L << width;
    };
  }

  private static long encodeSmall(Layout f, double value) {
    if (Double.isNaN(value)) {
      return nanBits(f);
    }
    int width = f.exponentBits + f.mantissaBits;
    long sign = Double.doubleToRawLongBits(value) < 0 ? 1L << width : 0;
    double a = Math.abs(value);
    if (a == 0) {
      return f.special == Special.FNUZ ? 0 : sign;
    }
    long overflow =
        switch (f.special) {
          case IEEE -> sign | (((1L << f.exponentBits) - 1) << f.mantissaBits);
          case FN -> sign | nanBits(f);
          case FNUZ -> nanBits(f);
          case FINITE -> sign | ((1L << width) - 1);
        };
    if (Double.isInfinite(a)) {
      return overflow;
    }
    int minExponent = 1 - f.bias;
    int exponent = Math.max(Math.getExponent(a), minExponent);
    // Scaling by powers of two is exact (twice, so that the factor itself stays in range), so rint
    // does the only rounding, to nearest even.
    int shift = f.mantissaBits - exponent;
    int half = shift / 2;
    long quanta = (long) Math.rint(a * Math.scalb(1.0, half) * Math.scalb(1.0, shift - half));
    if (quanta == 0) {
      return f.special == Special.FNUZ ? 0 : sign;
    }
    if (quanta >= 1L << (f.mantissaBits + 1)) {
      quanta >>= 1;
      exponent++;
    }
    boolean normal = quanta >= 1L << f.mantissaBits;
    long bits =
        normal
            ? ((long) (exponent + f.bias) << f.mantissaBits)
                | (quanta & ((1L << f.mantissaBits) - 1))
            : quanta;
    double rounded = quanta * Math.scalb(1.0, exponent - f.mantissaBits);
    return rounded > maxFinite(f) ? overflow : sign | bits;
  }

  private static double decodeSmall(Layout f, long raw) {
    int width = f.exponentBits + f.mantissaBits;
    boolean negative = (raw >> width & 1) != 0;
    long exponent = raw >> f.mantissaBits & ((1L << f.exponentBits) - 1);
    long mantissa = raw & ((1L << f.mantissaBits) - 1);
    long magnitude = raw & ((1L << width) - 1);
    long allOnes = (1L << f.exponentBits) - 1;
    if (f.special == Special.FNUZ && negative && magnitude == 0) {
      return Double.NaN;
    }
    if (f.special == Special.FN && magnitude == (1L << width) - 1) {
      return Double.NaN;
    }
    double value;
    if (f.special == Special.IEEE && exponent == allOnes) {
      value = mantissa == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    } else if (exponent == 0) {
      value = mantissa * Math.scalb(1.0, 1 - f.bias - f.mantissaBits);
    } else {
      value =
          (1 + mantissa * Math.scalb(1.0, -f.mantissaBits))
              * Math.scalb(1.0, (int) exponent - f.bias);
    }
    return negative ? -value : value;
  }

  private static long encodeE8M0(double value) {
    if (value == 0) {
      // The type has no zero; LLVM's APFloat takes its smallest value.
      return 0;
    }
    if (!(value > 0) || Double.isInfinite(value)) {
      return 0xFF;
    }
    int exponent = Math.getExponent(value);
    double fraction = value / Math.scalb(1.0, exponent);
    // The only bit of the significand is set, so a tie is never at an even one: it goes up.
    boolean up = fraction >= 1.5;
    int field = exponent + 127 + (up ? 1 : 0);
    return field > 254 ? 0xFF : Math.max(0, field);
  }
}
