package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;

/** Index arithmetic of gather and scatter, which mirror each other. */
final class Indices {
  private Indices() {}

  /** The scatter that writes where {@code g} reads. */
  static DimensionNumbers.Scatter mirror(DimensionNumbers.Gather g) {
    return new DimensionNumbers.Scatter(
        g.offsetDims(),
        g.collapsedSliceDims(),
        g.operandBatchingDims(),
        g.startIndicesBatchingDims(),
        g.startIndexMap(),
        g.indexVectorDim());
  }

  /** The gather that reads where {@code s} writes. */
  static DimensionNumbers.Gather mirror(DimensionNumbers.Scatter s) {
    return new DimensionNumbers.Gather(
        s.updateWindowDims(),
        s.insertedWindowDims(),
        s.inputBatchingDims(),
        s.scatterIndicesBatchingDims(),
        s.scatterDimsToOperandDims(),
        s.indexVectorDim());
  }

  /** Sizes of the slices that a scatter of {@code update} into {@code operand} writes. */
  static long[] sliceSizes(DimensionNumbers.Scatter s, Shape operand, Shape update) {
    long[] out = new long[operand.rank()];
    int next = 0;
    for (int d = 0; d < out.length; d++) {
      boolean single =
          s.insertedWindowDims().contains((long) d) || s.inputBatchingDims().contains((long) d);
      out[d] = single ? 1 : update.dim(s.updateWindowDims().get(next++).intValue());
    }
    return out;
  }

  /**
   * The largest start of a slice along each indexed dimension, in the order of the index vector.
   */
  private static List<Long> bounds(List<Long> indexMap, Shape operand, long[] sizes) {
    List<Long> out = new ArrayList<>();
    for (long dim : indexMap) {
      out.add(operand.dim((int) dim) - sizes[(int) dim]);
    }
    return out;
  }

  /** A constant vector along the index vector dimension, repeated to the shape of indices. */
  private static Value vector(Emit e, List<Long> values, Value indices, long indexVectorDim) {
    TensorType type = indices.tensorType();
    if (indexVectorDim == type.rank()) {
      return e.full(type, values.isEmpty() ? 0 : values.get(0));
    }
    Value constant =
        e.b.constant(
            Literal.ofLongs(TensorType.of(type.dtype(), values.size()), Emit.longs(values)));
    return e.b.broadcastInDim(constant, type.shape(), indexVectorDim);
  }

  /** Start indices as a gather uses them: clamped so that every slice is in bounds. */
  static Value clamped(
      Emit e, Value indices, DimensionNumbers.Gather g, Shape operand, long[] sizes) {
    if (g.startIndexMap().isEmpty() || isInBounds(indices, g, operand, sizes)) {
      return indices;
    }
    Value high = vector(e, bounds(g.startIndexMap(), operand, sizes), indices, g.indexVectorDim());
    return e.b.clamp(e.like(indices, 0), indices, high);
  }

  /** True when an iota or constant shows that nothing is out of bounds. */
  private static boolean isInBounds(
      Value indices, DimensionNumbers.Gather g, Shape operand, long[] sizes) {
    Op op = indices.op();
    while (op != null
        && (op.code() == OpCode.RESHAPE
            || op.code() == OpCode.BROADCAST_IN_DIM
            || op.code() == OpCode.CLAMP)) {
      if (op.code() == OpCode.CLAMP) {
        Literal low = Monoid.constant(op.operand(0));
        Literal high = Monoid.constant(op.operand(2));
        return low != null
            && high != null
            && high.isSplat()
            && low.longAt(0) >= 0
            && high.longAt(0) <= smallest(g, operand, sizes);
      }
      op = op.operand(0).op();
    }
    if (op == null) {
      return false;
    }
    if (op.code() == OpCode.IOTA) {
      long count = op.result().shape().dim((int) op.intAttribute("iota_dimension", 0));
      return count - 1 <= smallest(g, operand, sizes);
    }
    if (op.code() == OpCode.CONSTANT) {
      Literal literal = op.attribute("value", Attribute.Elements.class).literal();
      for (int i = 0; i < (literal.isSplat() ? 1 : literal.count()); i++) {
        if (literal.longAt(i) < 0 || literal.longAt(i) > smallest(g, operand, sizes)) {
          return false;
        }
      }
      return true;
    }
    return false;
  }

  private static long smallest(DimensionNumbers.Gather g, Shape operand, long[] sizes) {
    long out = Long.MAX_VALUE;
    for (long bound : bounds(g.startIndexMap(), operand, sizes)) {
      out = Math.min(out, bound);
    }
    return out;
  }

  /**
   * Which updates of a scatter land: true where the whole window is in bounds, in the shape of
   * {@code update}.
   */
  static Value lands(
      Emit e, Value indices, DimensionNumbers.Scatter s, Shape operand, Shape update) {
    Builder b = e.b;
    long[] sizes = sliceSizes(s, operand, update);
    Value high =
        vector(
            e, bounds(s.scatterDimsToOperandDims(), operand, sizes), indices, s.indexVectorDim());
    Value fits = b.compare(indices, high, Comparison.LE);
    if (!indices.dtype().isUnsigned()) {
      fits = b.and(b.compare(indices, e.like(indices, 0), Comparison.GE), fits);
    }
    if (s.indexVectorDim() < indices.shape().rank()) {
      fits = b.reduce(fits, b.constant(DType.BOOL, 1), OpCode.AND, s.indexVectorDim());
    }
    long[] places = Emit.others(update.rank(), Emit.longs(s.updateWindowDims()));
    return b.broadcastInDim(fits, update, places);
  }

  /** {@code out[..., k, ...] = x[..., indices[..., k, ...], ...]} along {@code dim}. */
  static Value takeAlong(Emit e, Value x, Value indices, int dim) {
    int rank = x.shape().rank();
    List<Long> batch = Emit.list(Emit.others(rank, dim));
    long[] sizes = new long[rank];
    java.util.Arrays.fill(sizes, 1);
    DimensionNumbers.Gather dims =
        new DimensionNumbers.Gather(
            List.of(), List.of((long) dim), batch, batch, List.of((long) dim), rank);
    return e.b.gather(x, indices, dims, sizes, false);
  }

  /** The legacy op as a gather: index and operand share the leading batch dimensions. */
  static List<Value> torchIndexSelect(Builder b, Op op, List<Value> xs) {
    Value x = xs.get(0);
    Value index = xs.get(1);
    int rank = x.shape().rank();
    int indexRank = index.shape().rank();
    long dim = op.intAttribute("dim", 0);
    dim = dim < 0 ? dim + rank : dim;
    long batch = op.intAttribute("batch_dims", 0);
    List<Long> batching = Emit.list(Emit.range(0, batch));
    long[] sizes = x.shape().dims();
    sizes[(int) dim] = 1;
    for (int i = 0; i < batch; i++) {
      sizes[i] = 1;
    }
    List<Long> offsets = new ArrayList<>(Emit.list(Emit.range(batch, dim)));
    long after = dim + indexRank - batch;
    offsets.addAll(Emit.list(Emit.range(after, after + rank - dim - 1)));
    DimensionNumbers.Gather dims =
        new DimensionNumbers.Gather(
            offsets, List.of(dim), batching, batching, List.of(dim), indexRank);
    return List.of(b.gather(x, index, dims, sizes, false));
  }
}
