package org.cornu.tests.stablehlo;

import static org.cornu.stablehlo.ir.OpCode.*;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.build.WindowConfig;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;

/** Steps of random programs that combine many elements into one, or order them. */
final class ReductionSteps {
  private ReductionSteps() {}

  static Value neutral(Builder b, OpCode op, DType dtype) {
    return switch (op) {
      case MULTIPLY, AND -> b.constant(dtype, 1);
      case MAXIMUM, MINIMUM -> {
        boolean max = op == MAXIMUM;
        if (dtype.isFloat()) {
          yield b.constant(dtype, max ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        }
        long most = dtype.isSigned() ? -1L >>> (65 - dtype.bits()) : -1L >>> (64 - dtype.bits());
        long least = dtype.isSigned() ? -most - 1 : 0;
        yield b.constant(Literal.ofLongs(TensorType.of(dtype), max ? least : most));
      }
      default -> b.constant(dtype, 0);
    };
  }

  static OpCode reducer(Draft d, DType dtype) {
    if (dtype.isBool()) {
      return d.coin() ? OR : AND;
    }
    OpCode[] all = {ADD, MULTIPLY, MAXIMUM, MINIMUM};
    return all[d.below(dtype.isComplex() ? 2 : 4)];
  }

  static void reduce(Draft d) {
    Value x = d.tensor();
    OpCode op = reducer(d, x.dtype());
    d.add(d.b.reduce(x, neutral(d.b, op, x.dtype()), op, d.axis(x)));
  }

  /** The extreme element and its index, as JAX's argmax has it. */
  static void argmax(Draft d) {
    Value x = d.plain(d.numbers());
    DType dtype = x.dtype();
    Value index = d.b.iota(TensorType.of(DType.I32, x.shape().dims()), d.axis(x));
    TensorType value = TensorType.of(dtype);
    TensorType at = TensorType.of(DType.I32);
    Block body = new Block(List.of(value, at, value, at));
    Builder c = new Builder(body);
    Value a = body.argument(0);
    Value i = body.argument(1);
    Value b = body.argument(2);
    Value j = body.argument(3);
    Value first = c.compare(i, j, Comparison.LT);
    Value better =
        c.or(c.compare(a, b, Comparison.GT), c.and(c.compare(a, b, Comparison.EQ), first));
    body.returns(List.of(c.select(better, a, b), c.select(better, i, j)));
    Value least = neutral(d.b, MAXIMUM, dtype);
    d.b
        .reduce(
            List.of(x, index),
            List.of(least, d.b.constant(DType.I32, Integer.MAX_VALUE)),
            new long[] {d.axis(x)},
            body)
        .forEach(d::add);
  }

  static void window(Draft d) {
    Value x = d.tensor();
    OpCode op = reducer(d, x.dtype());
    int rank = x.shape().rank();
    long[] dims = new long[rank];
    long[] strides = new long[rank];
    long[] base = new long[rank];
    long[] dilation = new long[rank];
    long[][] padding = new long[rank][2];
    for (int i = 0; i < rank; i++) {
      dims[i] = 1 + d.below(3);
      strides[i] = 1 + d.below(2);
      base[i] = 1 + d.below(2);
      dilation[i] = 1 + d.below(2);
      padding[i] = new long[] {d.below(3), d.below(3) + 2};
    }
    WindowConfig config = new WindowConfig(dims, strides, base, dilation, padding);
    d.add(d.b.reduceWindow(x, neutral(d.b, op, x.dtype()), op, config));
  }

  /** What the gradient of max pooling is. */
  static void selectAndScatter(Draft d) {
    DType dtype = d.one(Draft.FLOATS);
    Value x = d.input(dtype, Shape.of(2, 5));
    boolean overlap = d.coin();
    WindowConfig config =
        new WindowConfig(
            new long[] {1, 2},
            new long[] {1, overlap ? 1 : 2},
            new long[] {1, 1},
            new long[] {1, 1},
            new long[][] {{0, 0}, {0, overlap ? 0 : 1}});
    Value source = d.input(dtype, Shape.of(2, overlap ? 4 : 3));
    Block select = new Block(List.of(TensorType.of(dtype), TensorType.of(dtype)));
    Builder c = new Builder(select);
    select.returns(List.of(c.compare(select.argument(0), select.argument(1), Comparison.GE)));
    d.add(
        d.b.selectAndScatter(
            d.plain(x),
            source,
            d.b.constant(dtype, 0),
            config,
            select,
            Builder.binaryBody(ADD, dtype)));
  }

  static void sort(Draft d) {
    Value x = d.plain(d.numbers());
    int axis = d.axis(x);
    boolean two = d.coin();
    List<Value> operands = new ArrayList<>(List.of(x));
    if (two) {
      operands.add(d.b.iota(TensorType.of(DType.I32, x.shape().dims()), axis));
    }
    List<TensorType> types = new ArrayList<>();
    for (Value operand : operands) {
      types.add(TensorType.of(operand.dtype()));
      types.add(TensorType.of(operand.dtype()));
    }
    Block comparator = new Block(types);
    comparator.returns(
        List.of(
            new Builder(comparator)
                .compare(
                    comparator.argument(0),
                    comparator.argument(1),
                    d.coin() ? Comparison.LT : Comparison.GT)));
    d.b.sort(operands, axis, true, comparator).forEach(d::add);
  }

  static void topK(Draft d) {
    Value x = d.plain(d.numbers());
    long k = 1 + d.below((int) x.shape().dim(x.shape().rank() - 1));
    d.b
        .create(CHLO_TOP_K, List.of(x), Map.of("k", Attribute.Int.i64(k)), List.of())
        .results()
        .forEach(d::add);
  }

  static void map(Draft d) {
    Value x = d.tensor();
    if (x.dtype().isBool()) {
      return;
    }
    long[] dims = new long[x.shape().rank()];
    Arrays.setAll(dims, i -> i);
    Block body = new Block(List.of(TensorType.of(x.dtype()), TensorType.of(x.dtype())));
    Builder c = new Builder(body);
    body.returns(
        List.of(c.subtract(c.multiply(body.argument(0), body.argument(1)), body.argument(0))));
    d.add(
        d.b
            .create(
                MAP,
                List.of(x, d.mate(x)),
                Map.of("dimensions", new Attribute.Longs(dims)),
                List.of(body))
            .result());
  }
}
