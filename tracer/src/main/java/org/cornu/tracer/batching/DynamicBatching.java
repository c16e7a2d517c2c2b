package org.cornu.tracer.batching;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;

/**
 * Ops that take sizes as operands. Exported programs contain them even where the sizes are known;
 * then they are batched in their static form.
 */
final class DynamicBatching {
  private DynamicBatching() {}

  static List<BatchedValue> withKnownShape(OpContext c) {
    for (int i = isPad(c) ? 2 : 1; i < c.operands.size(); i++) {
      boolean isShape = !(c.op.code() == OpCode.DYNAMIC_CONV || isGather(c)) || i > 1;
      if (isShape && c.batched(i)) {
        throw c.missing("operand " + i + " gives sizes, and they differ within the batch");
      }
    }
    if (!c.resultType().shape().isStatic()) {
      throw c.missing(
          "its result has open sizes ("
              + c.resultType().brief()
              + "); compile the program for concrete sizes first");
    }
    Map<String, Attribute> attributes = c.attributes();
    attributes.remove("known_expanding_dimensions");
    attributes.remove("known_nonexpanding_dimensions");
    switch (c.op.code()) {
      case DYNAMIC_RESHAPE -> {
        return BatchRules.apply(c.as(OpCode.RESHAPE, attributes, 0));
      }
      case DYNAMIC_BROADCAST_IN_DIM -> {
        return BatchRules.apply(c.as(OpCode.BROADCAST_IN_DIM, attributes, 0));
      }
      case DYNAMIC_PAD -> {
        attributes.put("edge_padding_low", constant(c, 2));
        attributes.put("edge_padding_high", constant(c, 3));
        attributes.put("interior_padding", constant(c, 4));
        return BatchRules.apply(c.as(OpCode.PAD, attributes, 0, 1));
      }
      case REAL_DYNAMIC_SLICE -> {
        attributes.put("start_indices", constant(c, 1));
        attributes.put("limit_indices", constant(c, 2));
        attributes.put("strides", constant(c, 3));
        return BatchRules.apply(c.as(OpCode.SLICE, attributes, 0));
      }
      case DYNAMIC_GATHER -> {
        attributes.put("slice_sizes", constant(c, 2));
        return BatchRules.apply(c.as(OpCode.GATHER, attributes, 0, 1));
      }
      case DYNAMIC_CONV -> {
        long[] padding = constant(c, 2).values();
        TensorType type = TensorType.of(DType.I64, Shape.of(padding.length / 2, 2));
        attributes.put("padding", new Attribute.Elements(Literal.ofLongs(type, padding)));
        return BatchRules.apply(c.as(OpCode.CONVOLUTION, attributes, 0, 1));
      }
      default -> throw new IllegalStateException(c.op.name());
    }
  }

  private static boolean isPad(OpContext c) {
    return c.op.code() == OpCode.DYNAMIC_PAD;
  }

  private static boolean isGather(OpContext c) {
    return c.op.code() == OpCode.DYNAMIC_GATHER;
  }

  /** The numbers in operand {@code i}, which must be a constant of the program. */
  private static Attribute.Longs constant(OpContext c, int i) {
    Op op = c.op.operand(i).op();
    if (op == null || op.code() != OpCode.CONSTANT) {
      throw c.missing(
          "operand " + i + " gives sizes and must be a constant; compile for concrete sizes first");
    }
    Literal literal = op.attribute("value", Attribute.Elements.class).literal();
    long[] out = new long[literal.count()];
    Arrays.setAll(out, literal::longAt);
    return new Attribute.Longs(out);
  }
}
