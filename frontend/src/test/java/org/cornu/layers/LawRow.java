package org.cornu.layers;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.cornu.config.Registry;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** An example of a layer, as a line of {@code laws.txt} gives it. */
record LawRow(
    String className, Map<String, Object> config, List<Argument> inputs, Set<String> exempt) {
  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .build();

  /**
   * An input.
   *
   * @param bound whole numbers below it; 0 for floats
   */
  record Argument(List<Long> shape, int bound) {
    static Argument parse(String text) {
      int colon = text.indexOf(':');
      int bound = colon < 0 ? 0 : Integer.parseInt(text.substring(1, colon));
      List<Long> shape = new ArrayList<>();
      String sizes = text.substring(colon + 1);
      if (!sizes.equals("-")) {
        for (String size : sizes.split("x")) {
          shape.add(Long.parseLong(size));
        }
      }
      return new Argument(shape, bound);
    }

    DType dtype(DType floats) {
      return bound > 0 ? DType.I32 : floats;
    }

    /** A symbolic input with open batch size. */
    Tensor symbolic() {
      int[] dims = new int[shape.size() + 1];
      dims[0] = Input.ANY;
      for (int i = 0; i < shape.size(); i++) {
        dims[i + 1] = (int) (long) shape.get(i);
      }
      return Input.batch(dtype(DType.F32), dims);
    }

    /** Values of no pattern, the same at each call. */
    Tensor values(int batch, int seed) {
      long[] dims = new long[shape.size() + 1];
      dims[0] = batch;
      for (int i = 0; i < shape.size(); i++) {
        dims[i + 1] = shape.get(i);
      }
      TensorType type = TensorType.of(dtype(DType.F32), dims);
      if (bound == 0) {
        return Tensor.of(pattern(type, seed));
      }
      long[] out = new long[(int) type.shape().count()];
      for (int i = 0; i < out.length; i++) {
        out[i] = Math.floorMod(i * 31L + seed * 7L + i * (long) i, (long) bound);
      }
      return Tensor.of(Literal.ofLongs(type, out));
    }
  }

  /** Numbers between -1 and 1 without pattern. */
  static Literal pattern(TensorType type, int seed) {
    double[] out = new double[(int) type.shape().count()];
    for (int i = 0; i < out.length; i++) {
      double x = Math.sin(12.9898 * (i + 1) + 78.233 * (seed + 1)) * 43758.5453;
      out[i] = 2 * (x - Math.floor(x)) - 1;
    }
    return Literal.ofDoubles(type, out);
  }

  static List<LawRow> all() throws IOException {
    List<LawRow> rows = new ArrayList<>();
    String text;
    try (InputStream in = LawRow.class.getResourceAsStream("laws.txt")) {
      text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
    for (String line : text.lines().filter(l -> !l.startsWith("#")).toList()) {
      String[] parts = line.split(" \\| ");
      Map<String, Object> config = JSON.readValue(parts[1], TREE);
      List<Argument> inputs = new ArrayList<>();
      for (String input : parts[2].split(",")) {
        inputs.add(Argument.parse(input.strip()));
      }
      Set<String> exempt = parts.length > 3 ? Set.of(parts[3].split(", *")) : Set.of();
      rows.add(new LawRow(parts[0], config, inputs, exempt));
    }
    return rows;
  }

  /** A new layer; with another policy its initial values are zeros, to be lent others. */
  Layer<?> layer(@Nullable String policy) {
    Map<String, Object> all = policy == null ? config : withPolicy(config, policy);
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("module", "keras.layers");
    tree.put("class_name", className);
    tree.put("config", all);
    return (Layer<?>) Objects.requireNonNull(Registry.global().deserialize(tree));
  }

  /** The config with this policy, for the layers in it too. */
  private static Map<String, Object> withPolicy(Map<?, ?> config, String policy) {
    Map<String, Object> out = new LinkedHashMap<>();
    config.forEach((key, value) -> out.put((String) key, inner(value, policy)));
    out.put("dtype", policy);
    return out;
  }

  private static Object inner(Object value, String policy) {
    if (value instanceof Map<?, ?> map && map.get("config") instanceof Map<?, ?> config) {
      Map<String, Object> out = new LinkedHashMap<>();
      map.forEach((key, item) -> out.put((String) key, item));
      out.put("config", withPolicy(config, policy));
      return out;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> out = new ArrayList<>();
      list.forEach(item -> out.add(item == null ? null : inner(item, policy)));
      return out;
    }
    return value;
  }

  @Override
  public String toString() {
    return className;
  }
}
