package org.cornu.stablehlo.interpreter;

import java.util.Arrays;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.ElementType;
import org.cornu.stablehlo.ir.FloatFormat;

/** Changes of element type: {@code convert}, {@code bitcast_convert}, {@code reduce_precision}. */
final class Conversions {
  private Conversions() {}

  static Array convert(Array x, DType to) {
    if (x.dtype == to) {
      return x;
    }
    if (to.isComplex()) {
      Array re = convert(x.dtype.isComplex() ? realPart(x) : x, to.real());
      double[] im =
          x.dtype.isComplex()
              ? convert(ElementwiseKernels.imag(x), to.real()).re
              : new double[x.count];
      return Array.ofComplex(to, x.dims, re.re, im);
    }
    if (x.dtype.isComplex()) {
      return convert(realPart(x), to);
    }
    if (to.isFloat()) {
      double[] out = new double[x.count];
      if (x.dtype.isFloat()) {
        System.arraycopy(x.re, 0, out, 0, out.length);
        return Array.rounded(to, x.dims, out);
      }
      for (int i = 0; i < out.length; i++) {
        out[i] = Rounding.toFloat(x.dtype, x.longs[i], to);
      }
      return Array.ofReals(to, x.dims, out);
    }
    long[] out = new long[x.count];
    for (int i = 0; i < out.length; i++) {
      out[i] = x.dtype.isFloat() ? Rounding.toInteger(x.re[i], to) : Rounding.wrap(to, x.longs[i]);
    }
    return Array.ofLongs(to, x.dims, out);
  }

  /** Converts to another plain element type; quantized elements stay as they are. */
  static Array promote(Array x, ElementType to) {
    return x.element instanceof DType && to instanceof DType plain ? convert(x, plain) : x;
  }

  private static Array realPart(Array x) {
    return Array.ofReals(x.dtype.real(), x.dims, x.re);
  }

  /**
   * Reinterprets bits. Elements are taken apart into units of the narrower width, low bits first,
   * and put together again; between widths the last dimension appears or disappears.
   */
  static Array bitcast(Array x, DType to, int[] dims) {
    int unit = Math.min(64, Math.min(x.dtype.bits(), to.bits()));
    if (x.dtype.isComplex() != to.isComplex() || x.dtype.isComplex()) {
      unit = Math.min(unit, Math.min(x.dtype.real().bits(), to.real().bits()));
    }
    long[] units = explode(x, unit);
    return assemble(units, unit, to, dims);
  }

  /** The elements as runs of {@code unit} bits, low bits first. */
  private static long[] explode(Array x, int unit) {
    DType part = x.dtype.real();
    boolean complex = x.dtype.isComplex();
    int perPart = part.bits() / unit;
    int parts = complex ? 2 : 1;
    long[] out = new long[x.count * parts * perPart];
    long mask = unit == 64 ? -1L : (1L << unit) - 1;
    int at = 0;
    for (int i = 0; i < x.count; i++) {
      for (int p = 0; p < parts; p++) {
        long bits =
            part.isFloat() ? FloatFormat.encode(part, p == 0 ? x.re[i] : x.im[i]) : x.longs[i];
        for (int u = 0; u < perPart; u++) {
          out[at++] = bits >>> (u * unit) & mask;
        }
      }
    }
    return out;
  }

  private static Array assemble(long[] units, int unit, DType to, int[] dims) {
    DType part = to.real();
    int perPart = part.bits() / unit;
    Array out = Array.zeros(to, dims);
    int at = 0;
    for (int i = 0; i < out.count; i++) {
      for (int p = 0; p < (to.isComplex() ? 2 : 1); p++) {
        long bits = 0;
        for (int u = 0; u < perPart; u++) {
          bits |= units[at++] << (u * unit);
        }
        if (!part.isFloat()) {
          out.longs[i] = Rounding.wrap(to, bits);
        } else if (p == 0) {
          out.re[i] = FloatFormat.decode(part, bits);
        } else {
          out.im[i] = FloatFormat.decode(part, bits);
        }
      }
    }
    return out;
  }

  /** The sizes of a bitcast whose result type leaves them open. */
  static int[] bitcastDims(Array x, DType to) {
    int from = x.dtype.bits();
    if (from > to.bits()) {
      return Indexing.concat(x.dims, new int[] {from / to.bits()});
    }
    return from < to.bits() ? Arrays.copyOf(x.dims, x.rank() - 1) : x.dims;
  }

  /**
   * Rounds to a format of so many exponent and mantissa bits and back. What is too large becomes
   * infinite, what is below the smallest normal number of a narrower exponent becomes zero.
   */
  static Array reducePrecision(Array x, int exponentBits, int mantissaBits) {
    double[] out = new double[x.count];
    int ownExponentBits = x.dtype.bits() - 1 - FloatFormat.mantissaBits(x.dtype);
    int minExponent = 2 - (1 << (ownExponentBits - 1));
    for (int i = 0; i < out.length; i++) {
      out[i] =
          reducePrecision(
              x.re[i], exponentBits, mantissaBits, exponentBits < ownExponentBits, minExponent);
    }
    return Array.rounded(x.dtype, x.dims, out);
  }

  private static double reducePrecision(
      double x, int exponentBits, int mantissaBits, boolean narrower, int minExponent) {
    if (Double.isNaN(x)) {
      return mantissaBits > 0 ? x : Double.POSITIVE_INFINITY;
    }
    if (x == 0 || Double.isInfinite(x)) {
      return x;
    }
    int exponent = Math.max(Math.getExponent(x), minExponent);
    double rounded = x;
    if (mantissaBits < 52) {
      double down = x * Math.scalb(1.0, (mantissaBits - exponent) / 2);
      int rest = mantissaBits - exponent - (mantissaBits - exponent) / 2;
      double whole = Math.rint(down * Math.scalb(1.0, rest));
      rounded = Math.scalb(whole, exponent - mantissaBits);
    }
    if (narrower) {
      int bias = (1 << (exponentBits - 1)) - 1;
      int reached = rounded == 0 ? -10000 : Math.getExponent(rounded);
      if (reached > bias) {
        return Math.copySign(Double.POSITIVE_INFINITY, x);
      }
      if (reached <= -bias) {
        return Math.copySign(0, x);
      }
    }
    return rounded;
  }
}
