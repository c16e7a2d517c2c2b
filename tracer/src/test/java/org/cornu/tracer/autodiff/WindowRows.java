package org.cornu.tracer.autodiff;

import static org.cornu.tracer.autodiff.GradientCheck.c128;
import static org.cornu.tracer.autodiff.GradientCheck.f64;
import static org.cornu.tracer.autodiff.OpRow.of;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.build.ConvolutionConfig;
import org.cornu.stablehlo.build.WindowConfig;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;

/** Rows of reductions, windows, products and convolutions. */
final class WindowRows {
  private WindowRows() {}

  static List<OpRow> rows() {
    List<OpRow> out = new ArrayList<>();
    reductions(out);
    windows(out);
    dots(out);
    raggedDots(out);
    convolutions(out);
    return out;
  }

  private static Value reduce(Builder b, Value x, OpCode code, double init, long... dims) {
    return b.reduce(x, b.constant(DType.F64, init), code, dims);
  }

  private static void reductions(List<OpRow> out) {
    out.add(
        of(OpCode.REDUCE)
            .named("add")
            .real(2, 3, 4)
            .build((b, x) -> reduce(b, b.sine(x.get(0)), OpCode.ADD, 0, 0, 2)));
    out.add(
        of(OpCode.REDUCE)
            .named("add with init")
            .real(2, 3)
            .real()
            .build((b, x) -> b.reduce(x.get(0), b.sine(x.get(1)), OpCode.ADD, 1)));
    out.add(
        of(OpCode.REDUCE)
            .named("max")
            .real(2, 3, 4)
            .build((b, x) -> reduce(b, x.get(0), OpCode.MAXIMUM, Double.NEGATIVE_INFINITY, 2, 0)));
    out.add(
        of(OpCode.REDUCE)
            .named("min with init")
            .real(2, 3)
            .values(f64(), -1)
            .build((b, x) -> b.reduce(x.get(0), x.get(1), OpCode.MINIMUM, 1)));
    for (int n : new int[] {0, 1, 2, 5}) {
      out.add(
          of(OpCode.REDUCE)
              .named("multiply " + n)
              .real(2, n)
              .build((b, x) -> reduce(b, x.get(0), OpCode.MULTIPLY, 1, 1)));
    }
    out.add(
        of(OpCode.REDUCE)
            .named("multiply all with a zero")
            .values(f64(2, 3), 1.5, 0, 2, -1, 3, 0.5)
            .build((b, x) -> reduce(b, x.get(0), OpCode.MULTIPLY, 1, 0, 1)));
    out.add(
        of(OpCode.REDUCE)
            .named("argmax")
            .real(3, 4)
            .buildAll((b, x) -> argmax(b, b.sine(x.get(0)))));
    out.add(
        of(OpCode.REDUCE)
            .named("logaddexp and sum")
            .real(3, 4)
            .real(3, 4)
            .buildAll((b, x) -> logAddExpAndSum(b, x.get(0), x.get(1))));
    out.add(
        of(OpCode.MAP)
            .real(2, 3)
            .real(2, 3)
            .build(
                (b, x) -> {
                  Block body = new Block(List.of(f64(), f64()));
                  Builder inner = new Builder(body);
                  Value product = inner.multiply(body.argument(0), inner.sine(body.argument(1)));
                  body.returns(List.of(inner.add(product, inner.constant(DType.F64, 2))));
                  return b.create(
                          OpCode.MAP,
                          x,
                          java.util.Map.of(
                              "dimensions", new org.cornu.stablehlo.ir.Attribute.Longs(0, 1)),
                          List.of(body))
                      .result();
                }));
  }

  private static List<Value> argmax(Builder b, Value x) {
    Block body =
        new Block(List.of(f64(), TensorType.of(DType.I32), f64(), TensorType.of(DType.I32)));
    Builder inner = new Builder(body);
    Value greater = inner.compare(body.argument(0), body.argument(2), Comparison.GT);
    Value equal = inner.compare(body.argument(0), body.argument(2), Comparison.EQ);
    Value first = inner.compare(body.argument(1), body.argument(3), Comparison.LT);
    Value second = inner.or(greater, inner.and(equal, first));
    body.returns(
        List.of(
            inner.select(greater, body.argument(0), body.argument(2)),
            inner.select(second, body.argument(1), body.argument(3))));
    Value index = b.iota(TensorType.of(DType.I32, x.shape()), 1);
    return b.reduce(
        List.of(x, index),
        List.of(b.constant(DType.F64, Double.NEGATIVE_INFINITY), b.constant(DType.I32, 0)),
        new long[] {1},
        body);
  }

  private static List<Value> logAddExpAndSum(Builder b, Value x, Value y) {
    Block body = new Block(List.of(f64(), f64(), f64(), f64()));
    Builder inner = new Builder(body);
    Value high = inner.maximum(body.argument(0), body.argument(2));
    Value low = inner.minimum(body.argument(0), body.argument(2));
    Value tail = inner.log1p(inner.exponential(inner.subtract(low, high)));
    body.returns(List.of(inner.add(high, tail), inner.add(body.argument(1), body.argument(3))));
    return b.reduce(
        List.of(x, y),
        List.of(b.constant(DType.F64, -50), b.constant(DType.F64, 0)),
        new long[] {1},
        body);
  }

  private static WindowConfig window(
      long[] size, long[] stride, long[] base, long[] dil, long[]... pad) {
    return new WindowConfig(size, stride, base, dil, pad);
  }

  private static long[] l(long... values) {
    return values;
  }

  private static void windows(List<OpRow> out) {
    WindowConfig[] configs = {
      window(l(2, 2), l(2, 2), l(1, 1), l(1, 1), l(0, 0), l(0, 0)),
      window(l(3, 2), l(1, 2), l(1, 1), l(1, 1), l(1, 1), l(0, 1)),
      window(l(2, 2), l(1, 1), l(2, 1), l(1, 1), l(1, 0), l(0, 0)),
      window(l(2, 2), l(1, 2), l(1, 1), l(2, 1), l(1, 1), l(1, 0)),
      window(l(2, 3), l(3, 1), l(1, 2), l(2, 2), l(-1, 2), l(3, -1)),
    };
    for (int i = 0; i < configs.length; i++) {
      WindowConfig w = configs[i];
      for (OpCode code : List.of(OpCode.ADD, OpCode.MAXIMUM, OpCode.MINIMUM, OpCode.MULTIPLY)) {
        double init =
            switch (code) {
              case MAXIMUM -> Double.NEGATIVE_INFINITY;
              case MINIMUM -> Double.POSITIVE_INFINITY;
              case MULTIPLY -> 1;
              default -> 0;
            };
        out.add(
            of(OpCode.REDUCE_WINDOW)
                .named(code.shortName() + " " + i)
                .real(5, 6)
                .build((b, x) -> b.reduceWindow(x.get(0), b.constant(DType.F64, init), code, w)));
      }
    }
    for (OpCode code : List.of(OpCode.ADD, OpCode.MAXIMUM, OpCode.MULTIPLY)) {
      double init = code == OpCode.ADD ? 0 : code == OpCode.MULTIPLY ? 1 : Double.NEGATIVE_INFINITY;
      for (boolean reverse : new boolean[] {false, true}) {
        out.add(
            of(OpCode.REDUCE_WINDOW)
                .named("cumulative " + code.shortName() + (reverse ? " reverse" : ""))
                .real(2, 5)
                .build(
                    (b, x) ->
                        b.reduceWindow(
                            x.get(0),
                            b.constant(DType.F64, init),
                            code,
                            window(
                                l(1, 5),
                                l(1, 1),
                                l(1, 1),
                                l(1, 1),
                                l(0, 0),
                                reverse ? l(0, 4) : l(4, 0)))));
      }
    }
    for (int i = 0; i < 2; i++) {
      WindowConfig w = configs[i];
      out.add(
          of(OpCode.SELECT_AND_SCATTER)
              .named("" + i)
              .real(5, 6)
              .args(i == 0 ? f64(2, 3) : f64(5, 3))
              .build(
                  (b, x) ->
                      b.selectAndScatter(
                          x.get(0),
                          x.get(1),
                          b.constant(DType.F64, 0),
                          w,
                          greaterOrEqual(),
                          Builder.binaryBody(OpCode.ADD, DType.F64))));
    }
    for (int i = 0; i < configs.length; i++) {
      WindowConfig w = configs[i];
      String select = i % 2 == 0 ? "GE" : "LE";
      out.add(
          of(OpCode.SELECT_AND_GATHER_ADD)
              .named("" + i)
              .real(5, 6)
              .real(5, 6)
              .build((b, x) -> b.selectAndGatherAdd(x.get(0), x.get(1), w, select)));
    }
  }

  private static Block greaterOrEqual() {
    List<Type> types = List.of(f64(), f64());
    Block out = new Block(types);
    return out.returns(
        List.of(new Builder(out).compare(out.argument(0), out.argument(1), Comparison.GE)));
  }

  private static void dots(List<OpRow> out) {
    out.add(
        of(OpCode.DOT_GENERAL)
            .real(3, 4)
            .real(4, 5)
            .build(
                (b, x) ->
                    b.dotGeneral(
                        x.get(0),
                        x.get(1),
                        new DimensionNumbers.Dot(List.of(), List.of(), List.of(1L), List.of(0L)),
                        null,
                        DType.F64)));
    out.add(
        of(OpCode.DOT_GENERAL)
            .named("batched, two contracted in other order")
            .real(4, 2, 3, 5, 6)
            .real(5, 3, 7, 2, 4)
            .build(
                (b, x) ->
                    b.dotGeneral(
                        x.get(0),
                        x.get(1),
                        new DimensionNumbers.Dot(
                            List.of(1L, 0L), List.of(3L, 4L), List.of(2L, 3L), List.of(1L, 0L)),
                        null,
                        DType.F64)));
    out.add(
        of(OpCode.DOT_GENERAL)
            .named("complex outer product")
            .args(c128(2), c128(3))
            .build(
                (b, x) ->
                    b.dotGeneral(
                        x.get(0),
                        x.get(1),
                        new DimensionNumbers.Dot(List.of(), List.of(), List.of(), List.of()),
                        null,
                        DType.C128)));
    for (int[][] shapes : new int[][][] {{{3, 4}, {4, 2}}, {{4}, {4, 2}}, {{3, 4}, {4}}}) {
      out.add(
          of(OpCode.DOT)
              .named(shapes[0].length + "x" + shapes[1].length)
              .real(shapes[0])
              .real(shapes[1])
              .build(
                  (b, x) ->
                      b.create(
                              OpCode.DOT,
                              x,
                              java.util.Map.of(),
                              List.of(),
                              List.of(
                                  shapes[0].length == 1
                                      ? f64(2)
                                      : shapes[1].length == 1 ? f64(3) : f64(3, 2)))
                          .result()));
    }
  }

  /** Ragged rows, a ragged sum, and ragged batches; the sizes leave some of it to no group. */
  private static void raggedDots(List<OpRow> out) {
    ragged(
        out,
        "rows",
        "lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [1],"
            + " lhs_ragged_dimensions = [0], rhs_group_dimensions = [0]",
        f64(6, 2),
        f64(3, 2, 4),
        f64(6, 4));
    ragged(
        out,
        "batched rows",
        "lhs_batching_dimensions = [0], rhs_batching_dimensions = [1],"
            + " lhs_contracting_dimensions = [2], rhs_contracting_dimensions = [2],"
            + " lhs_ragged_dimensions = [1], rhs_group_dimensions = [0]",
        f64(2, 6, 2),
        f64(3, 2, 2, 4),
        f64(2, 6, 4));
    ragged(
        out,
        "sum",
        "lhs_batching_dimensions = [0], rhs_batching_dimensions = [0],"
            + " lhs_contracting_dimensions = [2], rhs_contracting_dimensions = [1],"
            + " lhs_ragged_dimensions = [2]",
        f64(2, 3, 6),
        f64(2, 6, 4),
        f64(3, 2, 3, 4));
    ragged(
        out,
        "batches",
        "lhs_batching_dimensions = [0], rhs_batching_dimensions = [0],"
            + " lhs_contracting_dimensions = [2], rhs_contracting_dimensions = [1],"
            + " lhs_ragged_dimensions = [0]",
        f64(6, 3, 2),
        f64(6, 2, 4),
        f64(6, 3, 4));
  }

  private static void ragged(
      List<OpRow> out,
      String name,
      String fields,
      TensorType lhs,
      TensorType rhs,
      TensorType result) {
    out.add(
        of(OpCode.CHLO_RAGGED_DOT)
            .named(name)
            .args(lhs, rhs)
            .ints(l(3), 2, 0, 3)
            .build(
                (b, x) ->
                    b.create(
                            OpCode.CHLO_RAGGED_DOT,
                            x,
                            java.util.Map.of(
                                "ragged_dot_dimension_numbers",
                                new org.cornu.stablehlo.ir.Attribute.Opaque(
                                    "#chlo.ragged_dot<" + fields + ">")),
                            List.of(),
                            List.of(result))
                        .result()));
  }

  private static void convolutions(List<OpRow> out) {
    Random random = new Random(5);
    for (int i = 0; i < 40; i++) {
      convolution(out, i, random);
    }
  }

  /** A random convolution: layout, groups, strides, dilations, reversal and negative padding. */
  private static void convolution(List<OpRow> out, int number, Random random) {
    int spatial = number % 3;
    long features = random.nextInt(2) + 1L;
    long outFeatures = random.nextInt(2) + 1L;
    long batch = random.nextInt(2) + 1L;
    long featureGroups = number % 4 == 1 ? 2 : 1;
    long batchGroups = number % 4 == 2 ? 2 : 1;
    long[] in = new long[spatial];
    long[] kernel = new long[spatial];
    long[] strides = new long[spatial];
    long[] ld = new long[spatial];
    long[] rd = new long[spatial];
    long[][] padding = new long[spatial][2];
    boolean[] reversal = new boolean[spatial];
    for (int d = 0; d < spatial; d++) {
      kernel[d] = 1L + random.nextInt(3);
      strides[d] = 1L + random.nextInt(2);
      ld[d] = 1L + random.nextInt(2);
      rd[d] = 1L + random.nextInt(2);
      padding[d][0] = random.nextInt(5) - 2L;
      padding[d][1] = random.nextInt(5) - 2L;
      reversal[d] = random.nextBoolean();
      in[d] = 1 + (kernel[d] - 1) * rd[d] + 3 + random.nextInt(2);
    }
    long[] lhs = new long[spatial + 2];
    long[] rhs = new long[spatial + 2];
    List<Long> lhsOrder = order(spatial + 2, random);
    List<Long> rhsOrder = order(spatial + 2, random);
    List<Long> outOrder = order(spatial + 2, random);
    lhs[lhsOrder.get(0).intValue()] = batch * batchGroups;
    lhs[lhsOrder.get(1).intValue()] = features * featureGroups;
    rhs[rhsOrder.get(0).intValue()] = features;
    rhs[rhsOrder.get(1).intValue()] = outFeatures * featureGroups * batchGroups;
    for (int d = 0; d < spatial; d++) {
      lhs[lhsOrder.get(2 + d).intValue()] = in[d];
      rhs[rhsOrder.get(2 + d).intValue()] = kernel[d];
    }
    DimensionNumbers.Convolution dims =
        new DimensionNumbers.Convolution(
            lhsOrder.get(0),
            lhsOrder.get(1),
            lhsOrder.subList(2, spatial + 2),
            rhsOrder.get(0),
            rhsOrder.get(1),
            rhsOrder.subList(2, spatial + 2),
            outOrder.get(0),
            outOrder.get(1),
            outOrder.subList(2, spatial + 2));
    ConvolutionConfig config =
        new ConvolutionConfig(
            strides, padding, ld, rd, reversal, dims, featureGroups, batchGroups, null);
    out.add(
        of(OpCode.CONVOLUTION)
            .named(number + " " + config)
            .order(number % 5 == 0 ? 2 : 1)
            .args(f64(lhs), f64(rhs))
            .build((b, x) -> b.convolution(x.get(0), x.get(1), config)));
  }

  private static List<Long> order(int n, Random random) {
    List<Long> out = new ArrayList<>();
    for (long i = 0; i < n; i++) {
      out.add(i);
    }
    java.util.Collections.shuffle(out, random);
    return out;
  }
}
