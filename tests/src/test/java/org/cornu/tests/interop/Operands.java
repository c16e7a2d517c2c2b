package org.cornu.tests.interop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How operands of functions are drawn: arrays of any type, with odd values, axes, scalars. */
final class Operands {
  static final String[] FLOATS = {"float32", "float32", "float16", "bfloat16"};
  static final String[] INTEGERS = {"int8", "uint8", "int16", "uint16", "int32", "uint32"};
  static final String[] ANY = {
    "float32",
    "float32",
    "float32",
    "float16",
    "bfloat16",
    "int32",
    "int32",
    "int8",
    "uint8",
    "int16",
    "uint16",
    "uint32",
    "bool"
  };
  static final String[] COMPLEX = {"complex64", "float32", "int32"};
  private static final Object[] ODD = {"NaN", "Infinity", "-Infinity", 0.0, -0.0, 1.0, -1.0};

  private Operands() {}

  /** Sizes of a rank between the bounds, of which one may be 0. */
  static int[] shape(DrawnCase c, int low, int high) {
    int[] out = new int[c.in(low, high)];
    for (int d = 0; d < out.length; d++) {
      out[d] = c.in(1, 4);
    }
    if (out.length > 0 && c.in(0, 15) == 0) {
      out[c.in(0, out.length - 1)] = 0;
    }
    return out;
  }

  /** Sizes that are never 0. */
  static int[] filled(DrawnCase c, int low, int high) {
    int[] out = shape(c, low, high);
    for (int d = 0; d < out.length; d++) {
      out[d] = Math.max(1, out[d]);
    }
    return out;
  }

  /** Number of elements. */
  static int count(int... dims) {
    return Arrays.stream(dims).reduce(1, (a, b) -> a * b);
  }

  /** An array of a type, of numbers between the bounds where the type has them. */
  static Object array(DrawnCase c, String dtype, double low, double high, int... dims) {
    return odd(c, dtype, low, high, 0, dims);
  }

  /** The same with one NaN, infinity or zero among {@code odd} elements; 0 for none. */
  static Object odd(DrawnCase c, String dtype, double low, double high, int odd, int... dims) {
    List<Object> data = new ArrayList<>();
    boolean complex = dtype.startsWith("complex");
    for (int i = 0; i < count(dims) * (complex ? 2 : 1); i++) {
      if (dtype.equals("bool")) {
        data.add(c.coin());
      } else if (!dtype.contains("float") && !complex) {
        data.add(c.in((int) Math.ceil(least(dtype, low)), (int) Math.floor(most(dtype, high))));
      } else if (odd > 0 && c.in(1, odd) == 1) {
        data.add(c.pick(ODD));
      } else {
        data.add(narrowed(dtype, c.between(low, high)));
      }
    }
    return c.array(dtype, data, dims);
  }

  private static double least(String dtype, double low) {
    return dtype.startsWith("u")
        ? Math.max(0, low)
        : Math.max(dtype.equals("int8") ? -128 : -32768, low);
  }

  private static double most(String dtype, double high) {
    return Math.max(least(dtype, 0), Math.min(high, dtype.endsWith("t8") ? 127 : 32767));
  }

  /** A number that a type holds exactly. */
  private static double narrowed(String dtype, double value) {
    int bits = Float.floatToIntBits((float) value);
    if (dtype.equals("bfloat16")) {
      return Float.intBitsToFloat(bits & 0xFFFF0000);
    }
    if (dtype.equals("float16")) {
      double bounded = Math.max(-65504, Math.min(65504, Float.intBitsToFloat(bits & 0xFFFFE000)));
      return Math.abs(bounded) < 6.2e-5 ? 0.0 : bounded;
    }
    return (float) value;
  }

  /** An array of any type. */
  static Object any(DrawnCase c, int... dims) {
    return array(c, c.pick(ANY), -4, 7, dims);
  }

  /** An array of floats of any width. */
  static Object floats(DrawnCase c, int... dims) {
    return array(c, c.pick(FLOATS), -3, 3, dims);
  }

  /** An array of any type that may have equal elements, NaN and infinities. */
  static Object wild(DrawnCase c, int... dims) {
    String dtype = c.pick(ANY);
    boolean ties = c.coin();
    if (dtype.contains("float") && ties) {
      List<Object> data = new ArrayList<>();
      for (int i = 0; i < count(dims); i++) {
        data.add((double) c.in(-2, 2));
      }
      return c.array(dtype, data, dims);
    }
    return odd(c, dtype, -4, 4, c.coin() ? 6 : 0, dims);
  }

  /** An axis, rarely one that is not there. */
  static int axis(DrawnCase c, int rank) {
    return c.in(0, 24) == 0 ? c.pick(rank, -rank - 1) : c.in(-rank, Math.max(0, rank - 1));
  }

  /** No axis, one, or several. */
  static @Nullable Object axes(DrawnCase c, int rank) {
    int which = c.in(0, 2);
    if (which == 0 || rank == 0) {
      return null;
    }
    if (which == 1) {
      return axis(c, rank);
    }
    return tuple(someAxes(c, rank));
  }

  /** Different axes, at least one, some counted from the end. */
  static List<Object> someAxes(DrawnCase c, int rank) {
    List<Object> out = new ArrayList<>();
    for (int d : permutation(c, rank).subList(0, c.in(1, rank))) {
      out.add(c.coin() ? d : d - rank);
    }
    return out;
  }

  /** The numbers below {@code n} in random order. */
  static List<Integer> permutation(DrawnCase c, int n) {
    List<Integer> out = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      out.add(c.in(0, out.size()), i);
    }
    return out;
  }

  /** A tuple. */
  static Map<String, Object> tuple(List<?> values) {
    return Map.of("$tuple", values);
  }

  /** A tuple of integers. */
  static Map<String, Object> tuple(int... values) {
    return tuple(Arrays.stream(values).boxed().toList());
  }

  /** A Python number, mostly small. */
  static Object scalar(DrawnCase c) {
    return switch (c.in(0, 4)) {
      case 0, 1 -> c.in(-3, 5);
      case 2 -> c.coin();
      default -> c.real(-3, 3);
    };
  }

  /** Sizes that broadcast with {@code dims}. */
  static int[] beside(DrawnCase c, int... dims) {
    int from = c.in(0, dims.length);
    int[] out = Arrays.copyOfRange(dims, c.coin() ? 0 : from, dims.length);
    for (int d = 0; d < out.length; d++) {
      if (c.in(0, 3) == 0) {
        out[d] = 1;
      }
    }
    return out;
  }

  /** Elementwise results are compared to a few units of precision. */
  static DrawnCase ulps(DrawnCase c, double ulps) {
    return c.with("ulps", ulps);
  }
}
