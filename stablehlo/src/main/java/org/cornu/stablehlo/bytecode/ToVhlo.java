package org.cornu.stablehlo.bytecode;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.text.Parser;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of one StableHLO op as VHLO has them: all spelled out, dimension numbers field by
 * field (StableHLO's {@code StablehloLegalizeToVhlo}). What the target version lacks must have its
 * default value.
 */
final class ToVhlo {
  private static final Attribute NONE = new Attribute.OfType(new Type.Opaque("none"));

  private final Op op;
  private final String base;
  private final Version target;
  private final VhloOps.Op wanted;
  private final VhloOps.Op newest;
  private final Map<String, Attribute> values = new TreeMap<>();

  ToVhlo(Op op, Version target) {
    this.op = op;
    this.target = target;
    this.base = op.code() == OpCode.CALL ? "call" : op.code().shortName();
    this.wanted = VhloOps.forTarget(base, target);
    this.newest = VhloOps.forTarget(base, Version.CURRENT);
  }

  /** An op of VHLO without operands, results and regions. */
  RawOp raw() {
    RawOp raw = new RawOp("vhlo." + wanted.name(), op.location());
    for (Map.Entry<String, Attribute> entry : op.attributes().entrySet()) {
      if (op.code().properties().contains(entry.getKey())) {
        explode(entry.getKey(), entry.getValue());
      } else {
        raw.discardable.put(entry.getKey(), entry.getValue());
      }
    }
    for (VhloOps.Property property : newest.properties()) {
      String key = property.name();
      Attribute usual = usual(key);
      Attribute value = values.get(key);
      if (value == null) {
        value = usual;
      }
      if (value == null) {
        throw error("attribute " + key + " is missing");
      }
      if (VhloOps.isProperty(raw.name, key)) {
        raw.attributes.put(key, value);
      } else if (!value.equals(usual)) {
        throw error(
            "attribute " + key + " needs StableHLO " + newest.first() + ", target is " + target);
      }
    }
    checkTarget();
    return raw;
  }

  private BytecodeException error(String problem) {
    return new BytecodeException(op.name() + ": " + problem);
  }

  private void checkTarget() {
    boolean single =
        switch (wanted.name()) {
          case "all_gather_v1", "all_reduce_v1", "all_to_all_v1", "collective_broadcast_v1" -> true;
          default -> false;
        };
    if (single && op.operands().size() != 1) {
      throw error("several operands need StableHLO " + newest.first() + ", target is " + target);
    }
    if (wanted.name().equals("composite_v1") && !op.regions().isEmpty()) {
      throw error("regions need StableHLO " + newest.first() + ", target is " + target);
    }
    if (base.equals("custom_call")
        && values.get("backend_config") instanceof Attribute.Dict
        && target.compareTo(new Version(1, 3, 0)) < 0) {
      throw error("a dictionary as backend_config needs StableHLO 1.3.0, target is " + target);
    }
  }

  private void explode(String key, Attribute value) {
    if (value instanceof DimensionNumbers.Dot dot) {
      put("lhs_batching_dimensions", dot.lhsBatching());
      put("rhs_batching_dimensions", dot.rhsBatching());
      put("lhs_contracting_dimensions", dot.lhsContracting());
      put("rhs_contracting_dimensions", dot.rhsContracting());
    } else if (value instanceof DimensionNumbers.Gather gather) {
      put("offset_dims", gather.offsetDims());
      put("collapsed_slice_dims", gather.collapsedSliceDims());
      put("operand_batching_dims", gather.operandBatchingDims());
      put("start_indices_batching_dims", gather.startIndicesBatchingDims());
      put("start_index_map", gather.startIndexMap());
      put("index_vector_dim", gather.indexVectorDim());
    } else if (value instanceof DimensionNumbers.Scatter scatter) {
      put("update_window_dims", scatter.updateWindowDims());
      put("inserted_window_dims", scatter.insertedWindowDims());
      put("input_batching_dims", scatter.inputBatchingDims());
      put("scatter_indices_batching_dims", scatter.scatterIndicesBatchingDims());
      put("scatter_dims_to_operand_dims", scatter.scatterDimsToOperandDims());
      put("index_vector_dim", scatter.indexVectorDim());
    } else if (value instanceof DimensionNumbers.Convolution numbers) {
      put("input_batch_dimension", numbers.inputBatch());
      put("input_feature_dimension", numbers.inputFeature());
      put("input_spatial_dimensions", numbers.inputSpatial());
      put("kernel_input_feature_dimension", numbers.kernelInputFeature());
      put("kernel_output_feature_dimension", numbers.kernelOutputFeature());
      put("kernel_spatial_dimensions", numbers.kernelSpatial());
      put("output_batch_dimension", numbers.outputBatch());
      put("output_feature_dimension", numbers.outputFeature());
      put("output_spatial_dimensions", numbers.outputSpatial());
    } else if (value instanceof Attribute.ChannelHandle channel) {
      put("channel_id", channel.handle());
      put("channel_type", channel.type());
    } else if (value instanceof Attribute.Unit) {
      values.put(key, new Attribute.Bool(true));
    } else if (key.equals("algorithm") && value instanceof Attribute.Opaque algorithm) {
      algorithm(algorithm.text());
    } else if (key.equals("api_version") && value instanceof Attribute.Int number) {
      values.put(key, new Attribute.Keyword("api_version", number.value().toString()));
    } else {
      values.put(key, value);
    }
  }

  private void put(String key, List<Long> list) {
    values.put(key, new Attribute.Longs(list.stream().mapToLong(Long::longValue).toArray()));
  }

  private void put(String key, long value) {
    values.put(key, Attribute.Int.i64(value));
  }

  private void algorithm(String text) {
    for (Map.Entry<String, String> field : Fields.of(text).entrySet()) {
      String key = field.getKey();
      String word = field.getValue();
      if (key.endsWith("_type")) {
        values.put(key, new Attribute.OfType(Parser.type(word)));
      } else if (key.startsWith("allow_")) {
        values.put(key, new Attribute.Bool(word.equals("true")));
      } else {
        values.put(key, Attribute.Int.i64(Fields.integer(word)));
      }
    }
  }

  /** What an attribute is when StableHLO leaves it out; null when it may not. */
  private @Nullable Attribute usual(String key) {
    return switch (key) {
      case "use_global_device_ids",
          "has_dynamic_root",
          "is_host_transfer",
          "indices_are_sorted",
          "unique_indices",
          "is_stable",
          "has_side_effect" ->
          new Attribute.Bool(false);
      case "lower" -> base.equals("cholesky") ? new Attribute.Bool(false) : null;
      case "channel_id" -> base.equals("send") || base.equals("recv") ? null : Attribute.Int.i64(0);
      case "compare_type" -> new Attribute.Keyword("comparison_type", "NOTYPE");
      case "version" -> Attribute.Int.i64(0);
      case "dimension" -> base.equals("sort") ? Attribute.Int.i64(-1) : null;
      case "api_version" -> new Attribute.Keyword("api_version", "1");
      case "composite_attributes" -> new Attribute.Dict(Map.of());
      case "backend_config" ->
          values.get("api_version") instanceof Attribute.Keyword word && word.word().equals("4")
              ? new Attribute.Dict(Map.of())
              : new Attribute.Str("");
      case "infeed_config", "outfeed_config" -> new Attribute.Str("");
      case "called_computations",
          "output_operand_aliases",
          "result_tilings",
          "layout",
          "operand_layouts",
          "result_layouts" ->
          new Attribute.Array(List.of());
      case "known_expanding_dimensions",
          "known_nonexpanding_dimensions",
          "operand_batching_dims",
          "start_indices_batching_dims",
          "input_batching_dims",
          "scatter_indices_batching_dims" ->
          new Attribute.Longs();
      case "source_target_pairs" ->
          base.equals("collective_permute") ? null : new Attribute.Longs();
      case "window_strides", "base_dilations", "window_dilations", "lhs_dilation", "rhs_dilation" ->
          ones();
      case "padding" ->
          new Attribute.Elements(Literal.ofLongs(TensorType.of(DType.I64, windowRank(), 2), 0));
      case "window_reversal" -> new Attribute.Bools(new boolean[windowRank()]);
      case "precision_config" ->
          new Attribute.Array(
              Collections.nCopies(2, new Attribute.Keyword("precision", "DEFAULT")));
      case "result_accuracy" -> VhloDecoder.accuracy(0, 0, 0, "DEFAULT");
      default -> FromVhlo.ALGORITHM.contains(key) ? NONE : null;
    };
  }

  private Attribute ones() {
    long[] ones = new long[windowRank()];
    Arrays.fill(ones, 1);
    return new Attribute.Longs(ones);
  }

  private int windowRank() {
    if (op.attribute("dimension_numbers") instanceof DimensionNumbers.Convolution numbers) {
      return numbers.inputSpatial().size();
    }
    return op.longs("window_dimensions").length;
  }
}
