package org.cornu.stablehlo.build;

import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;

/** The part of {@link Builder} that makes constants and moves elements. */
abstract class ShapeBuilder extends ElementwiseBuilder {
  ShapeBuilder(Block block) {
    super(block);
  }

  /** A constant. */
  public final Value constant(Literal literal) {
    return append(
            OpCode.CONSTANT,
            List.of(),
            Map.of("value", new Attribute.Elements(literal)),
            List.of(),
            List.of(literal.type()))
        .results()
        .get(0);
  }

  /** A constant scalar, rounded to the type. */
  public final Value constant(DType dtype, double value) {
    return constant(Literal.scalar(dtype, value));
  }

  /** A constant whose elements are all {@code value}, rounded to the type. */
  public final Value constant(TensorType type, double value) {
    return constant(Literal.ofDoubles(type, value));
  }

  /** Indices 0, 1, 2, … along dimension {@code dim}. */
  public final Value iota(TensorType type, long dim) {
    return one(OpCode.IOTA, List.of(), Map.of("iota_dimension", i64(dim)), type);
  }

  /** The elements in another shape; the operand itself when it has that shape. */
  public final Value reshape(Value x, Shape shape) {
    TensorType type = x.tensorType();
    if (type.shape().equals(shape)) {
      return x;
    }
    return one(OpCode.RESHAPE, List.of(x), Map.of(), type.withShape(shape));
  }

  /**
   * Repetition: dimension {@code i} of the operand becomes dimension {@code dims[i]} of the result,
   * and is repeated where its size is 1.
   */
  public final Value broadcastInDim(Value x, Shape shape, long... dims) {
    return one(
        OpCode.BROADCAST_IN_DIM,
        List.of(x),
        Map.of("broadcast_dimensions", longs(dims)),
        x.tensorType().withShape(shape));
  }

  /** A scalar repeated to fill a shape. */
  public final Value broadcast(Value scalar, Shape shape) {
    return broadcastInDim(scalar, shape);
  }

  /** Dimension {@code i} of the result is dimension {@code permutation[i]} of the operand. */
  public final Value transpose(Value x, long... permutation) {
    return one(OpCode.TRANSPOSE, List.of(x), Map.of("permutation", longs(permutation)));
  }

  /** Reversal along some dimensions. */
  public final Value reverse(Value x, long... dims) {
    return one(OpCode.REVERSE, List.of(x), Map.of("dimensions", longs(dims)));
  }

  /** The operands one behind the other along dimension {@code dim}. */
  public final Value concatenate(List<Value> values, long dim) {
    return one(OpCode.CONCATENATE, values, Map.of("dimension", i64(dim)));
  }

  /** Every {@code strides[i]}-th element from {@code starts[i]} up to before {@code limits[i]}. */
  public final Value slice(Value x, long[] starts, long[] limits, long[] strides) {
    Map<String, Attribute> attributes =
        Map.of(
            "start_indices",
            longs(starts),
            "limit_indices",
            longs(limits),
            "strides",
            longs(strides));
    return one(OpCode.SLICE, List.of(x), attributes);
  }

  /**
   * Padding with a scalar, {@code low} elements in front, {@code high} behind and {@code interior}
   * between two elements; negative numbers in front and behind cut.
   */
  public final Value pad(Value x, Value padValue, long[] low, long[] high, long[] interior) {
    Map<String, Attribute> attributes =
        Map.of(
            "edge_padding_low",
            longs(low),
            "edge_padding_high",
            longs(high),
            "interior_padding",
            longs(interior));
    return one(OpCode.PAD, List.of(x, padValue), attributes);
  }

  /** The size of dimension {@code dim} as an i32 scalar. */
  public final Value getDimensionSize(Value x, long dim) {
    return one(OpCode.GET_DIMENSION_SIZE, List.of(x), Map.of("dimension", i64(dim)));
  }
}
