package org.cornu.tracer.batching;

import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;

/** Ops that rearrange elements: their dimensions move behind the batch dimension. */
final class ShapeBatching {
  private ShapeBatching() {}

  static Value emitBroadcast(OpContext c, Value x, long[] dims, TensorType result) {
    return c.builder
        .create(
            OpCode.BROADCAST_IN_DIM,
            List.of(x),
            Map.of("broadcast_dimensions", new Attribute.Longs(dims)),
            List.of(),
            List.of(result))
        .result();
  }

  static List<BatchedValue> broadcastInDim(OpContext c) {
    long[] dims = BatchTypes.prepend(0, BatchTypes.shift(c.op.longs("broadcast_dimensions")));
    return c.emit(
        c.fullOperands(), c.attributes("broadcast_dimensions", new Attribute.Longs(dims)));
  }

  /** The legacy broadcast, whose new dimensions come first. */
  static List<BatchedValue> broadcast(OpContext c) {
    long added = c.op.longs("broadcast_sizes").length;
    long[] dims = BatchTypes.prepend(0, BatchTypes.range(added + 1, added + 1 + c.shape(0).rank()));
    TensorType result = BatchTypes.insert(c.resultType(), 0, c.size);
    return OpContext.one(emitBroadcast(c, c.full(0), dims, result));
  }

  static List<BatchedValue> concatenate(OpContext c) {
    Attribute dim = c.shiftedDim("dimension", c.resultType().rank());
    return c.emit(c.fullOperands(), c.attributes("dimension", dim));
  }

  static List<BatchedValue> slice(OpContext c) {
    Map<String, Attribute> attributes = c.attributes();
    attributes.put("start_indices", prepended(c, "start_indices", 0));
    attributes.put("limit_indices", prepended(c, "limit_indices", c.size));
    attributes.put("strides", prepended(c, "strides", 1));
    return c.emit(c.fullOperands(), attributes);
  }

  private static Attribute prepended(OpContext c, String key, long first) {
    return new Attribute.Longs(BatchTypes.prepend(first, c.op.longs(key)));
  }

  static List<BatchedValue> transpose(OpContext c) {
    long[] order = BatchTypes.prepend(0, BatchTypes.shift(c.op.longs("permutation")));
    return c.emit(c.fullOperands(), c.attributes("permutation", new Attribute.Longs(order)));
  }

  /**
   * A padding value that differs within the batch is filled in by a mask, because the op takes one
   * scalar.
   */
  static List<BatchedValue> pad(OpContext c) {
    Map<String, Attribute> attributes = c.attributes();
    for (String key : List.of("edge_padding_low", "edge_padding_high", "interior_padding")) {
      attributes.put(key, prepended(c, key, 0));
    }
    if (!c.batched(1)) {
      return c.emit(List.of(c.full(0), c.raw(1)), attributes);
    }
    if (!(c.resultType().element() instanceof DType dtype)) {
      return LoopBatching.overBatch(c);
    }
    Value zero = c.builder.constant(dtype, 0);
    Value padded = c.emit(List.of(c.full(0), zero), attributes).get(0).value();
    TensorType flags = TensorType.of(DType.BOOL, c.shape(0));
    Value mask =
        c.builder
            .create(
                OpCode.PAD,
                List.of(
                    c.builder.constant(Literal.ofBooleans(flags, filled(flags))),
                    c.builder.constant(Literal.ofBooleans(TensorType.of(DType.BOOL), false))),
                c.attributes(),
                List.of(),
                List.of(TensorType.of(DType.BOOL, c.resultType().shape())))
            .result();
    Shape shape = padded.shape();
    Value inside = c.full(BatchedValue.shared(mask));
    return OpContext.one(c.builder.select(inside, padded, c.spread(c.raw(1), shape)));
  }

  /** One {@code true} for a splat, none for an empty tensor. */
  private static boolean[] filled(TensorType type) {
    return type.shape().count() == 0 ? new boolean[0] : new boolean[] {true};
  }

  /** The whole batch has the same sizes. */
  static List<BatchedValue> getDimensionSize(OpContext c) {
    Value size =
        c.builder
            .create(
                OpCode.GET_DIMENSION_SIZE,
                List.of(c.raw(0)),
                c.attributes("dimension", c.shiftedDim("dimension", c.shape(0).rank())),
                List.of(),
                List.of(c.resultType()))
            .result();
    return List.of(BatchedValue.shared(size));
  }

  static List<BatchedValue> setDimensionSize(OpContext c) {
    if (c.batched(1)) {
      throw c.missing("the size differs within the batch, and a tensor has one size per dimension");
    }
    if (c.resultType().encoding() != null) {
      throw c.missing("its result has bounded sizes (" + c.resultType().encoding() + ")");
    }
    Attribute dim = c.shiftedDim("dimension", c.shape(0).rank());
    return c.emit(List.of(c.full(0), c.raw(1)), c.attributes("dimension", dim));
  }
}
