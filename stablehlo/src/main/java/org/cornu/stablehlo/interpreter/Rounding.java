package org.cornu.stablehlo.interpreter;

import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.FloatFormat;

/** Brings computed values into the range and precision of their type. */
final class Rounding {
  private Rounding() {}

  /** Rounds to nearest even, in place. */
  static void round(DType dtype, double[] values) {
    switch (dtype) {
      case F64 -> {}
      case F32 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) values[i];
        }
      }
      default -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = FloatFormat.round(dtype, values[i]);
        }
      }
    }
  }

  /** Rounds to nearest even. */
  static double round(DType dtype, double value) {
    return dtype == DType.F64
        ? value
        : dtype == DType.F32 ? (float) value : FloatFormat.round(dtype, value);
  }

  /** Keeps the low bits, in place; bool becomes 0 or 1. */
  static void wrap(DType dtype, long[] values) {
    if (dtype.bits() == 64) {
      return;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = wrap(dtype, values[i]);
    }
  }

  /** Keeps the low bits, sign- or zero-extended; bool becomes 0 or 1. */
  static long wrap(DType dtype, long value) {
    if (dtype.isBool()) {
      return value != 0 ? 1 : 0;
    }
    int unused = 64 - dtype.bits();
    return dtype.isSigned() ? value << unused >> unused : value << unused >>> unused;
  }

  /** An integer of type {@code from} as a value of float type {@code to}, rounded once. */
  static double toFloat(DType from, long value, DType to) {
    boolean negative = value < 0 && from != DType.U64;
    long magnitude = negative ? -value : value;
    double out;
    if (magnitude >= 0 && magnitude < 1L << 53) {
      out = magnitude;
    } else if (to == DType.F64) {
      // Halving with a sticky low bit keeps the one rounding to nearest even of the conversion.
      out = magnitude >= 0 ? (double) magnitude : ((magnitude >>> 1) | (magnitude & 1)) * 2.0;
    } else {
      // A sticky bit far below the target's precision makes the second rounding the only one.
      long high = magnitude >>> 11 | ((magnitude & 0x7FF) != 0 ? 1 : 0);
      out = high * 2048.0;
    }
    return round(to, negative ? -out : out);
  }

  /** A float as an integer of type {@code to}: toward zero, saturating; NaN becomes 0. */
  static long toInteger(double value, DType to) {
    if (to.isBool()) {
      return value != 0 ? 1 : 0;
    }
    if (Double.isNaN(value)) {
      return 0;
    }
    if (to == DType.U64) {
      if (value <= 0) {
        return 0;
      }
      if (value >= 0x1p64) {
        return -1;
      }
      return value < 0x1p63 ? (long) value : (long) (value - 0x1p63) ^ Long.MIN_VALUE;
    }
    long max = to.isSigned() ? -1L >>> (65 - to.bits()) : -1L >>> (64 - to.bits());
    long min = to.isSigned() ? -max - 1 : 0;
    return Math.max(min, Math.min(max, (long) value));
  }
}
