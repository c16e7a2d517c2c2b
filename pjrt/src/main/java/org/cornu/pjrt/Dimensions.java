package org.cornu.pjrt;

/** Checks and arithmetic on dimensions, done before a plugin sees them. */
final class Dimensions {
  private Dimensions() {}

  /** The number of elements; throws on negative dimensions and on overflow. */
  static long elements(String operation, long[] dims) {
    long count = 1;
    for (long dim : dims) {
      if (dim < 0) {
        throw new IllegalArgumentException(
            operation + ": dimensions must not be negative: got " + text(dims));
      }
      if (dim == 0) {
        return zeroUnlessNegative(operation, dims);
      }
      try {
        count = Math.multiplyExact(count, dim);
      } catch (ArithmeticException e) {
        throw new IllegalArgumentException(
            operation + ": dimensions exceed 2^63 elements: got " + text(dims), e);
      }
    }
    return count;
  }

  private static long zeroUnlessNegative(String operation, long[] dims) {
    for (long dim : dims) {
      if (dim < 0) {
        throw new IllegalArgumentException(
            operation + ": dimensions must not be negative: got " + text(dims));
      }
    }
    return 0;
  }

  /** {@code 2,3} in brackets. */
  static String text(long[] dims) {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < dims.length; i++) {
      text.append(i == 0 ? "" : ",").append(dims[i]);
    }
    return text.append(']').toString();
  }

  /** {@code f32[2,3]}. */
  static String text(BufferType type, long[] dims) {
    return type.mlirName() + text(dims);
  }
}
