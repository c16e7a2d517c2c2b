package org.cornu.tests.interop;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** How initializers, regularizers and constraints of weights are drawn. */
final class WeightPlans {
  private static final Map<String, Consumer<DrawnCase>> INITIALIZERS = new TreeMap<>();
  private static final Map<String, Consumer<DrawnCase>> REGULARIZERS = new TreeMap<>();
  private static final Map<String, Consumer<DrawnCase>> CONSTRAINTS = new TreeMap<>();

  private WeightPlans() {}

  static Map<String, Consumer<DrawnCase>> initializers() {
    return INITIALIZERS;
  }

  static Map<String, Consumer<DrawnCase>> regularizers() {
    return REGULARIZERS;
  }

  static Map<String, Consumer<DrawnCase>> constraints() {
    return CONSTRAINTS;
  }

  private static List<Integer> shape(DrawnCase c, int least, int most) {
    int rank = c.in(least, most);
    return java.util.stream.IntStream.range(0, rank).mapToObj(d -> c.in(1, 6)).toList();
  }

  private static void initializer(
      String name, int least, int most, String[] types, Consumer<DrawnCase> options) {
    INITIALIZERS.put(
        name,
        c -> {
          if (c.has("seed")) {
            c.set("seed", c.in(0, 1 << 30));
          }
          options.accept(c);
          c.leave("input_axes", "output_axes");
          c.with("shape", shape(c, least, most));
          c.with("dtype", c.pick(types));
          // A QR decomposition of LAPACK is not to be had to the bit.
          c.with("exact", !name.equals("Orthogonal"));
        });
  }

  static {
    String[] any = {"float32", "float32", "float16", "bfloat16", "int32"};
    String[] floats = {"float32", "float32", "float32", "bfloat16"};
    initializer("Zeros", 0, 3, any, c -> {});
    initializer("Ones", 0, 3, any, c -> {});
    initializer("Constant", 0, 3, any, c -> c.set("value", c.real(-3, 3)));
    initializer("Identity", 2, 2, floats, c -> c.maybe("gain", c.real(0.5, 2)));
    initializer("Orthogonal", 2, 4, new String[] {"float32"}, c -> c.maybe("gain", c.real(0.5, 2)));
    for (String name : List.of("RandomNormal", "TruncatedNormal")) {
      initializer(
          name, 0, 4, floats, c -> c.maybe("mean", c.real(-1, 1)).maybe("stddev", c.real(0.01, 2)));
    }
    initializer(
        "RandomUniform",
        0,
        4,
        floats,
        c -> c.maybe("minval", c.real(-2, 0)).maybe("maxval", c.real(0.1, 2)));
    initializer(
        "VarianceScaling",
        1,
        5,
        floats,
        c -> {
          c.maybe("scale", c.real(0.2, 3));
          c.maybe("mode", c.pick("fan_in", "fan_out", "fan_avg"));
          c.maybe("distribution", c.pick("truncated_normal", "untruncated_normal", "uniform"));
        });
    for (String name :
        List.of(
            "GlorotUniform",
            "GlorotNormal",
            "LecunNormal",
            "LecunUniform",
            "HeNormal",
            "HeUniform")) {
      initializer(name, 1, 5, floats, c -> {});
    }
    INITIALIZERS.put(
        "STFT",
        c -> {
          c.set("side", c.pick("real", "imag"));
          c.set("window", c.in(0, 2) == 0 ? null : c.pick("hann", "hamming"));
          c.set("scaling", c.in(0, 2) == 0 ? null : c.pick("density", "spectrum"));
          int size = 1 << c.in(2, 4);
          c.with("shape", List.of(size, 1, size / 2 + 1)).with("dtype", "float32");
          c.with("exact", true);
        });
  }

  private static int[] sizes(DrawnCase c, int rank) {
    int[] dims = new int[rank];
    for (int d = 0; d < rank; d++) {
      dims[d] = c.in(2, 5);
    }
    return dims;
  }

  static {
    REGULARIZERS.put(
        "L1",
        c -> {
          c.maybe("l1", c.real(0, 0.5));
          c.input(sizes(c, c.in(1, 4)));
        });
    REGULARIZERS.put(
        "L2",
        c -> {
          c.maybe("l2", c.real(0, 0.5));
          c.input(sizes(c, c.in(1, 4)));
        });
    REGULARIZERS.put(
        "L1L2",
        c -> {
          c.maybe("l1", c.real(0, 0.5)).maybe("l2", c.real(0, 0.5));
          c.input(sizes(c, c.in(1, 4)));
        });
    REGULARIZERS.put(
        "OrthogonalRegularizer",
        c -> {
          c.maybe("factor", c.real(0.001, 0.5)).maybe("mode", c.pick("rows", "columns"));
          c.input(sizes(c, 2));
        });
    CONSTRAINTS.put("NonNeg", c -> c.input(sizes(c, c.in(1, 4))));
    for (String name : List.of("MaxNorm", "MinMaxNorm", "UnitNorm")) {
      CONSTRAINTS.put(
          name,
          c -> {
            int rank = c.in(1, 4);
            if (c.has("max_value")) {
              c.maybe("max_value", c.real(1, 3));
            }
            if (c.has("min_value")) {
              c.maybe("min_value", c.real(0, 0.9)).maybe("rate", c.real(0.1, 1));
            }
            c.set("axis", rank == 4 && c.coin() ? List.of(0, 1, 2) : c.in(0, rank - 1));
            c.input(sizes(c, rank));
          });
    }
  }
}
