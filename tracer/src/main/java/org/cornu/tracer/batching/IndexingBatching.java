package org.cornu.tracer.batching;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.Value;

/** Reads and writes at computed positions. */
final class IndexingBatching {
  private IndexingBatching() {}

  /** Positions that differ within the batch make it a gather, which clamps them likewise. */
  static List<BatchedValue> dynamicSlice(OpContext c) {
    int n = c.operands.size();
    long[] sizes = c.op.longs("slice_sizes");
    if (!c.anyBatched(1, n)) {
      List<Value> operands = new ArrayList<>(c.rawOperands(1, n));
      operands.add(0, n > 1 ? c.scalar(operands.get(0).dtype(), 0) : c.scalar(DType.I32, 0));
      operands.add(0, c.full(0));
      Attribute all = new Attribute.Longs(BatchTypes.prepend(c.size, sizes));
      return c.emit(operands, c.attributes("slice_sizes", all));
    }
    int rank = sizes.length;
    boolean batched = c.batched(0);
    List<Long> shared = batched ? List.of(0L) : List.of();
    DimensionNumbers.Gather dims =
        new DimensionNumbers.Gather(
            range(1, rank), List.of(), shared, shared, range(batched ? 1 : 0, rank), 1);
    long[] slice = batched ? BatchTypes.prepend(1, sizes) : sizes;
    return OpContext.one(c.builder.gather(c.raw(0), positions(c, 1), dims, slice, false));
  }

  /** {@code count} dimensions from {@code from} on. */
  private static List<Long> range(long from, long count) {
    return LongStream.range(from, from + count).boxed().toList();
  }

  /** The scalar operands from {@code first} on as one row per element of the batch. */
  private static Value positions(OpContext c, int first) {
    List<Value> columns = new ArrayList<>();
    for (int i = first; i < c.operands.size(); i++) {
      columns.add(c.builder.reshape(c.full(i), Shape.of(c.size, 1)));
    }
    return columns.size() == 1 ? columns.get(0) : c.builder.concatenate(columns, 1);
  }

  /**
   * Positions that differ within the batch make it a scatter. That drops what sticks out, where
   * this op moves it inside, so the positions are clamped first.
   */
  static List<BatchedValue> dynamicUpdateSlice(OpContext c) {
    int n = c.operands.size();
    if (!c.anyBatched(2, n)) {
      List<Value> operands = new ArrayList<>(c.rawOperands(2, n));
      operands.add(0, n > 2 ? c.scalar(operands.get(0).dtype(), 0) : c.scalar(DType.I32, 0));
      operands.add(0, c.full(1));
      operands.add(0, c.full(0));
      return c.emit(operands, c.attributes());
    }
    int rank = c.shape(0).rank();
    List<Value> columns = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      Value start = c.full(2 + i);
      DType dtype = start.dtype();
      long room = c.shape(0).dim(i) - c.shape(1).dim(i);
      Value low = c.scalar(dtype, 0);
      Value high = c.scalar(dtype, Math.min(room, largest(dtype)));
      Value clamped = c.builder.clamp(low, start, high);
      columns.add(c.builder.reshape(clamped, Shape.of(c.size, 1)));
    }
    Value positions = columns.size() == 1 ? columns.get(0) : c.builder.concatenate(columns, 1);
    DimensionNumbers.Scatter dims =
        new DimensionNumbers.Scatter(
            range(1, rank), List.of(), List.of(0L), List.of(0L), range(1, rank), 1);
    return OpContext.one(
        c.builder.scatter(c.full(0), positions, c.full(1), dims, true, true, null));
  }

  private static long largest(DType dtype) {
    int bits = dtype.isSigned() ? dtype.bits() - 1 : dtype.bits();
    return bits >= 63 ? Long.MAX_VALUE : (1L << bits) - 1;
  }

  /**
   * A batch of operands read at the same positions is one more offset dimension; one of positions
   * in the same operand one more batch dimension; with both, the two are paired.
   */
  static List<BatchedValue> gather(OpContext c) {
    DimensionNumbers.Gather dims =
        c.op.attribute("dimension_numbers", DimensionNumbers.Gather.class);
    boolean operand = c.batched(0);
    boolean indices = c.batched(1);
    boolean both = operand && indices;
    DimensionNumbers.Gather batched =
        new DimensionNumbers.Gather(
            shift(dims.offsetDims(), true, !indices),
            shift(dims.collapsedSliceDims(), operand, false),
            shift(dims.operandBatchingDims(), operand, both),
            shift(dims.startIndicesBatchingDims(), indices, both),
            shift(dims.startIndexMap(), operand, false),
            dims.indexVectorDim() + (indices ? 1 : 0));
    Map<String, Attribute> attributes = c.attributes("dimension_numbers", batched);
    if (operand) {
      long[] sizes = BatchTypes.prepend(indices ? 1 : c.size, c.op.longs("slice_sizes"));
      attributes.put("slice_sizes", new Attribute.Longs(sizes));
    }
    if (indices) {
      attributes.put("indices_are_sorted", new Attribute.Bool(false));
    }
    return c.emit(List.of(c.raw(0), c.raw(1)), attributes);
  }

  private static List<Long> shift(List<Long> dims, boolean batched, boolean front) {
    List<Long> out = new ArrayList<>();
    if (front) {
      out.add(0L);
    }
    dims.forEach(d -> out.add(batched ? d + 1 : d));
    return out;
  }

  /** Every element of the batch needs an input and updates of its own. */
  static List<BatchedValue> scatter(OpContext c) {
    int n = c.op.results().size();
    DimensionNumbers.Scatter dims =
        c.op.attribute("scatter_dimension_numbers", DimensionNumbers.Scatter.class);
    boolean indices = c.batched(n);
    DimensionNumbers.Scatter batched =
        new DimensionNumbers.Scatter(
            shift(dims.updateWindowDims(), true, !indices),
            shift(dims.insertedWindowDims(), true, false),
            shift(dims.inputBatchingDims(), true, indices),
            shift(dims.scatterIndicesBatchingDims(), indices, indices),
            shift(dims.scatterDimsToOperandDims(), true, false),
            dims.indexVectorDim() + (indices ? 1 : 0));
    Map<String, Attribute> attributes = c.attributes("scatter_dimension_numbers", batched);
    if (indices) {
      attributes.put("indices_are_sorted", new Attribute.Bool(false));
    }
    List<Value> operands = c.fullOperands(0, n);
    operands.add(c.raw(n));
    operands.addAll(c.fullOperands(n + 1, 2 * n + 1));
    return c.emit(operands, attributes);
  }

  static List<BatchedValue> torchIndexSelect(OpContext c) {
    Attribute dim = c.shiftedDim("dim", c.shape(0).rank());
    Map<String, Attribute> attributes = c.attributes("dim", dim);
    long shared = c.op.intAttribute("batch_dims", 0);
    if (!c.batched(1) && shared == 0) {
      return c.emit(List.of(c.full(0), c.raw(1)), attributes);
    }
    attributes.put("batch_dims", c.shiftedDim("batch_dims", c.shape(1).rank()));
    return c.emit(c.fullOperands(), attributes);
  }
}
