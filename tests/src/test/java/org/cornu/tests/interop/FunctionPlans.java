package org.cornu.tests.interop;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.cornu.check.OpCatalog;
import org.cornu.check.Signature;

/** How calls of {@code keras.activations} and {@code keras.quantizers} are drawn. */
final class FunctionPlans {
  private static final Map<String, Consumer<DrawnCase>> FUNCTIONS = new TreeMap<>();

  private FunctionPlans() {}

  static Map<String, Consumer<DrawnCase>> functions() {
    return FUNCTIONS;
  }

  private static int[] sizes(DrawnCase c, int rank) {
    int[] dims = new int[rank];
    for (int d = 0; d < rank; d++) {
      dims[d] = c.in(1, 3) * 2;
    }
    return dims;
  }

  private static void activation(DrawnCase c, Signature signature) {
    c.input(sizes(c, c.in(1, 4)));
    for (Signature.Parameter parameter : signature.parameters()) {
      String text = parameter.defaultText();
      if (parameter.name().equals("axis")) {
        c.call("axis", c.pick(-1, 0));
      } else if ("True".equals(text) || "False".equals(text)) {
        c.call(parameter.name(), c.coin());
      } else if (text != null && text.matches("-?[0-9.]+") && c.coin()) {
        c.call(parameter.name(), c.real(0.1, 2));
      } else if (parameter.name().equals("threshold") || parameter.name().equals("default_value")) {
        c.call(parameter.name(), c.real(-1, 1));
      }
    }
  }

  private static void quantizer(String name, Consumer<DrawnCase> plan) {
    FUNCTIONS.put("keras.quantizers." + name, plan);
  }

  static {
    OpCatalog.load()
        .entries()
        .forEach(
            (path, entry) -> {
              if (path.startsWith("keras.activations.")) {
                FUNCTIONS.put(path, c -> activation(c, entry.signature()));
              }
            });
    quantizer(
        "abs_max_quantize",
        c -> {
          int rank = c.in(1, 3);
          c.input(sizes(c, rank)).call("axis", c.in(-1, rank - 1));
          if (c.coin()) {
            c.call("value_range", List.of(-c.in(7, 128), c.in(7, 127)));
          }
        });
    quantizer(
        "abs_max_quantize_grouped_with_zero_point",
        c ->
            c.input(c.in(2, 9), c.in(1, 4))
                .call("block_size", c.in(2, 5))
                .call("value_range", List.of(-8, c.pick(7, 3)))
                .call("to_numpy", true));
    quantizer(
        "compute_float8_scale",
        c ->
            c.argument(c.floats(0, 3))
                .argument(c.floats(0.1, 2))
                .argument(c.pick(448.0, 57344.0))
                .call("margin", c.in(0, 2)));
    quantizer(
        "compute_float8_amax_history",
        c -> c.input(c.in(1, 5)).argument(c.floats(0, 3, c.in(2, 6))));
    quantizer(
        "quantize_and_dequantize",
        c ->
            c.argument(c.floats(-500, 500, sizes(c, 2)))
                .argument(c.floats(0.5, 2))
                .argument(c.pick("float8_e4m3fn", "float8_e5m2"))
                .argument("float32"));
    quantizer(
        "pack_int4",
        c -> {
          int rank = c.in(1, 3);
          int[] dims = sizes(c, rank);
          dims[0] += c.in(0, 1);
          c.argument(c.bytes(-8, 7, dims)).call("axis", c.in(-1, rank - 1));
        });
    quantizer(
        "unpack_int4",
        c -> {
          int[] dims = sizes(c, 2);
          int axis = c.in(-1, 1);
          int packed = dims[axis < 0 ? 1 : axis];
          c.argument(c.bytes(-128, 127, dims)).argument(2 * packed - c.in(0, 1)).call("axis", axis);
        });
    quantizer(
        "fake_quant_with_min_max_vars",
        c -> {
          int[] dims = sizes(c, c.in(1, 3));
          c.input(dims);
          if (c.coin()) {
            int channels = dims[dims.length - 1];
            c.argument(c.floats(-2, -0.1, channels)).argument(c.floats(0.1, 2, channels));
            c.call("axis", -1);
          } else {
            c.argument(c.floats(-2, -0.1)).argument(c.floats(0.1, 2));
          }
          c.call("num_bits", c.in(2, 8)).call("narrow_range", c.coin());
        });
  }
}
