package org.cornu.tests.stablehlo;

import static org.cornu.stablehlo.ir.OpCode.*;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;

/**
 * Steps of random programs whose sizes are operands: constants, or computed from sizes of other
 * values. The declared types may leave sizes open. The interpreter runs the ops as they are, the
 * plugin what is left of them when shapes are refined.
 */
final class DynamicSteps {
  private DynamicSteps() {}

  /** A vector of these sizes, known or computed. */
  private static Value sizes(Draft d, long... values) {
    DType dtype = d.coin() ? DType.I32 : DType.I64;
    if (values.length == 0 || d.coin()) {
      return constant(d, TensorType.of(dtype, values.length), values);
    }
    List<Value> parts = new ArrayList<>();
    for (long value : values) {
      Value from = d.tensor();
      int axis = d.axis(from);
      TensorType scalar = TensorType.of(DType.I32);
      Value rest = constant(d, scalar, value - from.shape().dim(axis));
      Value size = d.b.add(d.b.getDimensionSize(from, axis), rest);
      parts.add(d.b.convert(d.b.reshape(size, Shape.of(1)), dtype));
    }
    return d.b.concatenate(parts, 0);
  }

  private static Value constant(Draft d, TensorType type, long... values) {
    return d.b.constant(
        values.length == 0 ? Literal.ofBytes(type, new byte[0]) : Literal.ofLongs(type, values));
  }

  /** Adds the result of an op, declared with open sizes or not. */
  private static void add(
      Draft d, OpCode code, List<Value> operands, Map<String, Attribute> attributes, Shape shape) {
    DType dtype = code == DYNAMIC_IOTA ? d.one(Draft.INTEGERS) : operands.get(0).dtype();
    TensorType type = TensorType.of(dtype, shape);
    long[] declared = shape.dims();
    if (d.coin()) {
      Arrays.setAll(declared, i -> d.coin() ? Shape.DYNAMIC : shape.dim(i));
    }
    TensorType open = TensorType.of(dtype, Shape.of(declared));
    Value y = d.b.create(code, operands, attributes, List.of(), List.of(open)).result();
    if (!open.shape().isStatic()) {
      Value twice = d.coin() ? d.b.add(y, y) : y;
      y = reshaped(d, twice, type);
    }
    d.add(y);
  }

  private static Value reshaped(Draft d, Value x, TensorType type) {
    List<Value> operands = List.of(x, sizes(d, type.shape().dims()));
    return d.b.create(DYNAMIC_RESHAPE, operands, Map.of(), List.of(), List.of(type)).result();
  }

  static void reshape(Draft d) {
    Value x = d.wide();
    Shape shape = Shape.of(1, x.shape().count());
    add(d, DYNAMIC_RESHAPE, List.of(x, sizes(d, shape.dims())), Map.of(), shape);
  }

  static void broadcast(Draft d) {
    Value x = d.wide();
    if (x.shape().count() > 64) {
      return;
    }
    Shape shape = x.shape().insert(0, 1 + d.below(3));
    long[] dims = new long[x.shape().rank()];
    Arrays.setAll(dims, i -> i + 1);
    Map<String, Attribute> attributes = Map.of("broadcast_dimensions", new Attribute.Longs(dims));
    add(d, DYNAMIC_BROADCAST_IN_DIM, List.of(x, sizes(d, shape.dims())), attributes, shape);
  }

  static void iota(Draft d) {
    Shape shape = Shape.of(1 + d.below(4), 1 + d.below(4));
    Map<String, Attribute> attributes = Map.of("iota_dimension", Attribute.Int.i64(d.below(2)));
    add(d, DYNAMIC_IOTA, List.of(sizes(d, shape.dims())), attributes, shape);
  }

  static void pad(Draft d) {
    Value x = d.tensor();
    int rank = x.shape().rank();
    long[][] amounts = new long[3][rank];
    long[] dims = x.shape().dims();
    for (int i = 0; i < rank; i++) {
      amounts[0][i] = d.below(3);
      amounts[1][i] = d.below(4) - 1;
      amounts[2][i] = d.below(2);
      dims[i] += amounts[0][i] + amounts[1][i] + (dims[i] - 1) * amounts[2][i];
    }
    List<Value> operands = new ArrayList<>(List.of(x, d.input(x.dtype(), Shape.SCALAR)));
    TensorType type = TensorType.of(d.coin() ? DType.I32 : DType.I64, rank);
    for (long[] amount : amounts) {
      operands.add(constant(d, type, amount));
    }
    add(d, DYNAMIC_PAD, operands, Map.of(), Shape.of(dims));
  }

  static void slice(Draft d) {
    Value x = d.tensor();
    int rank = x.shape().rank();
    long[] starts = new long[rank];
    long[] limits = new long[rank];
    long[] strides = new long[rank];
    long[] dims = new long[rank];
    for (int i = 0; i < rank; i++) {
      int size = (int) x.shape().dim(i);
      starts[i] = d.below(size);
      limits[i] = starts[i] + 1 + d.below(size - (int) starts[i]);
      strides[i] = 1 + d.below(2);
      dims[i] = (limits[i] - starts[i] + strides[i] - 1) / strides[i];
    }
    TensorType type = TensorType.of(d.coin() ? DType.I32 : DType.I64, rank);
    List<Value> operands = new ArrayList<>(List.of(x));
    for (long[] numbers : List.of(starts, limits, strides)) {
      operands.add(constant(d, type, numbers));
    }
    add(d, REAL_DYNAMIC_SLICE, operands, Map.of(), Shape.of(dims));
  }

  static void gather(Draft d) {
    Value x = d.tensor();
    int axis = d.axis(x);
    DType[] types = {DType.I32, DType.I64};
    Value indices = d.indices(d.one(types), Shape.of(3, 1), (int) x.shape().dim(axis));
    long[] sizes = x.shape().dims();
    sizes[axis] = 1;
    List<Long> offsets = new ArrayList<>();
    for (long i = 1; i < sizes.length; i++) {
      offsets.add(i);
    }
    DimensionNumbers.Gather numbers =
        new DimensionNumbers.Gather(
            offsets, List.of((long) axis), List.of(), List.of(), List.of((long) axis), 1);
    add(
        d,
        DYNAMIC_GATHER,
        List.of(x, indices, sizes(d, sizes)),
        Map.of("dimension_numbers", numbers),
        x.shape().remove(axis).insert(0, 3));
  }

  /** The convolution of the other steps, its padding an operand. */
  static void convolution(Draft d) {
    DType dtype = d.one(Draft.FLOATS);
    Value x = d.input(dtype, Shape.of(2, 5, 2));
    long width = 1 + d.below(3);
    Value kernel = d.input(dtype, Shape.of(width, 2, 3));
    DimensionNumbers.Convolution dims =
        new DimensionNumbers.Convolution(0, 2, List.of(1L), 1, 2, List.of(0L), 0, 2, List.of(1L));
    long[] padding = {d.below(3), d.below(3)};
    TensorType type = TensorType.of(d.coin() ? DType.I32 : DType.I64, 1, 2);
    Map<String, Attribute> attributes = new TreeMap<>();
    attributes.put("dimension_numbers", dims);
    attributes.put("feature_group_count", Attribute.Int.i64(1));
    attributes.put("batch_group_count", Attribute.Int.i64(1));
    attributes.put("window_strides", new Attribute.Longs(1));
    attributes.put("lhs_dilation", new Attribute.Longs(1));
    attributes.put("rhs_dilation", new Attribute.Longs(1));
    long length = 5 + padding[0] + padding[1] - width + 1;
    List<Value> operands = List.of(x, kernel, constant(d, type, padding));
    add(d, DYNAMIC_CONV, operands, attributes, Shape.of(2, length, 3));
  }

  /** An array of which a computed part counts, summed up. Shardy takes no such arrays. */
  static void bounded(Draft d) {
    if (d.grid.partitions() > 1) {
      return;
    }
    Value x = d.numbers();
    int axis = d.axis(x);
    Value size = d.integers(DType.I32, Shape.SCALAR, 1, (int) x.shape().dim(axis));
    Map<String, Attribute> dimension = Map.of("dimension", Attribute.Int.i64(axis));
    Value y = d.b.create(SET_DIMENSION_SIZE, List.of(x, size), dimension, List.of()).result();
    OpCode op = ReductionSteps.reducer(d, x.dtype());
    Value shorter = d.coin() ? d.b.add(y, y) : y;
    d.add(d.b.reduce(shorter, ReductionSteps.neutral(d.b, op, x.dtype()), op, axis));
    d.add(d.b.getDimensionSize(y, axis));
  }
}
