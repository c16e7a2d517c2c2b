package org.cornu.stablehlo.interpreter;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import org.cornu.stablehlo.interpreter.ComplexMath.Complex;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.OpCode;

/** Applies the functions of {@link RealMath}, {@link IntegerMath} and {@link ComplexMath}. */
final class ElementwiseKernels {
  private ElementwiseKernels() {}

  static Array unary(OpCode code, Array x) {
    if (x.dtype.isComplex()) {
      return complexUnary(code, x);
    }
    if (x.dtype.isFloat()) {
      DoubleUnaryOperator f = RealMath.unary(code, x.dtype.bits() < 32 ? DType.F32 : x.dtype);
      double[] out = new double[x.count];
      for (int i = 0; i < out.length; i++) {
        out[i] = f.applyAsDouble(x.re[i]);
      }
      return Array.rounded(x.dtype, x.dims, out);
    }
    LongUnaryOperator f = IntegerMath.unary(code, x.dtype);
    long[] out = new long[x.count];
    for (int i = 0; i < out.length; i++) {
      out[i] = f.applyAsLong(x.longs[i]);
    }
    return Array.wrapped(x.dtype, x.dims, out);
  }

  private static Array complexUnary(OpCode code, Array x) {
    double[] re = new double[x.count];
    if (code == OpCode.ABS) {
      for (int i = 0; i < re.length; i++) {
        re[i] = Math.hypot(x.re[i], x.im[i]);
      }
      return Array.rounded(x.dtype.real(), x.dims, re);
    }
    if (code == OpCode.REAL || code == OpCode.IMAG) {
      return Array.ofReals(x.dtype.real(), x.dims, code == OpCode.REAL ? x.re : x.im);
    }
    ComplexMath.Unary f = ComplexMath.unary(code);
    double[] im = new double[x.count];
    for (int i = 0; i < re.length; i++) {
      Complex out = f.apply(new Complex(x.re[i], x.im[i]));
      re[i] = out.re();
      im[i] = out.im();
    }
    return Array.rounded(x.dtype, x.dims, re, im);
  }

  static Array imag(Array x) {
    return x.dtype.isComplex()
        ? complexUnary(OpCode.IMAG, x)
        : Array.ofReals(x.dtype, x.dims, new double[x.count]);
  }

  static Array binary(OpCode code, Array x, Array y) {
    check(code, x, y);
    if (x.dtype.isComplex()) {
      return complexBinary(code, x, y);
    }
    if (x.dtype.isFloat()) {
      return Array.rounded(x.dtype, x.dims, reals(code, x.re, y.re));
    }
    LongBinaryOperator f = IntegerMath.binary(code, x.dtype);
    long[] out = new long[x.count];
    for (int i = 0; i < out.length; i++) {
      out[i] = f.applyAsLong(x.longs[i], y.longs[i]);
    }
    return Array.wrapped(x.dtype, x.dims, out);
  }

  private static void check(OpCode code, Array x, Array y) {
    if (x.dtype != y.dtype || !Arrays.equals(x.dims, y.dims)) {
      throw new InterpreterException(
          code.shortName()
              + ": operands must agree: got "
              + x.type().brief()
              + " and "
              + y.type().brief());
    }
  }

  private static double[] reals(OpCode code, double[] x, double[] y) {
    double[] out = new double[x.length];
    switch (code) {
      case ADD -> {
        for (int i = 0; i < out.length; i++) {
          out[i] = x[i] + y[i];
        }
      }
      case SUBTRACT -> {
        for (int i = 0; i < out.length; i++) {
          out[i] = x[i] - y[i];
        }
      }
      case MULTIPLY -> {
        for (int i = 0; i < out.length; i++) {
          out[i] = x[i] * y[i];
        }
      }
      default -> {
        DoubleBinaryOperator f = RealMath.binary(code);
        for (int i = 0; i < out.length; i++) {
          out[i] = f.applyAsDouble(x[i], y[i]);
        }
      }
    }
    return out;
  }

  private static Array complexBinary(OpCode code, Array x, Array y) {
    ComplexMath.Binary f = ComplexMath.binary(code);
    double[] re = new double[x.count];
    double[] im = new double[x.count];
    for (int i = 0; i < re.length; i++) {
      Complex out = f.apply(new Complex(x.re[i], x.im[i]), new Complex(y.re[i], y.im[i]));
      re[i] = out.re();
      im[i] = out.im();
    }
    return Array.rounded(x.dtype, x.dims, re, im);
  }

  static Array nextAfter(Array x, Array y) {
    check(OpCode.CHLO_NEXT_AFTER, x, y);
    double[] out = new double[x.count];
    for (int i = 0; i < out.length; i++) {
      out[i] = SpecialFunctions.nextAfter(x.dtype, x.re[i], y.re[i]);
    }
    return Array.ofReals(x.dtype, x.dims, out);
  }

  static Array complex(Array re, Array im) {
    check(OpCode.COMPLEX, re, im);
    return Array.ofComplex(re.dtype.complex(), re.dims, re.re, im.re);
  }

  /** What {@link #test} asks of each float. */
  interface RealTest {
    boolean holds(double x);
  }

  static Array test(Array x, RealTest test) {
    long[] out = new long[x.count];
    for (int i = 0; i < out.length; i++) {
      out[i] = test.holds(x.re[i]) ? 1 : 0;
    }
    return Array.ofLongs(DType.BOOL, x.dims, out);
  }

  static Array compare(Array x, Array y, String direction, String type) {
    check(OpCode.COMPARE, x, y);
    long[] out = new long[x.count];
    for (int i = 0; i < out.length; i++) {
      out[i] = compare(x, i, y, i, direction, type) ? 1 : 0;
    }
    return Array.ofLongs(DType.BOOL, x.dims, out);
  }

  /** Compares element {@code i} of {@code x} with element {@code j} of {@code y}. */
  static boolean compare(Array x, int i, Array y, int j, String direction, String type) {
    if (x.dtype.isFloat()) {
      double a = x.re[i];
      double b = y.re[j];
      if (type.equals("TOTALORDER")) {
        return holds(direction, Long.compare(totalOrder(a), totalOrder(b)));
      }
      return switch (direction) {
        case "EQ" -> a == b;
        case "NE" -> a != b;
        case "LT" -> a < b;
        case "LE" -> a <= b;
        case "GT" -> a > b;
        default -> a >= b;
      };
    }
    if (x.dtype.isComplex()) {
      boolean equal = x.re[i] == y.re[j] && x.im[i] == y.im[j];
      return switch (direction) {
        case "EQ" -> equal;
        case "NE" -> !equal;
        default -> {
          int sign = x.re[i] != y.re[j] ? sign(x.re[i], y.re[j]) : sign(x.im[i], y.im[j]);
          yield sign != 2 && holds(direction, sign);
        }
      };
    }
    int sign =
        x.dtype == DType.U64
            ? Long.compareUnsigned(x.longs[i], y.longs[j])
            : Long.compare(x.longs[i], y.longs[j]);
    return holds(direction, sign);
  }

  /** -1, 0 or 1; 2 where a NaN leaves them unordered. */
  private static int sign(double a, double b) {
    return a < b ? -1 : a > b ? 1 : a == b ? 0 : 2;
  }

  private static boolean holds(String direction, int sign) {
    return switch (direction) {
      case "EQ" -> sign == 0;
      case "NE" -> sign != 0;
      case "LT" -> sign < 0;
      case "LE" -> sign <= 0;
      case "GT" -> sign > 0;
      default -> sign >= 0;
    };
  }

  /** Integers in the total order of IEEE 754: -NaN, -inf, …, -0, +0, …, inf, NaN. */
  private static long totalOrder(double x) {
    long bits = Double.doubleToRawLongBits(x);
    return bits ^ (bits >> 63 & Long.MAX_VALUE);
  }

  static Array select(Array predicate, Array onTrue, Array onFalse) {
    check(OpCode.SELECT, onTrue, onFalse);
    if (predicate.rank() == 0) {
      return predicate.truth() ? onTrue : onFalse;
    }
    Array out = Array.zeros(onTrue.element, onTrue.dims);
    for (int i = 0; i < out.count; i++) {
      out.set(i, predicate.longs[i] != 0 ? onTrue : onFalse, i);
    }
    return out;
  }

  static Array clamp(Array min, Array x, Array max) {
    Array low = min.rank() == x.rank() ? min : ShapeKernels.splat(min, x.dims);
    Array high = max.rank() == x.rank() ? max : ShapeKernels.splat(max, x.dims);
    return binary(OpCode.MINIMUM, binary(OpCode.MAXIMUM, x, low), high);
  }
}
