package org.cornu.stablehlo.bytecode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Type;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of one VHLO op as StableHLO has them: without those that say what is so by
 * default, and with the fields of dimension numbers gathered (StableHLO's {@code
 * VhloLegalizeToStablehlo}).
 */
final class FromVhlo {
  private final RawOp op;
  private final String base;
  private final Map<String, Func> functions;
  private final Map<String, Attribute> in;
  private final Map<String, Attribute> out = new TreeMap<>();

  FromVhlo(RawOp op, Map<String, Func> functions) {
    this.op = op;
    this.base = base(op.name);
    this.functions = functions;
    this.in = new TreeMap<>(op.attributes);
  }

  /** {@code gather} of {@code vhlo.gather_v2}. */
  static String base(String name) {
    int end = name.lastIndexOf("_v");
    if (end < "vhlo.".length()) {
      throw new BytecodeException("op " + name + " has no version in its name");
    }
    return name.substring("vhlo.".length(), end);
  }

  Map<String, Attribute> attributes() {
    in.entrySet().removeIf(entry -> isDefault(entry.getKey(), entry.getValue()));
    gather();
    for (Map.Entry<String, Attribute> entry : in.entrySet()) {
      Attribute value = convert(entry.getKey(), entry.getValue());
      out.put(entry.getKey().equals("channel_id") ? "channel_handle" : entry.getKey(), value);
    }
    return out;
  }

  /** True for an attribute that StableHLO leaves out when it has this value. */
  private boolean isDefault(String key, Attribute value) {
    return switch (key) {
      case "channel_id" -> isInt(value, 0) && !isTransfer();
      case "use_global_device_ids",
          "has_dynamic_root",
          "is_host_transfer",
          "indices_are_sorted",
          "unique_indices",
          "is_stable",
          "has_side_effect" ->
          isFalse(value);
      case "lower" -> base.equals("cholesky") && isFalse(value);
      case "compare_type" ->
          value instanceof Attribute.Keyword word && word.word().equals("NOTYPE");
      case "version" -> base.equals("composite") && isInt(value, 0);
      case "dimension" -> base.equals("sort") && isInt(value, -1);
      case "api_version" -> isInt(value, 1);
      case "composite_attributes", "backend_config", "infeed_config", "outfeed_config" ->
          isEmpty(value);
      case "called_computations", "output_operand_aliases", "result_tilings", "layout" ->
          isEmpty(value);
      case "operand_layouts", "result_layouts" ->
          isEmpty(op.attributes.get("operand_layouts"))
              && isEmpty(op.attributes.get("result_layouts"));
      case "known_expanding_dimensions", "known_nonexpanding_dimensions" -> isEmpty(value);
      case "source_target_pairs" -> isTransfer() && isEmpty(value);
      case "window_strides", "base_dilations", "window_dilations", "lhs_dilation", "rhs_dilation" ->
          all(value, element -> element == 1);
      case "padding" -> base.equals("dynamic_conv") || all(value, element -> element == 0);
      case "window_reversal" -> all(value, element -> element == 0);
      case "precision_config" ->
          value instanceof Attribute.Array array
              && array.elements().stream()
                  .allMatch(
                      element ->
                          element instanceof Attribute.Keyword word
                              && word.word().equals("DEFAULT"));
      case "result_accuracy" -> value.equals(VhloDecoder.accuracy(0, 0, 0, "DEFAULT"));
      default -> false;
    };
  }

  private boolean isTransfer() {
    return base.equals("send") || base.equals("recv");
  }

  private static boolean isFalse(Attribute value) {
    return value instanceof Attribute.Bool bool && !bool.value();
  }

  private static boolean isInt(Attribute value, long expected) {
    return value instanceof Attribute.Int number
        && number.value().equals(java.math.BigInteger.valueOf(expected));
  }

  private static boolean isEmpty(@Nullable Attribute value) {
    return value instanceof Attribute.Array array && array.elements().isEmpty()
        || value instanceof Attribute.Dict dict && dict.entries().isEmpty()
        || value instanceof Attribute.Str text && text.value().isEmpty()
        || value instanceof Attribute.Elements elements && elements.literal().count() == 0;
  }

  private static boolean all(Attribute value, LongPredicate expected) {
    if (!(value instanceof Attribute.Elements elements) || elements.literal().count() == 0) {
      return false;
    }
    Literal literal = elements.literal();
    return (literal.isSplat() || literal.count() == 1) && expected.test(literal.longAt(0));
  }

  /** Fields that are one attribute in StableHLO. */
  private void gather() {
    switch (base) {
      case "dot_general" -> {
        out.put(
            "dot_dimension_numbers",
            new DimensionNumbers.Dot(
                longs("lhs_batching_dimensions"),
                longs("rhs_batching_dimensions"),
                longs("lhs_contracting_dimensions"),
                longs("rhs_contracting_dimensions")));
        algorithm();
      }
      case "gather", "dynamic_gather" ->
          out.put(
              "dimension_numbers",
              new DimensionNumbers.Gather(
                  longs("offset_dims"),
                  longs("collapsed_slice_dims"),
                  longs("operand_batching_dims"),
                  longs("start_indices_batching_dims"),
                  longs("start_index_map"),
                  integer("index_vector_dim")));
      case "scatter" ->
          out.put(
              "scatter_dimension_numbers",
              new DimensionNumbers.Scatter(
                  longs("update_window_dims"),
                  longs("inserted_window_dims"),
                  longs("input_batching_dims"),
                  longs("scatter_indices_batching_dims"),
                  longs("scatter_dims_to_operand_dims"),
                  integer("index_vector_dim")));
      case "convolution", "dynamic_conv" ->
          out.put(
              "dimension_numbers",
              new DimensionNumbers.Convolution(
                  integer("input_batch_dimension"),
                  integer("input_feature_dimension"),
                  longs("input_spatial_dimensions"),
                  integer("kernel_input_feature_dimension"),
                  integer("kernel_output_feature_dimension"),
                  longs("kernel_spatial_dimensions"),
                  integer("output_batch_dimension"),
                  integer("output_feature_dimension"),
                  longs("output_spatial_dimensions")));
      case "send", "recv" ->
          out.put(
              "channel_handle",
              new Attribute.ChannelHandle(integer("channel_id"), integer("channel_type")));
      default -> {}
    }
  }

  static final List<String> ALGORITHM =
      List.of(
          "lhs_precision_type",
          "rhs_precision_type",
          "accumulation_type",
          "lhs_component_count",
          "rhs_component_count",
          "num_primitive_operations",
          "allow_imprecise_accumulation");

  private void algorithm() {
    List<String> fields = new ArrayList<>();
    for (String key : ALGORITHM) {
      Attribute value = in.remove(key);
      if (value instanceof Attribute.OfType none && none.type().equals(new Type.Opaque("none"))) {
        continue;
      }
      if (value != null) {
        String text =
            value instanceof Attribute.Int number ? number.value().toString() : value.toString();
        fields.add(key + " = " + text);
      }
    }
    if (!fields.isEmpty()) {
      out.put(
          "algorithm",
          new Attribute.Opaque("#stablehlo.dot_algorithm<" + String.join(", ", fields) + ">"));
    }
  }

  private List<Long> longs(String key) {
    Attribute value = in.remove(key);
    if (value == null) {
      // Batching dimensions came with a later version of the op.
      return List.of();
    }
    List<Long> list = new ArrayList<>();
    for (long element : longs(key, value)) {
      list.add(element);
    }
    return list;
  }

  private long[] longs(String key, Attribute value) {
    if (!(value instanceof Attribute.Elements elements) || elements.literal().type().rank() > 1) {
      throw new BytecodeException(op.name + ": " + key + " is no list of integers");
    }
    Literal literal = elements.literal();
    long[] out = new long[literal.count()];
    for (int i = 0; i < out.length; i++) {
      out[i] = literal.longAt(i);
    }
    return out;
  }

  private long integer(String key) {
    if (in.remove(key) instanceof Attribute.Int number && number.value().bitLength() < 63) {
      return number.asLong();
    }
    throw new BytecodeException(op.name + ": " + key + " is no integer");
  }

  private static final Set<String> LISTS =
      Set.of(
          "base_dilations",
          "broadcast_dimensions",
          "broadcast_sizes",
          "dimensions",
          "edge_padding_high",
          "edge_padding_low",
          "fft_length",
          "interior_padding",
          "known_expanding_dimensions",
          "known_nonexpanding_dimensions",
          "lhs_dilation",
          "limit_indices",
          "permutation",
          "rhs_dilation",
          "slice_sizes",
          "start_indices",
          "strides",
          "window_dilations",
          "window_dimensions",
          "window_strides");

  private Attribute convert(String key, Attribute value) {
    boolean own = VhloOps.isProperty(op.name, key);
    if (!own) {
      return value;
    }
    if (LISTS.contains(key)) {
      return new Attribute.Longs(longs(key, value));
    }
    return switch (key) {
      case "window_reversal" -> {
        long[] numbers = longs(key, value);
        boolean[] flags = new boolean[numbers.length];
        for (int i = 0; i < flags.length; i++) {
          flags[i] = numbers[i] != 0;
        }
        yield new Attribute.Bools(flags);
      }
      case "channel_id" -> new Attribute.ChannelHandle(integerOf(key, value), 0);
      case "use_global_device_ids", "has_dynamic_root" -> new Attribute.Unit();
      case "callee", "decomposition" -> function(key, value);
      case "called_computations" -> {
        List<Attribute> callees = new ArrayList<>();
        if (value instanceof Attribute.Array array) {
          array.elements().forEach(element -> callees.add(function(key, element)));
        }
        yield new Attribute.Array(callees);
      }
      default -> value;
    };
  }

  private long integerOf(String key, Attribute value) {
    if (value instanceof Attribute.Int number && number.value().bitLength() < 63) {
      return number.asLong();
    }
    throw new BytecodeException(op.name + ": " + key + " is no integer");
  }

  private Attribute function(String key, Attribute value) {
    String name = BuiltinDecoder.text(value);
    Func func = functions.get(name);
    if (func == null && key.equals("callee")) {
      throw new BytecodeException(op.name + ": function @" + name + " is not defined");
    }
    return func == null ? new Attribute.Symbol(name) : new Attribute.Callee(func);
  }
}
