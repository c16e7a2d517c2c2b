package org.cornu.tracer.batching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;

/**
 * Ops over a named axis. Over the name of this batch they become ops on the batch dimension, and
 * what they reduce or gather is the same for the whole batch; over other names they pass through.
 */
final class AxisBatching {
  private AxisBatching() {}

  private static boolean isOwn(OpContext c) {
    boolean own = c.batcher.facts().isOverAxis(c.op);
    long size = c.op.intAttribute("size", c.size);
    if (own && size != c.size) {
      throw new IllegalArgumentException(
          c.op.code().shortName()
              + ": the size of axis '"
              + c.batcher.axisName()
              + "' must be that of the batch, "
              + c.size
              + ": got "
              + size);
    }
    return own;
  }

  /** The position of each element in the batch. */
  static List<BatchedValue> index(OpContext c) {
    TensorType type = BatchTypes.insert(c.resultType(), 0, c.size);
    return OpContext.one(c.builder.iota(type, 0));
  }

  static List<BatchedValue> reduce(OpContext c) {
    if (!isOwn(c)) {
      return ElementwiseBatching.perOperand(c);
    }
    OpCode op =
        switch (c.op.string("kind", "")) {
          case "add" -> OpCode.ADD;
          case "max" -> OpCode.MAXIMUM;
          case "min" -> OpCode.MINIMUM;
          default -> throw c.missing("its kind is not add, max or min: " + c.op);
        };
    List<BatchedValue> out = new ArrayList<>();
    for (int i = 0; i < c.operands.size(); i++) {
      out.add(BatchedValue.shared(reduced(c, i, op)));
    }
    return out;
  }

  private static Value reduced(OpContext c, int i, OpCode op) {
    Value x = c.raw(i);
    if (c.batched(i)) {
      Value identity = c.builder.constant(ReductionBatching.identity(op, x.dtype()));
      return c.builder.reduce(x, identity, op, 0);
    }
    if (op != OpCode.ADD || x.dtype().isBool()) {
      return x;
    }
    return c.builder.multiply(x, c.builder.constant(x.tensorType(), c.size));
  }

  private static int dim(OpContext c, String key) {
    return (int) c.op.intAttribute(key, 0);
  }

  static List<BatchedValue> gather(OpContext c) {
    if (!isOwn(c)) {
      return CollectiveBatching.shifted(c, "dimension");
    }
    Value moved = c.move(c.full(0), 0, dim(c, "dimension"));
    return List.of(BatchedValue.shared(c.builder.reshape(moved, c.resultType().shape())));
  }

  static List<BatchedValue> scatter(OpContext c) {
    if (!isOwn(c)) {
      return CollectiveBatching.shifted(c, "dimension");
    }
    int dim = dim(c, "dimension");
    Value sum = reduced(c, 0, OpCode.ADD);
    return OpContext.one(c.move(parts(c, sum, dim), dim, 0));
  }

  /** {@code x} with dimension {@code dim} split into one part per element of the batch. */
  private static Value parts(OpContext c, Value x, int dim) {
    if (!c.op.boolAttribute("tiled", false)) {
      return x;
    }
    Shape shape = x.shape();
    long part = c.size == 0 ? 0 : shape.dim(dim) / c.size;
    return c.builder.reshape(x, shape.with(dim, part).insert(dim, c.size));
  }

  /** Every element sends each other one a part, and puts together what it receives. */
  static List<BatchedValue> allToAll(OpContext c) {
    if (!isOwn(c)) {
      return CollectiveBatching.shifted(c, "split_dimension", "concat_dimension");
    }
    int split = dim(c, "split_dimension") + 1;
    Value receivers = c.move(parts(c, c.full(0), split), split, 0);
    Value received = c.move(receivers, 1, dim(c, "concat_dimension") + 1);
    return OpContext.one(c.builder.reshape(received, c.batchedShape(c.resultType().shape())));
  }

  static List<BatchedValue> permute(OpContext c) {
    if (!isOwn(c)) {
      return ElementwiseBatching.perOperand(c);
    }
    long[] sources = new long[Math.toIntExact(c.size)];
    Arrays.fill(sources, -1);
    long[] pairs = pairs(c);
    for (int i = 0; i < pairs.length; i += 2) {
      sources[Math.toIntExact(pairs[i + 1])] = pairs[i];
    }
    List<BatchedValue> out = new ArrayList<>();
    for (int i = 0; i < c.operands.size(); i++) {
      out.add(BatchedValue.batched(permuted(c, c.full(i), sources)));
    }
    return out;
  }

  /** Source and target of every transfer, one after the other. */
  private static long[] pairs(OpContext c) {
    Attribute pairs = c.op.attribute("pairs");
    if (pairs instanceof Attribute.Longs longs) {
      return longs.values();
    }
    Literal literal = c.op.attribute("pairs", Attribute.Elements.class).literal();
    long[] out = new long[literal.count()];
    Arrays.setAll(out, literal::longAt);
    return out;
  }

  /** Row {@code i} of the result is row {@code sources[i]}, or zero where that is negative. */
  private static Value permuted(OpContext c, Value x, long[] sources) {
    if (c.size == 0) {
      return x;
    }
    int rank = x.shape().rank();
    long[] rows = Arrays.stream(sources).map(s -> Math.max(s, 0)).toArray();
    Value indices = c.builder.constant(Literal.ofLongs(TensorType.of(DType.I64, c.size), rows));
    List<Long> offsets = new ArrayList<>();
    for (long d = 1; d < rank; d++) {
      offsets.add(d);
    }
    DimensionNumbers.Gather dims =
        new DimensionNumbers.Gather(offsets, List.of(0L), List.of(), List.of(), List.of(0L), 1);
    long[] slice = x.shape().with(0, 1).dims();
    Value moved = c.builder.gather(x, indices, dims, slice, false);
    boolean[] hit = new boolean[sources.length];
    boolean all = true;
    for (int i = 0; i < hit.length; i++) {
      hit[i] = sources[i] >= 0;
      all &= hit[i];
    }
    if (all) {
      return moved;
    }
    Value mask = c.builder.constant(Literal.ofBooleans(TensorType.of(DType.BOOL, c.size), hit));
    Value zero = c.builder.constant(x.tensorType(), 0);
    return c.builder.select(c.spread(mask, x.shape()), moved, zero);
  }
}
