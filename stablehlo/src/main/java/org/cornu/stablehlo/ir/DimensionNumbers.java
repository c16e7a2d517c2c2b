package org.cornu.stablehlo.ir;

import java.util.List;
import java.util.stream.Collectors;

/** The dimension-number attributes of dot, convolution, gather and scatter. */
public final class DimensionNumbers {
  private DimensionNumbers() {}

  /** {@code #stablehlo.dot<...>}: which dimensions of a dot_general are batched and contracted. */
  public record Dot(
      List<Long> lhsBatching,
      List<Long> rhsBatching,
      List<Long> lhsContracting,
      List<Long> rhsContracting)
      implements Attribute {
    /** Copies the lists. */
    public Dot {
      lhsBatching = List.copyOf(lhsBatching);
      rhsBatching = List.copyOf(rhsBatching);
      lhsContracting = List.copyOf(lhsContracting);
      rhsContracting = List.copyOf(rhsContracting);
    }

    @Override
    public String toString() {
      return struct(
          "dot",
          entry("lhs_batching_dimensions", lhsBatching),
          entry("rhs_batching_dimensions", rhsBatching),
          entry("lhs_contracting_dimensions", lhsContracting),
          entry("rhs_contracting_dimensions", rhsContracting));
    }
  }

  /** {@code #stablehlo.conv<[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]>}. */
  public record Convolution(
      long inputBatch,
      long inputFeature,
      List<Long> inputSpatial,
      long kernelInputFeature,
      long kernelOutputFeature,
      List<Long> kernelSpatial,
      long outputBatch,
      long outputFeature,
      List<Long> outputSpatial)
      implements Attribute {
    /** Copies the lists. */
    public Convolution {
      inputSpatial = List.copyOf(inputSpatial);
      kernelSpatial = List.copyOf(kernelSpatial);
      outputSpatial = List.copyOf(outputSpatial);
    }

    /** The bare {@code [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]}. */
    public String text() {
      return side(inputBatch, "b", inputFeature, "f", inputSpatial)
          + "x"
          + side(kernelInputFeature, "i", kernelOutputFeature, "o", kernelSpatial)
          + "->"
          + side(outputBatch, "b", outputFeature, "f", outputSpatial);
    }

    private static String side(long a, String aName, long b, String bName, List<Long> spatial) {
      int rank = spatial.size() + 2;
      for (long position : spatial) {
        rank = Math.max(rank, (int) position + 1);
      }
      rank = Math.max(rank, (int) Math.max(a, b) + 1);
      String[] names = new String[rank];
      java.util.Arrays.fill(names, "?");
      names[(int) a] = aName;
      names[(int) b] = bName;
      for (int i = 0; i < spatial.size(); i++) {
        names[spatial.get(i).intValue()] = Integer.toString(i);
      }
      return "[" + String.join(", ", names) + "]";
    }

    @Override
    public String toString() {
      return "#stablehlo.conv<" + text() + ">";
    }
  }

  /** {@code #stablehlo.gather<...>} (spec, "gather"). */
  public record Gather(
      List<Long> offsetDims,
      List<Long> collapsedSliceDims,
      List<Long> operandBatchingDims,
      List<Long> startIndicesBatchingDims,
      List<Long> startIndexMap,
      long indexVectorDim)
      implements Attribute {
    /** Copies the lists. */
    public Gather {
      offsetDims = List.copyOf(offsetDims);
      collapsedSliceDims = List.copyOf(collapsedSliceDims);
      operandBatchingDims = List.copyOf(operandBatchingDims);
      startIndicesBatchingDims = List.copyOf(startIndicesBatchingDims);
      startIndexMap = List.copyOf(startIndexMap);
    }

    @Override
    public String toString() {
      return struct(
          "gather",
          entry("offset_dims", offsetDims),
          entry("collapsed_slice_dims", collapsedSliceDims),
          entry("operand_batching_dims", operandBatchingDims),
          entry("start_indices_batching_dims", startIndicesBatchingDims),
          entry("start_index_map", startIndexMap),
          entry("index_vector_dim", indexVectorDim));
    }
  }

  /** {@code #stablehlo.scatter<...>} (spec, "scatter"). */
  public record Scatter(
      List<Long> updateWindowDims,
      List<Long> insertedWindowDims,
      List<Long> inputBatchingDims,
      List<Long> scatterIndicesBatchingDims,
      List<Long> scatterDimsToOperandDims,
      long indexVectorDim)
      implements Attribute {
    /** Copies the lists. */
    public Scatter {
      updateWindowDims = List.copyOf(updateWindowDims);
      insertedWindowDims = List.copyOf(insertedWindowDims);
      inputBatchingDims = List.copyOf(inputBatchingDims);
      scatterIndicesBatchingDims = List.copyOf(scatterIndicesBatchingDims);
      scatterDimsToOperandDims = List.copyOf(scatterDimsToOperandDims);
    }

    @Override
    public String toString() {
      return struct(
          "scatter",
          entry("update_window_dims", updateWindowDims),
          entry("inserted_window_dims", insertedWindowDims),
          entry("input_batching_dims", inputBatchingDims),
          entry("scatter_indices_batching_dims", scatterIndicesBatchingDims),
          entry("scatter_dims_to_operand_dims", scatterDimsToOperandDims),
          entry("index_vector_dim", indexVectorDim));
    }
  }

  private static String entry(String name, List<Long> dims) {
    return dims.isEmpty() ? "" : name + " = " + dims;
  }

  private static String entry(String name, long dim) {
    return dim == 0 ? "" : name + " = " + dim;
  }

  private static String struct(String name, String... entries) {
    return java.util.Arrays.stream(entries)
        .filter(e -> !e.isEmpty())
        .collect(Collectors.joining(", ", "#stablehlo." + name + "<", ">"));
  }
}
