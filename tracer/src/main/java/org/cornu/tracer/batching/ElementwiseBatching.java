package org.cornu.tracer.batching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;

/** Ops that treat every element alike, or every leading index: the batch is one more dimension. */
final class ElementwiseBatching {
  private ElementwiseBatching() {}

  /** All operands are broadcast over the batch. */
  static List<BatchedValue> elementwise(OpContext c) {
    return c.emit(c.fullOperands(), c.attributes());
  }

  /** Dimensions in front are carried along; the attributes do not count from the front. */
  static List<BatchedValue> leading(OpContext c) {
    return c.emit(c.fullOperands(), c.attributes());
  }

  /** Result {@code i} depends on operand {@code i} alone. */
  static List<BatchedValue> perOperand(OpContext c) {
    List<Type> types = new ArrayList<>();
    for (int i = 0; i < c.operands.size(); i++) {
      Type type = c.op.result(i).type();
      types.add(c.batched(i) ? BatchTypes.batched(type, c.size) : type);
    }
    List<Value> results =
        c.builder
            .create(
                c.op.code(),
                c.rawOperands(0, c.operands.size()),
                c.attributes(),
                c.regions(),
                types)
            .results();
    List<BatchedValue> out = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      out.add(new BatchedValue(results.get(i), c.batched(i)));
    }
    return out;
  }

  /** The bounds may be scalars, which the op itself broadcasts, but not over a batch. */
  static List<BatchedValue> clamp(OpContext c) {
    Value x = c.full(1);
    return c.emit(List.of(bound(c, 0, x.shape()), x, bound(c, 2, x.shape())), c.attributes());
  }

  private static Value bound(OpContext c, int i, Shape full) {
    if (c.shape(i).rank() == 0) {
      return c.batched(i) ? c.spread(c.raw(i), full) : c.raw(i);
    }
    return c.full(i);
  }

  /** The predicate may be a scalar. */
  static List<BatchedValue> select(OpContext c) {
    Value onTrue = c.full(1);
    return c.emit(List.of(bound(c, 0, onTrue.shape()), onTrue, c.full(2)), c.attributes());
  }

  static List<BatchedValue> map(OpContext c) {
    long rank = c.resultType().rank() + 1L;
    return c.emit(
        c.fullOperands(),
        c.attributes("dimensions", new Attribute.Longs(BatchTypes.range(0, rank))));
  }

  /** CHLO's implicit broadcasting, spelled out. */
  static List<BatchedValue> implicitBroadcast(OpContext c) {
    TensorType result = c.resultType();
    if (!result.shape().isStatic()) {
      throw c.missing("its sizes are open; compile the program for concrete sizes first");
    }
    List<Value> operands = new ArrayList<>();
    for (int i = 0; i < c.operands.size(); i++) {
      Shape shape = c.shape(i);
      long[] dims = BatchTypes.range(result.rank() - shape.rank(), result.rank());
      if (shape.rank() < result.rank() && c.op.attribute("broadcast_dimensions") != null) {
        dims = c.op.longs("broadcast_dimensions");
      }
      TensorType target = c.op.operand(i).tensorType().withShape(result.shape());
      if (c.batched(i)) {
        target = BatchTypes.insert(target, 0, c.size);
        dims = BatchTypes.prepend(0, BatchTypes.shift(dims));
      }
      Value wide = c.raw(i);
      if (!wide.shape().equals(target.shape())) {
        wide = ShapeBatching.emitBroadcast(c, wide, dims, target);
      }
      operands.add(c.full(new BatchedValue(wide, c.batched(i))));
    }
    Map<String, Attribute> attributes = new HashMap<>(c.attributes());
    attributes.remove("broadcast_dimensions");
    return c.emit(explicit(c), operands, attributes, List.of());
  }

  /** The op that computes the same on operands of equal shape. */
  private static OpCode explicit(OpContext c) {
    String name = c.op.code().shortName().substring("broadcast_".length());
    return Arrays.stream(new String[] {"stablehlo.", "chlo."})
        .map(dialect -> OpCode.byName(dialect + name))
        .filter(code -> code != null)
        .findFirst()
        .orElseThrow(() -> c.missing("it has no form without implicit broadcasting"));
  }
}
