package org.cornu.tracer.batching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.graph.Inliner;
import org.cornu.tracer.graph.MissingRuleException;

/** One op on its way into the batched program: what a batching rule sees and builds with. */
final class OpContext {
  final Batcher batcher;
  final Scope scope;

  /** The op of the original program. */
  final Op op;

  /** What its operands have become. */
  final List<BatchedValue> operands;

  final Builder builder;

  /** Elements in the batch. */
  final long size;

  OpContext(Batcher batcher, Scope scope, Op op, List<BatchedValue> operands) {
    this.batcher = batcher;
    this.scope = scope;
    this.op = op;
    this.operands = operands;
    this.builder = scope.builder();
    this.size = batcher.size();
  }

  /** Emits the batched op and returns what its results have become. */
  List<BatchedValue> apply() {
    if (size == 0 && op.regions().isEmpty() && !batcher.facts().usesAxis(op) && isAllBatched()) {
      return op.results().stream()
          .map(v -> BatchTypes.insert(v.tensorType(), 0, 0))
          .map(t -> BatchedValue.batched(builder.constant(Literal.ofBytes(t, new byte[0]))))
          .toList();
    }
    return BatchRules.apply(this);
  }

  private boolean isAllBatched() {
    for (boolean batched : batcher.propagation().op(op, mask(), scope::isBatched)) {
      if (!batched) {
        return false;
      }
    }
    return op.results().stream().allMatch(v -> v.type() instanceof TensorType);
  }

  /** The answer for an op that cannot be batched. */
  MissingRuleException missing(String reason) {
    return new MissingRuleException(op, "vmap", reason);
  }

  /** The same op in another form, over some of its operands: rules are shared through it. */
  OpContext as(OpCode code, Map<String, Attribute> attributes, int... kept) {
    List<Value> originals = new ArrayList<>();
    List<BatchedValue> values = new ArrayList<>();
    for (int i : kept) {
      originals.add(op.operand(i));
      values.add(operands.get(i));
    }
    Op form = new Op(code, originals, attributes, op.regions(), op.resultTypes(), op.location());
    return new OpContext(batcher, scope, form, values);
  }

  /** The same op with other attributes. */
  OpContext withAttributes(Map<String, Attribute> attributes) {
    Op form =
        new Op(op.code(), op.operands(), attributes, op.regions(), op.resultTypes(), op.location());
    return new OpContext(batcher, scope, form, operands);
  }

  // Operands

  boolean batched(int i) {
    return operands.get(i).batched();
  }

  boolean anyBatched() {
    return anyBatched(0, operands.size());
  }

  boolean anyBatched(int from, int to) {
    return operands.subList(from, to).stream().anyMatch(BatchedValue::batched);
  }

  /** Which operands are batched. */
  boolean[] mask() {
    boolean[] out = new boolean[operands.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = batched(i);
    }
    return out;
  }

  /** Operand {@code i} as it is. */
  Value raw(int i) {
    return operands.get(i).value();
  }

  /** Operand {@code i} with a batch dimension. */
  Value full(int i) {
    return full(operands.get(i));
  }

  /** {@code value} with a batch dimension. */
  Value full(BatchedValue value) {
    return batcher.full(scope, value);
  }

  /** All operands with a batch dimension. */
  List<Value> fullOperands() {
    return fullOperands(0, operands.size());
  }

  List<Value> fullOperands(int from, int to) {
    return new ArrayList<>(operands.subList(from, to).stream().map(this::full).toList());
  }

  List<Value> rawOperands(int from, int to) {
    return operands.subList(from, to).stream().map(BatchedValue::value).toList();
  }

  /** Shape of operand {@code i} in the original program. */
  Shape shape(int i) {
    return op.operand(i).shape();
  }

  /** Type of the only result in the original program. */
  TensorType resultType() {
    return op.result().tensorType();
  }

  // Attributes

  /** The attributes of the op, of which those that a batch dimension invalidates are left out. */
  Map<String, Attribute> attributes() {
    Map<String, Attribute> out = new HashMap<>();
    op.attributes()
        .forEach(
            (key, value) -> {
              boolean own = op.code().properties().contains(key);
              Attribute kept = own ? value : Shardings.ofOp(key, value);
              if (kept != null) {
                out.put(key, kept);
              }
            });
    return out;
  }

  Map<String, Attribute> attributes(String key, Attribute value) {
    Map<String, Attribute> out = attributes();
    out.put(key, value);
    return out;
  }

  /** The attributes with every dimension of {@code key} moved behind the batch dimension. */
  Map<String, Attribute> shifted(String key) {
    return attributes(key, new Attribute.Longs(BatchTypes.shift(op.longs(key))));
  }

  /** An integer attribute that counts a dimension, moved behind the batch dimension. */
  Attribute.Int shiftedDim(String key, int rank) {
    Attribute.Int dim = op.attribute(key, Attribute.Int.class);
    long from = dim.asLong() < 0 ? dim.asLong() + rank : dim.asLong();
    return new Attribute.Int(java.math.BigInteger.valueOf(from + 1), dim.type());
  }

  /** Copies of its regions, which capture nothing; no block may belong to two ops. */
  List<Block> regions() {
    return op.regions().stream().map(r -> new Inliner(new Block(List.of())).copy(r)).toList();
  }

  // Results

  /** Emits an op all of whose results are batched; its types are the original ones, batched. */
  List<BatchedValue> emit(List<Value> values, Map<String, Attribute> attributes) {
    return emit(op.code(), values, attributes, regions());
  }

  List<BatchedValue> emit(
      OpCode code, List<Value> values, Map<String, Attribute> attributes, List<Block> regions) {
    List<Type> types = op.results().stream().map(v -> BatchTypes.batched(v.type(), size)).toList();
    return results(builder.create(code, values, attributes, regions, types));
  }

  /** The results of {@code emitted}; all but tokens are batched. */
  static List<BatchedValue> results(Op emitted) {
    return emitted.results().stream()
        .map(v -> new BatchedValue(v, BatchTypes.isBatchable(v.type())))
        .toList();
  }

  static List<BatchedValue> one(Value batched) {
    return List.of(BatchedValue.batched(batched));
  }

  // Axes

  /** {@code x} with axis {@code from} moved to {@code to}. */
  Value move(Value x, int from, int to) {
    if (from == to) {
      return x;
    }
    List<Long> order = new ArrayList<>();
    for (long d = 0; d < x.shape().rank(); d++) {
      if (d != from) {
        order.add(d);
      }
    }
    order.add(to, (long) from);
    return builder.transpose(x, order.stream().mapToLong(Long::longValue).toArray());
  }

  /**
   * Merges the batch dimension of {@code x} into dimension {@code dim} (counted without it), of
   * which it becomes the outer part within each of {@code groups} equal parts.
   */
  Value mergeBatch(Value x, int dim, long groups) {
    Shape shape = x.shape().remove(0);
    if (groups == 1) {
      return builder.reshape(move(x, 0, dim), shape.with(dim, shape.dim(dim) * size));
    }
    Value split =
        builder.reshape(
            x, x.shape().with(dim + 1, shape.dim(dim) / groups).insert(dim + 1, groups));
    return builder.reshape(move(split, 0, dim + 1), shape.with(dim, shape.dim(dim) * size));
  }

  /** The inverse of {@link #mergeBatch}: the batch dimension is back in front. */
  Value splitBatch(Value y, int dim, long groups) {
    Shape shape = y.shape();
    long inner = shape.dim(dim) / size / groups;
    if (groups == 1) {
      return move(builder.reshape(y, shape.with(dim, inner).insert(dim, size)), dim, 0);
    }
    Shape parts = shape.with(dim, inner).insert(dim, size).insert(dim, groups);
    Value front = move(builder.reshape(y, parts), dim + 1, 0);
    return builder.reshape(front, shape.with(dim, inner * groups).insert(0, size));
  }

  /** A batched scalar broadcast to {@code shape}, which starts with the batch dimension. */
  Value spread(Value perElement, Shape shape) {
    return shape.rank() == 1 ? perElement : builder.broadcastInDim(perElement, shape, 0);
  }

  /** {@code [size, dims of x]}. */
  Shape batchedShape(Shape shape) {
    return shape.insert(0, size);
  }

  Value scalar(DType dtype, long value) {
    return builder.constant(Literal.ofLongs(TensorType.of(dtype), value));
  }

  static boolean[] filled(int count, boolean value) {
    boolean[] out = new boolean[count];
    Arrays.fill(out, value);
    return out;
  }
}
