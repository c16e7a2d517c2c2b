package org.cornu.tracer.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cornu.tracer.autodiff.GradientCheck.f64;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.WindowConfig;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;
import org.junit.jupiter.api.Test;

/** Derivatives where a function has none: the values that JAX gives there. */
class EdgeTest {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double[] X = {-1, -0.0, 0, 1, 2};

  /** The gradient of the sum of the first result with respect to the first argument. */
  private static double[] gradient(
      BiFunction<Builder, List<Value>, Value> body, double[]... arguments) {
    List<TensorType> types = new ArrayList<>();
    List<Literal> inputs = new ArrayList<>();
    for (double[] argument : arguments) {
      TensorType type = f64(argument.length);
      types.add(type);
      inputs.add(Literal.ofDoubles(type, argument));
    }
    Func func = GradientCheck.func(types, (b, x) -> List.of(body.apply(b, x)));
    boolean[] active = new boolean[types.size()];
    active[0] = true;
    Differentiation.VjpResult vjp = Differentiation.vjp(func, active);
    if (vjp.activeResults()[0]) {
      inputs.add(Literal.ofDoubles((TensorType) func.type().results().get(0), 1.0));
    }
    Literal out = GradientCheck.run(vjp.func(), inputs).get(1);
    double[] values = new double[out.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = out.doubleAt(i);
    }
    return values;
  }

  private static double[] all(double value) {
    double[] out = new double[X.length];
    java.util.Arrays.fill(out, value);
    return out;
  }

  @Test
  void absHasSlopeOneAtBothZeros() {
    assertThat(gradient((b, x) -> b.abs(x.get(0)), X)).containsExactly(-1, 1, 1, 1, 1);
  }

  @Test
  void maximumSharesTies() {
    double[] other = {-1, 0, -1, 3, 2};
    assertThat(gradient((b, x) -> b.maximum(x.get(0), x.get(1)), X, other))
        .containsExactly(0.5, 0.5, 1, 0, 0.5);
    assertThat(gradient((b, x) -> b.minimum(x.get(1), x.get(0)), X, other))
        .containsExactly(0.5, 0.5, 0, 1, 0.5);
  }

  @Test
  void reduceMaximumSplitsTiesEvenly() {
    assertThat(
            gradient(
                (b, x) -> b.reduce(x.get(0), b.constant(DType.F64, -INF), OpCode.MAXIMUM, 0),
                new double[] {1, 2, 2, 0, 0, 2}))
        .containsExactly(0, 1 / 3.0, 1 / 3.0, 0, 0, 1 / 3.0);
  }

  @Test
  void clampHasNoSlopeOnItsBoundsAndClipHasHalf() {
    assertThat(
            gradient(
                (b, x) -> b.clamp(b.constant(DType.F64, -1), x.get(0), b.constant(DType.F64, 1)),
                X))
        .containsExactly(0, 1, 1, 0, 0);
    assertThat(
            gradient(
                (b, x) ->
                    b.minimum(b.maximum(x.get(0), b.constant(f64(5), -1)), b.constant(f64(5), 1)),
                X))
        .containsExactly(0.5, 1, 1, 0.5, 0);
  }

  @Test
  void powerAtZero() {
    assertThat(gradient((b, x) -> b.power(x.get(0), x.get(1)), X, all(2)))
        .containsExactly(-2, -0.0, 0, 2, 4);
    assertThat(
            gradient((b, x) -> b.power(x.get(0), x.get(1)), new double[] {0}, new double[] {0.5}))
        .containsExactly(INF);
    assertThat(gradient((b, x) -> b.power(x.get(0), x.get(1)), new double[] {0}, new double[] {0}))
        .containsExactly(Double.NaN);
    assertThat(
            gradient(
                (b, x) ->
                    b.power(
                        x.get(0), b.convert(b.constant(TensorType.of(DType.I32, 1), 0), DType.F64)),
                new double[] {0}))
        .containsExactly(0);
    // with respect to the exponent, 0^a has slope 0
    assertThat(gradient((b, x) -> b.power(x.get(1), x.get(0)), new double[] {2}, new double[] {0}))
        .containsExactly(0);
  }

  @Test
  void remainderHasSlopeOneEverywhere() {
    assertThat(gradient((b, x) -> b.remainder(x.get(0), x.get(1)), X, all(1)))
        .containsExactly(1, 1, 1, 1, 1);
  }

  @Test
  void stepsHaveNoSlope() {
    assertThat(gradient((b, x) -> b.sign(x.get(0)), X)).containsExactly(0, 0, 0, 0, 0);
    assertThat(gradient((b, x) -> b.floor(x.get(0)), X)).containsExactly(0, 0, 0, 0, 0);
  }

  @Test
  void squareRootIsInfinitelySteepAtZeroAndTheDoubleWhereTrickWorks() {
    assertThat(gradient((b, x) -> b.sqrt(x.get(0)), new double[] {0})).containsExactly(INF);
    assertThat(
            gradient(
                (b, x) -> {
                  Value zero = b.constant(f64(5), 0);
                  Value positive =
                      b.compare(x.get(0), zero, org.cornu.stablehlo.build.Comparison.GT);
                  Value safe = b.select(positive, x.get(0), b.constant(f64(5), 1));
                  return b.select(positive, b.sqrt(safe), zero);
                },
                X))
        .containsExactly(0, 0, 0, 0.5, 0.5 / Math.sqrt(2));
  }

  @Test
  void windowMaximumGivesTiesToTheFirst() {
    WindowConfig window = WindowConfig.of(new long[] {2}, new long[] {2}, new long[][] {{0, 0}});
    assertThat(
            gradient(
                (b, x) ->
                    b.reduceWindow(x.get(0), b.constant(DType.F64, -INF), OpCode.MAXIMUM, window),
                new double[] {1, 1, 3, 3}))
        .containsExactly(1, 0, 1, 0);
  }

  @Test
  void cumulativeMaximumSplitsTiesPairByPair() {
    WindowConfig window = WindowConfig.of(new long[] {2}, new long[] {1}, new long[][] {{1, 0}});
    assertThat(
            gradient(
                (b, x) ->
                    b.reduceWindow(x.get(0), b.constant(DType.F64, -INF), OpCode.MAXIMUM, window),
                new double[] {1, 1}))
        .containsExactly(1.5, 0.5);
  }

  @Test
  void productsWithZerosAreExact() {
    assertThat(
            gradient(
                (b, x) -> b.reduce(x.get(0), b.constant(DType.F64, 1), OpCode.MULTIPLY, 0),
                new double[] {2, 0, 3}))
        .containsExactly(0, 6, 0);
    assertThat(
            gradient(
                (b, x) -> b.reduce(x.get(0), b.constant(DType.F64, 1), OpCode.MULTIPLY, 0),
                new double[] {2, 0, 0}))
        .containsExactly(0, 0, 0);
  }

  @Test
  void logSumExpOfMinusInfinity() {
    assertThat(
            gradient(
                (b, x) -> {
                  Value high =
                      b.stopGradient(
                          b.reduce(x.get(0), b.constant(DType.F64, -INF), OpCode.MAXIMUM, 0));
                  Value shifted =
                      b.exponential(
                          b.subtract(
                              x.get(0),
                              b.broadcastInDim(high, org.cornu.stablehlo.ir.Shape.of(3))));
                  return b.add(
                      high, b.log(b.reduce(shifted, b.constant(DType.F64, 0), OpCode.ADD, 0)));
                },
                new double[] {-INF, -INF, 0}))
        .containsExactly(0, 0, 1);
  }

  @Test
  void scatterOfMaximaSharesTies() {
    var dims =
        new org.cornu.stablehlo.ir.DimensionNumbers.Scatter(
            List.of(), List.of(0L), List.of(), List.of(), List.of(0L), 1);
    BiFunction<Builder, List<Value>, Value> body =
        (b, x) ->
            b.scatter(
                x.get(1),
                b.constant(Literal.ofLongs(TensorType.of(DType.I32, 4, 1), 0, 0, 1, 7)),
                x.get(0),
                dims,
                false,
                false,
                OpCode.MAXIMUM);
    assertThat(gradient(body, new double[] {2, 2, 1, 5}, new double[] {2, 0}))
        .containsExactly(1 / 3.0, 1 / 3.0, 1, 0);
  }

  @Test
  void scatterThatReplacesGivesTheGradientToTheWinnerOnly() {
    var dims =
        new org.cornu.stablehlo.ir.DimensionNumbers.Scatter(
            List.of(), List.of(0L), List.of(), List.of(), List.of(0L), 1);
    BiFunction<Builder, List<Value>, Value> body =
        (b, x) ->
            b.scatter(
                x.get(1),
                b.constant(Literal.ofLongs(TensorType.of(DType.I32, 3, 1), 0, 0, 9)),
                x.get(0),
                dims,
                false,
                false,
                null);
    assertThat(gradient(body, new double[] {2, 3, 4}, new double[] {2, 0}))
        .containsExactly(0, 1, 0);
  }

  private static List<Value> call(
      Builder b, String name, List<Value> x, BiFunction<Builder, List<Value>, Value> body) {
    org.cornu.stablehlo.ir.Block block = new org.cornu.stablehlo.ir.Block(Masks.types(x));
    block.returns(List.of(body.apply(new Builder(block), block.arguments())));
    return b.call(new Func(name, block), x);
  }

  @Test
  void exportedFunctionsWithTheirOwnDerivativeAreRecognised() {
    BiFunction<Builder, List<Value>, Value> relu =
        (c, y) -> c.maximum(y.get(0), c.constant(f64(5), 0));
    assertThat(gradient((b, x) -> call(b, "relu_3", x, relu).get(0), X))
        .containsExactly(0, 0, 0, 1, 1);
    // by another name it is a maximum with its tie
    assertThat(gradient((b, x) -> call(b, "positive", x, relu).get(0), X))
        .containsExactly(0, 0.5, 0.5, 1, 1);
    assertThat(
            gradient(
                (b, x) ->
                    call(
                            b,
                            "relu6",
                            x,
                            (c, y) ->
                                c.minimum(
                                    c.maximum(y.get(0), c.constant(f64(4), 0)),
                                    c.constant(f64(4), 6)))
                        .get(0),
                new double[] {0, 3, 6, 7}))
        .containsExactly(0, 1, 0, 0);
    assertThat(gradient((b, x) -> call(b, "softplus", x, EdgeTest::softplus).get(0), X)[2])
        .isCloseTo(0.5, org.assertj.core.data.Offset.offset(1e-15));
    assertThat(
            gradient(
                (b, x) -> call(b, "logsumexp", x, EdgeTest::logSumExp).get(0),
                new double[] {-INF, -INF, 0}))
        .containsExactly(0, 0, 1);
  }

  private static Value softplus(Builder b, List<Value> x) {
    Value zero = b.constant(f64(5), 0);
    Value high = b.maximum(x.get(0), zero);
    Value difference = b.subtract(x.get(0), zero);
    Value tail = b.log1p(b.exponential(b.negate(b.abs(difference))));
    Value broken = b.compare(difference, difference, org.cornu.stablehlo.build.Comparison.NE);
    return b.select(broken, b.add(x.get(0), zero), b.add(high, tail));
  }

  private static Value logSumExp(Builder b, List<Value> x) {
    Value high = b.reduce(x.get(0), b.constant(DType.F64, -INF), OpCode.MAXIMUM, 0);
    Value shifted =
        b.exponential(
            b.subtract(x.get(0), b.broadcastInDim(high, org.cornu.stablehlo.ir.Shape.of(3))));
    return b.add(high, b.log(b.reduce(shifted, b.constant(DType.F64, 0), OpCode.ADD, 0)));
  }
}
