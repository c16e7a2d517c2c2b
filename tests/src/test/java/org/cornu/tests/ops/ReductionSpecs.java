package org.cornu.tests.ops;

import static org.cornu.tests.ops.Grid.l;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import org.cornu.ops.Lax;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.build.WindowConfig;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.ElementType;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.Dispatch;

/** Rows of reductions, windows and sorting. */
@SuppressWarnings("UnnecessaryLambda") // the row of a table
final class ReductionSpecs {
  private static final DoubleBinaryOperator PRODUCT = (a, b) -> a * b;

  private ReductionSpecs() {}

  static List<OpSpec> rows() {
    List<OpSpec> out = new ArrayList<>();
    reductions(out);
    windows(out);
    maxima(out);
    sorts(out);
    return out;
  }

  private static Grid fold(Grid x, double init, DoubleBinaryOperator f) {
    return Grid.fill(
        l(x.dims()[1]),
        i -> {
          double sum = init;
          for (int a = 0; a < x.dims()[0]; a++) {
            for (int b = 0; b < x.dims()[2]; b++) {
              sum = f.applyAsDouble(sum, x.at(a, i[0], b));
            }
          }
          return sum;
        });
  }

  private static OpSpec reduction(Lax.Reduction kind, double init, DoubleBinaryOperator f) {
    return OpSpec.of(OpCode.REDUCE, kind.op())
        .real(2, 3, 4)
        .op(x -> Lax.reduce(x.get(0), kind, 0, 2))
        .means(x -> fold(x.get(0), init, f));
  }

  private static void reductions(List<OpSpec> out) {
    out.add(reduction(Lax.Reduction.ADD, 0, Double::sum));
    out.add(reduction(Lax.Reduction.MUL, 1, PRODUCT));
    out.add(reduction(Lax.Reduction.MAX, Double.NEGATIVE_INFINITY, Math::max));
    out.add(reduction(Lax.Reduction.MIN, Double.POSITIVE_INFINITY, Math::min));
    out.add(
        OpSpec.of(OpCode.REDUCE)
            .named("and, or of bool; sum of bool is or")
            .ints(DType.BOOL, l(2, 3), 1, 0, 1, 1, 0, 0)
            .ops(
                x ->
                    List.of(
                        Lax.reduce(x.get(0), Lax.Reduction.AND, 0),
                        Lax.reduce(x.get(0), Lax.Reduction.OR, 0),
                        Lax.reduce(x.get(0), Lax.Reduction.ADD, 1)))
            .meansAll(
                x ->
                    List.of(
                        Grid.fill(l(3), i -> x.get(0).at(0, i[0]) * x.get(0).at(1, i[0]))
                            .as(DType.BOOL),
                        Grid.fill(l(3), i -> Math.max(x.get(0).at(0, i[0]), x.get(0).at(1, i[0])))
                            .as(DType.BOOL),
                        Grid.fill(
                                l(2),
                                i ->
                                    Math.max(
                                        x.get(0).at(i[0], 0),
                                        Math.max(x.get(0).at(i[0], 1), x.get(0).at(i[0], 2))))
                            .as(DType.BOOL))));
    out.add(
        OpSpec.of(OpCode.REDUCE)
            .named("by a function of the user's")
            .domain(0.5, 1.5)
            .real(2, 3, 4)
            .op(
                x ->
                    Lax.reduce(
                        x.get(0),
                        Lax.full(x.get(0).dtype(), 0),
                        // a + b + a b = (1 + a)(1 + b) - 1: associative
                        (a, b) -> Lax.add(Lax.add(a, b), Lax.mul(a, b)),
                        0,
                        2))
            .means(x -> fold(x.get(0).map(v -> 1 + v), 1, PRODUCT).map(v -> v - 1)));
    out.add(
        OpSpec.of(OpCode.MAP)
            .real(2, 3)
            .real(2, 3)
            .op(
                x ->
                    Dispatch.one(
                        (b, v) -> {
                          TensorType scalar = TensorType.of(v[0].tensorType().element());
                          Block body = new Block(List.of(scalar, scalar));
                          Builder c = new Builder(body);
                          body.returns(
                              List.of(c.multiply(body.argument(0), c.sine(body.argument(1)))));
                          return b.create(
                                  OpCode.MAP,
                                  List.of(v[0], v[1]),
                                  Map.of("dimensions", new Attribute.Longs(0, 1)),
                                  List.of(body))
                              .result();
                        },
                        x.get(0),
                        x.get(1)))
            .means(x -> x.get(0).zip(x.get(1), (a, b) -> a * Math.sin(b))));
  }

  // ---- windows

  private static final WindowConfig WINDOW =
      new WindowConfig(l(2, 3), l(1, 2), l(1, 1), l(2, 1), new long[][] {l(1, 0), l(1, 1)});
  private static final long[] WINDOWED = {4, 6};

  /** What lies in the window at an index of the result, rows 2 apart, columns adjacent. */
  private static double inWindow(Grid x, long[] at, double init, DoubleBinaryOperator f) {
    double out = init;
    for (int a = 0; a < 2; a++) {
      for (int b = 0; b < 3; b++) {
        out = f.applyAsDouble(out, x.at(l(at[0] - 1 + 2 * a, 2 * at[1] - 1 + b), init));
      }
    }
    return out;
  }

  private static OpSpec window(Lax.Reduction kind, double init, DoubleBinaryOperator f) {
    return OpSpec.of(OpCode.REDUCE_WINDOW, kind.op())
        .named("strided, dilated, padded")
        .real(WINDOWED)
        .op(x -> Lax.reduceWindow(x.get(0), kind, WINDOW))
        .means(x -> Grid.fill(l(3, 3), i -> inWindow(x.get(0), i, init, f)));
  }

  private static void windows(List<OpSpec> out) {
    out.add(window(Lax.Reduction.ADD, 0, Double::sum));
    out.add(window(Lax.Reduction.MAX, Double.NEGATIVE_INFINITY, Math::max));
    out.add(window(Lax.Reduction.MIN, Double.POSITIVE_INFINITY, Math::min));
  }

  // ---- positions of maxima

  private static final WindowConfig POOL =
      WindowConfig.of(l(2, 2), l(2, 2), new long[][] {l(0, 0), l(0, 0)});

  private static Block ordered(ElementType element, Comparison direction) {
    Block body = new Block(List.of(TensorType.of(element), TensorType.of(element)));
    return body.returns(
        List.of(new Builder(body).compare(body.argument(0), body.argument(1), direction)));
  }

  private static Block sum(ElementType element) {
    Block body = new Block(List.of(TensorType.of(element), TensorType.of(element)));
    return body.returns(List.of(new Builder(body).add(body.argument(0), body.argument(1))));
  }

  /** Row and column of the largest element of the window that starts at a row and column. */
  private static long[] largest(Grid x, long row, long column) {
    long[] best = {row, column};
    for (long a = 0; a < 2; a++) {
      for (long b = 0; b < 2; b++) {
        if (x.at(row + a, column + b) > x.at(best)) {
          best = l(row + a, column + b);
        }
      }
    }
    return best;
  }

  /** What is scattered counts from {@code start}, which counts once. */
  private static OpSpec scattered(double start) {
    return OpSpec.of(OpCode.SELECT_AND_SCATTER)
        .named("from " + start)
        .real(4, 6)
        .real(2, 3)
        .op(
            x ->
                Dispatch.one(
                    (b, v) -> {
                      ElementType element = v[0].tensorType().element();
                      return b.selectAndScatter(
                          v[0],
                          v[1],
                          b.constant(v[0].dtype(), start),
                          POOL,
                          ordered(element, Comparison.GE),
                          sum(element));
                    },
                    x.get(0),
                    x.get(1)))
        .means(
            x ->
                Grid.fill(
                    l(4, 6),
                    i ->
                        Arrays.equals(i, largest(x.get(0), i[0] / 2 * 2, i[1] / 2 * 2))
                            ? x.get(1).at(i[0] / 2, i[1] / 2) + start
                            : start));
  }

  private static void maxima(List<OpSpec> out) {
    out.add(scattered(0));
    out.add(scattered(1.5));
    out.add(
        OpSpec.of(OpCode.SELECT_AND_GATHER_ADD)
            .real(4, 6)
            .real(4, 6)
            .op(
                x ->
                    Dispatch.one(
                        (b, v) -> b.selectAndGatherAdd(v[0], v[1], POOL, "GE"), x.get(0), x.get(1)))
            .means(
                x -> Grid.fill(l(2, 3), i -> x.get(0).at(largest(x.get(1), 2 * i[0], 2 * i[1])))));
  }

  // ---- sorting

  private static Grid sorted(Grid keys, Grid values) {
    return Grid.fill(
        keys.dims(),
        i -> {
          int n = (int) keys.dims()[1];
          Integer[] order = new Integer[n];
          Arrays.setAll(order, k -> k);
          Arrays.sort(order, (a, b) -> Double.compare(keys.at(i[0], a), keys.at(i[0], b)));
          return values.at(i[0], order[(int) i[1]]);
        });
  }

  private static void sorts(List<OpSpec> out) {
    out.add(
        OpSpec.of(OpCode.SORT)
            .real(3, 5)
            .op(x -> Lax.sort(x.get(0), 1))
            .means(x -> sorted(x.get(0), x.get(0))));
    out.add(
        OpSpec.of(OpCode.SORT)
            .named("stable, values carried along")
            .ints(DType.I32, l(2, 4), 3, 1, 3, 1, 0, 2, 0, 0)
            .real(2, 4)
            .ops(x -> Lax.sort(List.of(x.get(0), x.get(1)), 1, true))
            .meansAll(
                x ->
                    List.of(sorted(x.get(0), x.get(0)).as(DType.I32), sorted(x.get(0), x.get(1)))));
    out.add(
        OpSpec.of(OpCode.CHLO_TOP_K)
            .real(2, 5)
            .ops(x -> Lax.topK(x.get(0), 2))
            .meansAll(
                x -> {
                  Grid index = Grid.fill(l(2, 5), i -> i[1]);
                  Grid falling = x.get(0).map(v -> -v);
                  Grid values = sorted(falling, x.get(0));
                  Grid places = sorted(falling, index);
                  return List.of(
                      Grid.fill(l(2, 2), values::at), Grid.fill(l(2, 2), places::at).as(DType.I32));
                }));
  }
}
