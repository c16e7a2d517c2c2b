package org.cornu.stablehlo.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.build.WindowConfig;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;
import org.junit.jupiter.api.Test;

/** Programs built in memory, against values worked out by hand from the spec. */
class InterpreterTest {

  /** Runs what {@code program} makes of the inputs. */
  static Literal run(BiFunction<Builder, List<Value>, Value> program, Literal... inputs) {
    return runAll((b, x) -> List.of(program.apply(b, x)), inputs).get(0);
  }

  static List<Literal> runAll(
      BiFunction<Builder, List<Value>, List<Value>> program, Literal... inputs) {
    List<TensorType> types = new ArrayList<>();
    for (Literal input : inputs) {
      types.add(input.type());
    }
    Block body = new Block(types);
    body.returns(program.apply(new Builder(body), body.arguments()));
    return new Interpreter().run(new Func("main", body), List.of(inputs));
  }

  private static Literal longs(DType dtype, long... values) {
    return values.length == 1
        ? Literal.ofLongs(TensorType.of(dtype, 1), values)
        : Literal.ofLongs(TensorType.of(dtype, values.length), values);
  }

  private static Literal reals(DType dtype, double... values) {
    return Literal.ofDoubles(TensorType.of(dtype, values.length), values);
  }

  @Test
  void integersWrapAndDivideByZeroAsXla() {
    Literal x = longs(DType.I8, 127, -128, 7, -128);
    Literal y = longs(DType.I8, 1, -1, 0, 0);
    assertThat(run((b, v) -> b.add(v.get(0), v.get(1)), x, y))
        .isEqualTo(longs(DType.I8, -128, 127, 7, -128));
    assertThat(run((b, v) -> b.divide(v.get(0), v.get(1)), x, y))
        .isEqualTo(longs(DType.I8, 127, -128, -1, -1));
    assertThat(run((b, v) -> b.remainder(v.get(0), v.get(1)), x, y))
        .isEqualTo(longs(DType.I8, 0, 0, 7, -128));
    assertThat(
            run(
                (b, v) -> b.divide(v.get(0), v.get(1)),
                longs(DType.U64, -1, 5),
                longs(DType.U64, 2, 0)))
        .isEqualTo(longs(DType.U64, Long.MAX_VALUE, -1));
    assertThat(
            run(
                (b, v) -> b.shiftRightArithmetic(v.get(0), v.get(1)),
                longs(DType.I32, -8, -8, 8),
                longs(DType.I32, 1, 40, -1)))
        .isEqualTo(longs(DType.I32, -4, -1, 0));
    assertThat(run((b, v) -> b.negate(v.get(0)), longs(DType.I4, -8, 7, 1)))
        .isEqualTo(longs(DType.I4, -8, -7, -1));
  }

  @Test
  void floatsRoundOnceAndKeepDenormals() {
    double tiny = Float.MIN_VALUE;
    assertThat(
            run(
                (b, v) -> b.multiply(v.get(0), v.get(1)),
                reals(DType.F32, tiny, 16777216),
                reals(DType.F32, 3, 3)))
        .isEqualTo(reals(DType.F32, 3 * tiny, 50331648));
    // 1 + 2^-8 + 2^-9 has no bf16 neighbour nearer than 1 + 2^-7; ties go to even.
    assertThat(
            run(
                (b, v) -> b.add(v.get(0), v.get(1)),
                reals(DType.BF16, 1, 1),
                reals(DType.BF16, Math.pow(2, -8), 3 * Math.pow(2, -8))))
        .isEqualTo(reals(DType.BF16, 1, 1 + Math.pow(2, -6)));
    assertThat(
            run(
                (b, v) -> b.maximum(v.get(0), v.get(1)),
                reals(DType.F32, Double.NaN, -0.0),
                reals(DType.F32, 1, 0.0)))
        .isEqualTo(reals(DType.F32, Double.NaN, 0.0));
  }

  @Test
  void conversionsSaturateAndRoundOnce() {
    assertThat(
            run(
                (b, v) -> b.convert(v.get(0), DType.I8),
                reals(DType.F32, 1e9, -1e9, Double.NaN, -1.9)))
        .isEqualTo(longs(DType.I8, 127, -128, 0, -1));
    // Rounding to double first would give 2^24 + 2^60 the wrong neighbour.
    long value = (1L << 60) + (1L << 36) + 1;
    assertThat(run((b, v) -> b.convert(v.get(0), DType.F32), longs(DType.I64, value)))
        .isEqualTo(reals(DType.F32, (float) value));
    assertThat(run((b, v) -> b.convert(v.get(0), DType.F64), longs(DType.U64, -1)))
        .isEqualTo(reals(DType.F64, 0x1p64));
    assertThat(run((b, v) -> b.bitcastConvert(v.get(0), DType.U16), reals(DType.F32, 1)).longAt(1))
        .isEqualTo(0x3F80);
  }

  @Test
  void outOfRangeIndicesClampInSlicesAndDropInScatters() {
    Literal x = reals(DType.F32, 0, 1, 2, 3, 4);
    Literal start = Literal.ofLongs(TensorType.of(DType.I32), 4);
    assertThat(run((b, v) -> b.dynamicSlice(v.get(0), List.of(v.get(1)), 3), x, start))
        .isEqualTo(reals(DType.F32, 2, 3, 4));
    DimensionNumbers.Scatter numbers =
        new DimensionNumbers.Scatter(List.of(), List.of(0L), List.of(), List.of(), List.of(0L), 1);
    assertThat(
            run(
                (b, v) ->
                    b.scatter(v.get(0), v.get(1), v.get(2), numbers, false, false, OpCode.ADD),
                x,
                Literal.ofLongs(TensorType.of(DType.I64, 4, 1), 1, 7, -1, 1),
                reals(DType.F32, 10, 20, 30, 40)))
        .isEqualTo(reals(DType.F32, 0, 51, 2, 3, 4));
  }

  @Test
  void dotAndConvolutionAgreeOnOneByOneKernels() {
    Literal x = Literal.ofDoubles(TensorType.of(DType.F64, 2, 3), 1, 2, 3, 4, 5, 6);
    Literal y = Literal.ofDoubles(TensorType.of(DType.F64, 3, 2), 1, 0, 2, 1, 0, 3);
    Literal product =
        run(
            (b, v) ->
                b.dotGeneral(
                    v.get(0),
                    v.get(1),
                    new DimensionNumbers.Dot(List.of(), List.of(), List.of(1L), List.of(0L)),
                    null,
                    DType.F64),
            x,
            y);
    assertThat(product).isEqualTo(Literal.ofDoubles(TensorType.of(DType.F64, 2, 2), 5, 11, 14, 23));
  }

  @Test
  void windowsAndSelectionsFollowTheSpec() {
    Literal x = reals(DType.F32, 1, 3, 3, 2, 5);
    WindowConfig window = WindowConfig.of(new long[] {3}, new long[] {2}, new long[][] {{0, 0}});
    assertThat(
            run(
                (b, v) ->
                    b.reduceWindow(
                        v.get(0),
                        b.constant(DType.F32, Double.NEGATIVE_INFINITY),
                        OpCode.MAXIMUM,
                        window),
                x))
        .isEqualTo(reals(DType.F32, 3, 5));
    Block select = new Block(List.of(TensorType.of(DType.F32), TensorType.of(DType.F32)));
    select.returns(
        List.of(
            new Builder(select).compare(select.argument(0), select.argument(1), Comparison.GE)));
    assertThat(
            run(
                (b, v) ->
                    b.selectAndScatter(
                        v.get(0),
                        v.get(1),
                        b.constant(DType.F32, 0),
                        window,
                        select,
                        Builder.binaryBody(OpCode.ADD, DType.F32)),
                x,
                reals(DType.F32, 10, 20)))
        .isEqualTo(reals(DType.F32, 0, 10, 0, 0, 20));
  }

  @Test
  void sortIsStableWithAComparatorOfSeveralOps() {
    Block comparator =
        new Block(
            List.of(
                TensorType.of(DType.I32),
                TensorType.of(DType.I32),
                TensorType.of(DType.F32),
                TensorType.of(DType.F32)));
    Builder c = new Builder(comparator);
    comparator.returns(
        List.of(
            c.compare(
                c.abs(comparator.argument(0)), c.abs(comparator.argument(1)), Comparison.LT)));
    List<Literal> sorted =
        runAll(
            (b, v) -> b.sort(v, 0, true, comparator),
            longs(DType.I32, 3, -1, 1, -3, 0),
            reals(DType.F32, 0, 1, 2, 3, 4));
    assertThat(sorted.get(0)).isEqualTo(longs(DType.I32, 0, -1, 1, 3, -3));
    assertThat(sorted.get(1)).isEqualTo(reals(DType.F32, 4, 1, 2, 0, 3));
  }

  @Test
  void whileLoopsSeeOuterValues() {
    TensorType scalar = TensorType.of(DType.I32);
    Literal sum =
        run(
            (b, v) -> {
              Block condition = new Block(List.of(scalar, scalar));
              Builder c = new Builder(condition);
              condition.returns(List.of(c.compare(condition.argument(0), v.get(0), Comparison.LT)));
              Block body = new Block(List.of(scalar, scalar));
              Builder d = new Builder(body);
              body.returns(
                  List.of(
                      d.add(body.argument(0), d.constant(DType.I32, 1)),
                      d.add(body.argument(1), d.multiply(body.argument(0), v.get(0)))));
              Value zero = b.constant(DType.I32, 0);
              return b.whileLoop(List.of(zero, zero), condition, body).get(1);
            },
            Literal.ofLongs(scalar, 5));
    assertThat(sum.longAt(0)).isEqualTo(50);
  }

  @Test
  void randomBitsAreXlas() {
    // First block of ThreeFry with zero key and counter (Random123 known answer).
    long block = RandomKernels.threeFry(0, 0);
    assertThat(block).isEqualTo(0x99ba4efe_6b200159L);
    int[] out = new int[4];
    RandomKernels.philox(0, 0, 0, out);
    assertThat(out).containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
    List<Literal> bits =
        runAll(
            (b, v) -> b.rngBitGenerator(v.get(0), TensorType.of(DType.U32, 3), "THREE_FRY"),
            Literal.ofLongs(TensorType.of(DType.U64, 2), 0, 0));
    assertThat(bits.get(1).longAt(0)).isEqualTo(0x6b200159L);
    assertThat(bits.get(1).longAt(1)).isEqualTo(0x99ba4efeL);
    assertThat(bits.get(0).longAt(1)).isEqualTo(2);
  }

  @Test
  void errorsNameOpAndReason() {
    assertThatThrownBy(
            () ->
                runAll(
                    (b, v) ->
                        b.customCall("nobody", v, List.of(v.get(0).type()), java.util.Map.of()),
                    reals(DType.F32, 1, 2)))
        .isInstanceOf(InterpreterException.class)
        .hasMessageContaining("custom_call")
        .hasMessageContaining("'nobody'");
    Block body = new Block(List.of(TensorType.of(DType.F32)));
    body.returns(body.arguments());
    Func func = new Func("f", body);
    assertThatThrownBy(() -> new Interpreter().run(func, List.of()))
        .hasMessageContaining("takes 1 inputs, got 0");
  }

  @Test
  void shapesMove() {
    Literal x = Literal.ofLongs(TensorType.of(DType.I32, 2, 3), 1, 2, 3, 4, 5, 6);
    assertThat(
            run(
                (b, v) ->
                    b.pad(
                        v.get(0),
                        b.constant(DType.I32, 0),
                        new long[] {0, -1},
                        new long[] {1, 0},
                        new long[] {0, 1}),
                x))
        .isEqualTo(
            Literal.ofLongs(TensorType.of(DType.I32, 3, 4), 0, 2, 0, 3, 0, 5, 0, 6, 0, 0, 0, 0));
    assertThat(run((b, v) -> b.reverse(b.transpose(v.get(0), 1, 0), 0), x))
        .isEqualTo(Literal.ofLongs(TensorType.of(DType.I32, 3, 2), 3, 6, 2, 5, 1, 4));
    assertThat(run((b, v) -> b.broadcastInDim(v.get(0), Shape.of(2, 2), 1), longs(DType.I32, 8, 9)))
        .isEqualTo(Literal.ofLongs(TensorType.of(DType.I32, 2, 2), 8, 9, 8, 9));
  }
}
