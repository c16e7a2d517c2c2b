package org.cornu.ops;

import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.FloatFormat;

/** The range of numbers of an element type. */
final class Limits {
  private Limits() {}

  /** The largest finite number. */
  static double max(DType dtype) {
    if (dtype.isFloat()) {
      return FloatFormat.max(dtype);
    }
    if (dtype.isBool()) {
      return 1;
    }
    int bits = dtype.isUnsigned() ? dtype.bits() : dtype.bits() - 1;
    return Math.pow(2, bits) - 1;
  }

  /** The smallest finite number. */
  static double min(DType dtype) {
    if (dtype.isFloat()) {
      return -FloatFormat.max(dtype);
    }
    return dtype.isSigned() ? -Math.pow(2, dtype.bits() - 1) : 0;
  }

  /** The smallest number of a float type that is not below {@code value}. */
  static double up(DType dtype, double value) {
    return -down(dtype, -value);
  }

  /** The largest number of a float type that is not above {@code value}; exact for integers. */
  static double down(DType dtype, double value) {
    if (!dtype.isFloat()) {
      return value;
    }
    double rounded = FloatFormat.round(dtype, value);
    if (rounded <= value) {
      return rounded;
    }
    double step = Math.abs(value) * Math.pow(2, -FloatFormat.mantissaBits(dtype) - 1);
    while (rounded > value) {
      rounded = FloatFormat.round(dtype, value - step);
      step *= 2;
    }
    return rounded;
  }

  /** The distance from 1 to the next larger number. */
  static double epsilon(DType dtype) {
    return Math.pow(2, -FloatFormat.mantissaBits(dtype.real()));
  }
}
