package org.cornu.pjrt;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.cornu.pjrt.proto.hlo.CollectiveDeviceListProto;
import org.cornu.pjrt.proto.hlo.ConvolutionDimensionNumbers;
import org.cornu.pjrt.proto.hlo.DotDimensionNumbers;
import org.cornu.pjrt.proto.hlo.GatherDimensionNumbers;
import org.cornu.pjrt.proto.hlo.HloInstructionProto;
import org.cornu.pjrt.proto.hlo.IotaReplicaGroupListProto;
import org.cornu.pjrt.proto.hlo.LayoutProto;
import org.cornu.pjrt.proto.hlo.OpSharding;
import org.cornu.pjrt.proto.hlo.PaddingConfig.PaddingConfigDimension;
import org.cornu.pjrt.proto.hlo.ReplicaGroup;
import org.cornu.pjrt.proto.hlo.ScatterDimensionNumbers;
import org.cornu.pjrt.proto.hlo.ShapeProto;
import org.cornu.pjrt.proto.hlo.TileProto;
import org.cornu.pjrt.proto.hlo.Window;
import org.cornu.pjrt.proto.hlo.WindowDimension;

/** Shapes and attributes of HLO instructions in XLA's text form. */
final class HloText {
  private static final int TUPLE = 13;
  private static final int OPAQUE = 14;

  private static final String[] PRECISIONS = {"default", "high", "highest"};
  private static final String[] FFTS = {"FFT", "IFFT", "RFFT", "IRFFT"};

  private HloText() {}

  /** {@code f32[2,3]{1,0}}; tuples in parentheses. */
  static String shape(ShapeProto shape, boolean withLayout) {
    if (shape.getElementType() == TUPLE) {
      return shape.getTupleShapesList().stream()
          .map(part -> shape(part, withLayout))
          .collect(Collectors.joining(", ", "(", ")"));
    }
    if (shape.getElementType() == OPAQUE) {
      return "opaque[]";
    }
    StringBuilder text = new StringBuilder(typeName(shape.getElementType())).append("[");
    for (int i = 0; i < shape.getDimensionsCount(); i++) {
      boolean dynamic = i < shape.getIsDynamicDimensionCount() && shape.getIsDynamicDimension(i);
      text.append(i == 0 ? "" : ",").append(dynamic ? "<=" : "").append(shape.getDimensions(i));
    }
    text.append("]");
    if (withLayout && shape.hasLayout() && shape.getDimensionsCount() > 0) {
      text.append(layout(shape.getLayout()));
    }
    return text.toString();
  }

  private static String layout(LayoutProto layout) {
    StringBuilder text = new StringBuilder("{").append(list(layout.getMinorToMajorList()));
    if (layout.getTilesCount() > 0) {
      text.append(":T");
      for (TileProto tile : layout.getTilesList()) {
        text.append("(").append(list(tile.getDimensionsList())).append(")");
      }
    }
    if (layout.getMemorySpace() != 0) {
      text.append(layout.getTilesCount() > 0 ? "" : ":").append("S(");
      text.append(layout.getMemorySpace()).append(")");
    }
    return text.append("}").toString();
  }

  /** XLA writes {@code pred}, {@code s32}, {@code bf16}, {@code c64}. */
  static String typeName(int primitiveType) {
    BufferType type = PrimitiveTypes.of(primitiveType);
    return type == BufferType.INVALID
        ? "type" + primitiveType
        : type.name().toLowerCase(Locale.ROOT);
  }

  /** The attributes of an instruction that differ from their defaults, as {@code name=value}. */
  static List<String> attributes(HloInstructionProto op) {
    List<String> parts = new ArrayList<>();
    switch (op.getOpcode()) {
      case "get-tuple-element" -> parts.add("index=" + op.getTupleIndex());
      case "compare" -> parts.add("direction=" + op.getComparisonDirection());
      case "fusion" -> parts.add("kind=" + op.getFusionKind());
      case "custom-call" -> parts.add("custom_call_target=\"" + op.getCustomCallTarget() + "\"");
      case "fft" -> {
        parts.add("fft_type=" + FFTS[Math.floorMod(op.getFftType(), FFTS.length)]);
        parts.add("fft_length=" + braces(op.getFftLengthList()));
      }
      case "iota" -> parts.add("iota_dimension=" + op.getDimensions(0));
      case "topk" -> {
        parts.add("k=" + op.getK());
        parts.add("largest=" + op.getLargest());
      }
      case "reduce-precision" -> {
        parts.add("exponent_bits=" + op.getExponentBits());
        parts.add("mantissa_bits=" + op.getMantissaBits());
      }
      default -> {}
    }
    addDimensions(op, parts);
    addStructures(op, parts);
    addCollective(op, parts);
    if (op.getIsStable()) {
      parts.add("is_stable=true");
    }
    if (op.getIndicesAreSorted()) {
      parts.add("indices_are_sorted=true");
    }
    if (op.getUniqueIndices()) {
      parts.add("unique_indices=true");
    }
    if (op.getCustomCallHasSideEffect()) {
      parts.add("custom_call_has_side_effect=true");
    }
    if (op.hasSharding()) {
      parts.add("sharding=" + sharding(op.getSharding()));
    }
    if (!op.getBackendConfig().isEmpty() && op.getBackendConfig().isValidUtf8()) {
      parts.add("backend_config=" + op.getBackendConfig().toStringUtf8());
    }
    return parts;
  }

  private static void addDimensions(HloInstructionProto op, List<String> parts) {
    switch (op.getOpcode()) {
      case "broadcast",
          "transpose",
          "reduce",
          "concatenate",
          "reverse",
          "sort",
          "map",
          "all-gather",
          "all-to-all",
          "reduce-scatter" ->
          parts.add("dimensions=" + braces(op.getDimensionsList()));
      default -> {}
    }
    if (op.getSliceDimensionsCount() > 0) {
      parts.add(
          "slice="
              + op.getSliceDimensionsList().stream()
                  .map(
                      s ->
                          "["
                              + s.getStart()
                              + ":"
                              + s.getLimit()
                              + (s.getStride() == 1 ? "" : ":" + s.getStride())
                              + "]")
                  .collect(Collectors.joining(", ", "{", "}")));
    }
    if (op.getDynamicSliceSizesCount() > 0) {
      parts.add("dynamic_slice_sizes=" + braces(op.getDynamicSliceSizesList()));
    }
    if (op.hasPaddingConfig() && op.getPaddingConfig().getDimensionsCount() > 0) {
      parts.add(
          "padding="
              + op.getPaddingConfig().getDimensionsList().stream()
                  .map(HloText::padding)
                  .collect(Collectors.joining("x")));
    }
  }

  private static String padding(PaddingConfigDimension p) {
    String text = p.getEdgePaddingLow() + "_" + p.getEdgePaddingHigh();
    return p.getInteriorPadding() == 0 ? text : text + "_" + p.getInteriorPadding();
  }

  private static void addStructures(HloInstructionProto op, List<String> parts) {
    if (op.hasWindow() && op.getWindow().getDimensionsCount() > 0) {
      parts.add("window=" + window(op.getWindow()));
    }
    if (op.hasConvolutionDimensionNumbers()) {
      parts.add("dim_labels=" + convolution(op.getConvolutionDimensionNumbers()));
    }
    if (op.getFeatureGroupCount() > 1) {
      parts.add("feature_group_count=" + op.getFeatureGroupCount());
    }
    if (op.getBatchGroupCount() > 1) {
      parts.add("batch_group_count=" + op.getBatchGroupCount());
    }
    if (op.hasDotDimensionNumbers()) {
      addDot(op.getDotDimensionNumbers(), parts);
    }
    if (op.hasGatherDimensionNumbers()) {
      addGather(op.getGatherDimensionNumbers(), op.getGatherSliceSizesList(), parts);
    }
    if (op.hasScatterDimensionNumbers()) {
      addScatter(op.getScatterDimensionNumbers(), parts);
    }
    List<Integer> precisions = op.getPrecisionConfig().getOperandPrecisionList();
    if (precisions.stream().anyMatch(p -> p != 0)) {
      parts.add(
          "operand_precision="
              + precisions.stream()
                  .map(p -> PRECISIONS[Math.floorMod(p, PRECISIONS.length)])
                  .collect(Collectors.joining(",", "{", "}")));
    }
  }

  private static String window(Window window) {
    List<WindowDimension> dims = window.getDimensionsList();
    StringBuilder text = new StringBuilder("{size=").append(by(dims, WindowDimension::getSize));
    if (dims.stream().anyMatch(d -> d.getStride() != 1)) {
      text.append(" stride=").append(by(dims, WindowDimension::getStride));
    }
    if (dims.stream().anyMatch(d -> d.getPaddingLow() != 0 || d.getPaddingHigh() != 0)) {
      text.append(" pad=")
          .append(
              dims.stream()
                  .map(d -> d.getPaddingLow() + "_" + d.getPaddingHigh())
                  .collect(Collectors.joining("x")));
    }
    if (dims.stream().anyMatch(d -> d.getBaseDilation() > 1)) {
      text.append(" lhs_dilate=").append(by(dims, WindowDimension::getBaseDilation));
    }
    if (dims.stream().anyMatch(d -> d.getWindowDilation() > 1)) {
      text.append(" rhs_dilate=").append(by(dims, WindowDimension::getWindowDilation));
    }
    if (dims.stream().anyMatch(WindowDimension::getWindowReversal)) {
      text.append(" rhs_reversal=").append(by(dims, d -> d.getWindowReversal() ? 1 : 0));
    }
    return text.append("}").toString();
  }

  private static String by(
      List<WindowDimension> dims, java.util.function.ToLongFunction<WindowDimension> value) {
    return dims.stream()
        .map(d -> Long.toString(value.applyAsLong(d)))
        .collect(Collectors.joining("x"));
  }

  private static String convolution(ConvolutionDimensionNumbers n) {
    int rank = n.getInputSpatialDimensionsCount();
    String[] input = new String[rank + 2];
    String[] kernel = new String[rank + 2];
    String[] output = new String[rank + 2];
    input[(int) n.getInputBatchDimension()] = "b";
    input[(int) n.getInputFeatureDimension()] = "f";
    kernel[(int) n.getKernelInputFeatureDimension()] = "i";
    kernel[(int) n.getKernelOutputFeatureDimension()] = "o";
    output[(int) n.getOutputBatchDimension()] = "b";
    output[(int) n.getOutputFeatureDimension()] = "f";
    for (int i = 0; i < rank; i++) {
      String digit = Integer.toString(i);
      input[(int) n.getInputSpatialDimensions(i)] = digit;
      kernel[(int) n.getKernelSpatialDimensions(i)] = digit;
      output[(int) n.getOutputSpatialDimensions(i)] = digit;
    }
    return String.join("", input) + "_" + String.join("", kernel) + "->" + String.join("", output);
  }

  private static void addDot(DotDimensionNumbers n, List<String> parts) {
    addList("lhs_batch_dims", n.getLhsBatchDimensionsList(), parts);
    addList("lhs_contracting_dims", n.getLhsContractingDimensionsList(), parts);
    addList("rhs_batch_dims", n.getRhsBatchDimensionsList(), parts);
    addList("rhs_contracting_dims", n.getRhsContractingDimensionsList(), parts);
  }

  private static void addGather(
      GatherDimensionNumbers n, List<Long> sliceSizes, List<String> parts) {
    parts.add("offset_dims=" + braces(n.getOffsetDimsList()));
    parts.add("collapsed_slice_dims=" + braces(n.getCollapsedSliceDimsList()));
    parts.add("start_index_map=" + braces(n.getStartIndexMapList()));
    addList("operand_batching_dims", n.getOperandBatchingDimsList(), parts);
    addList("start_indices_batching_dims", n.getStartIndicesBatchingDimsList(), parts);
    parts.add("index_vector_dim=" + n.getIndexVectorDim());
    parts.add("slice_sizes=" + braces(sliceSizes));
  }

  private static void addScatter(ScatterDimensionNumbers n, List<String> parts) {
    parts.add("update_window_dims=" + braces(n.getUpdateWindowDimsList()));
    parts.add("inserted_window_dims=" + braces(n.getInsertedWindowDimsList()));
    parts.add("scatter_dims_to_operand_dims=" + braces(n.getScatterDimsToOperandDimsList()));
    addList("input_batching_dims", n.getInputBatchingDimsList(), parts);
    addList("scatter_indices_batching_dims", n.getScatterIndicesBatchingDimsList(), parts);
    parts.add("index_vector_dim=" + n.getIndexVectorDim());
  }

  private static void addList(String name, List<Long> values, List<String> parts) {
    if (!values.isEmpty()) {
      parts.add(name + "=" + braces(values));
    }
  }

  private static void addCollective(HloInstructionProto op, List<String> parts) {
    if (op.getChannelId() > 0) {
      parts.add("channel_id=" + op.getChannelId());
    }
    CollectiveDeviceListProto devices = op.getCollectiveDeviceList();
    List<ReplicaGroup> groups =
        op.getReplicaGroupsCount() > 0 ? op.getReplicaGroupsList() : devices.getReplicaGroupsList();
    if (op.hasIotaCollectiveDeviceList()) {
      parts.add("replica_groups=" + iota(op.getIotaCollectiveDeviceList()));
    } else if (devices.hasIotaReplicaGroupList()) {
      parts.add("replica_groups=" + iota(devices.getIotaReplicaGroupList()));
    } else if (!groups.isEmpty()) {
      parts.add(
          "replica_groups="
              + groups.stream()
                  .map(g -> braces(g.getReplicaIdsList()))
                  .collect(Collectors.joining(",", "{", "}")));
    }
    if (op.getUseGlobalDeviceIds()) {
      parts.add("use_global_device_ids=true");
    }
    if (op.getSourceTargetPairsCount() > 0) {
      parts.add(
          "source_target_pairs="
              + op.getSourceTargetPairsList().stream()
                  .map(p -> "{" + p.getSource() + "," + p.getTarget() + "}")
                  .collect(Collectors.joining(",", "{", "}")));
    }
  }

  private static String iota(IotaReplicaGroupListProto list) {
    String text =
        "["
            + list.getNumReplicaGroups()
            + ","
            + list.getNumDevicesPerGroup()
            + "]<=["
            + list(list.getIotaReshapeDimsList())
            + "]";
    return list.getIotaTransposePermCount() > 1
        ? text + "T(" + list(list.getIotaTransposePermList()) + ")"
        : text;
  }

  static String sharding(OpSharding sharding) {
    return switch (sharding.getType()) {
      case 0 -> "{replicated}";
      case 1 -> "{maximal device=" + list(sharding.getTileAssignmentDevicesList()) + "}";
      case 2 ->
          sharding.getTupleShardingsList().stream()
              .map(HloText::sharding)
              .collect(Collectors.joining(", ", "{", "}"));
      case 4 -> "{manual}";
      case 5 -> "{unknown}";
      default -> {
        StringBuilder text = new StringBuilder("{devices=[");
        text.append(list(sharding.getTileAssignmentDimensionsList())).append("]");
        if (sharding.getIotaReshapeDimsCount() > 0) {
          text.append("<=[").append(list(sharding.getIotaReshapeDimsList())).append("]");
          if (sharding.getIotaTransposePermCount() > 1) {
            text.append("T(").append(list(sharding.getIotaTransposePermList())).append(")");
          }
        } else {
          text.append(list(sharding.getTileAssignmentDevicesList()));
        }
        yield text.append(sharding.getReplicateOnLastTileDim() ? " last_tile_dim_replicate}" : "}")
            .toString();
      }
    };
  }

  static String braces(List<? extends Number> values) {
    return "{" + list(values) + "}";
  }

  private static String list(List<? extends Number> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
