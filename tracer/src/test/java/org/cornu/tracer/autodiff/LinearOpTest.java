package org.cornu.tracer.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cornu.tracer.autodiff.GradientCheck.f64;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cornu.stablehlo.build.ConvolutionConfig;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Sharding;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.graph.MissingRuleException;
import org.junit.jupiter.api.Test;

/** Ops that need a device, an axis or a partitioner to run: the shape of their derivatives. */
class LinearOpTest {
  private static final boolean[] YES = {true};

  /** The op of the backward program that the cotangent goes through. */
  private static Op backward(Func func) {
    Differentiation.TransposeResult out = Differentiation.transpose(func, YES);
    Op op = Objects.requireNonNull(out.func().body().results().get(0).op());
    assertThat(Differentiation.jvp(func, YES).activeResults()).containsExactly(true);
    return op;
  }

  private static Func axis(OpCode code, Map<String, Attribute> attributes, long... dims) {
    return GradientCheck.func(
        List.of(f64(dims)),
        (b, x) -> b.create(code, List.of(x.get(0)), attributes, List.of()).results());
  }

  private static final Attribute NAME = new Attribute.Str("batch");

  @Test
  void opsOverNamedAxesAreTransposed() {
    assertThat(
            backward(
                    axis(
                        OpCode.AXIS_REDUCE,
                        Map.of("axis", NAME, "kind", new Attribute.Str("add")),
                        3))
                .code())
        .isEqualTo(OpCode.AXIS_REDUCE);
    Map<String, Attribute> gather =
        Map.of(
            "axis",
            NAME,
            "size",
            Attribute.Int.i64(4),
            "dimension",
            Attribute.Int.i64(1),
            "tiled",
            new Attribute.Bool(true));
    Op scatter = backward(axis(OpCode.AXIS_GATHER, gather, 2, 3));
    assertThat(scatter.code()).isEqualTo(OpCode.AXIS_SCATTER);
    assertThat(scatter.result().type()).isEqualTo(f64(2, 3));
    Op back = backward(axis(OpCode.AXIS_SCATTER, gather, 2, 8));
    assertThat(back.code()).isEqualTo(OpCode.AXIS_GATHER);
    Op permute =
        backward(
            axis(
                OpCode.AXIS_PERMUTE,
                Map.of("axis", NAME, "pairs", new Attribute.Longs(0, 1, 1, 2)),
                3));
    assertThat(permute.longs("pairs")).containsExactly(1, 0, 2, 1);
    Op exchange =
        backward(
            axis(
                OpCode.AXIS_ALL_TO_ALL,
                Map.of(
                    "axis", NAME,
                    "size", Attribute.Int.i64(2),
                    "split_dimension", Attribute.Int.i64(0),
                    "concat_dimension", Attribute.Int.i64(1),
                    "tiled", new Attribute.Bool(true)),
                4,
                3));
    assertThat(exchange.intAttribute("split_dimension", -1)).isEqualTo(1);
    assertThat(exchange.result().type()).isEqualTo(f64(4, 3));
    assertThatThrownBy(
            () ->
                Differentiation.jvp(
                    axis(
                        OpCode.AXIS_REDUCE,
                        Map.of("axis", NAME, "kind", new Attribute.Str("max")),
                        3),
                    YES))
        .isInstanceOf(MissingRuleException.class)
        .hasMessageContaining("only a sum is");
  }

  @Test
  void marksForThePartitionerGoBackAsTheyAre() {
    Sharding sharding = Sharding.of("mesh", List.of(Sharding.Dim.of("data")));
    Op mark =
        backward(
            GradientCheck.func(
                List.of(f64(4)), (b, x) -> List.of(b.shardingConstraint(x.get(0), sharding))));
    assertThat(mark.attribute("sharding")).isEqualTo(sharding);
    Op call =
        backward(
            GradientCheck.func(
                List.of(f64(4)), (b, x) -> b.customCall("Sharding", x, List.of(f64(4)), Map.of())));
    assertThat(call.code()).isEqualTo(OpCode.CUSTOM_CALL);
  }

  @Test
  void aConvolutionWithConstantPaddingOperandIsTransposed() {
    DimensionNumbers.Convolution dims =
        new DimensionNumbers.Convolution(0, 2, List.of(1L), 1, 2, List.of(0L), 0, 2, List.of(1L));
    Func plain =
        GradientCheck.func(
            List.of(f64(1, 5, 2), f64(3, 2, 2)),
            (b, x) ->
                List.of(
                    b.convolution(
                        x.get(0),
                        x.get(1),
                        new ConvolutionConfig(
                            new long[] {2},
                            new long[][] {{1, 2}},
                            new long[] {1},
                            new long[] {1},
                            new boolean[1],
                            dims,
                            1,
                            1,
                            null))));
    Func dynamic =
        GradientCheck.func(
            List.of(f64(1, 5, 2), f64(3, 2, 2)),
            (b, x) -> {
              Value padding = b.constant(Literal.ofLongs(TensorType.of(DType.I64, 1, 2), 1, 2));
              return b.create(
                      OpCode.DYNAMIC_CONV,
                      List.of(x.get(0), x.get(1), padding),
                      Map.of(
                          "window_strides",
                          new Attribute.Longs(2),
                          "dimension_numbers",
                          dims,
                          "feature_group_count",
                          Attribute.Int.i64(1),
                          "batch_group_count",
                          Attribute.Int.i64(1)),
                      List.of(),
                      plain.type().results())
                  .results();
            });
    boolean[] both = {true, true};
    List<Literal> inputs =
        List.of(
            GradientCheck.normal(f64(1, 5, 2), new java.util.Random(1)),
            GradientCheck.normal(f64(3, 2, 2), new java.util.Random(2)),
            GradientCheck.normal(
                (TensorType) plain.type().results().get(0), new java.util.Random(3)));
    List<Literal> expected = GradientCheck.run(Differentiation.vjp(plain, both).func(), inputs);
    List<Literal> got = GradientCheck.run(Differentiation.vjp(dynamic, both).func(), inputs);
    for (int i = 0; i < 3; i++) {
      GradientCheck.close("result " + i, got.get(i), expected.get(i), 1e-12);
    }
  }

  @Test
  void sizesKnownOnlyAtRunTimeCannotBeTransposed() {
    Func func =
        GradientCheck.func(
            List.of(f64(4)),
            (b, x) ->
                b.create(
                        OpCode.SET_DIMENSION_SIZE,
                        List.of(x.get(0), b.constant(DType.I32, 2)),
                        Map.of("dimension", Attribute.Int.i64(0)),
                        List.of(),
                        List.of(
                            new TensorType(
                                org.cornu.stablehlo.ir.Shape.of(
                                    org.cornu.stablehlo.ir.Shape.DYNAMIC),
                                DType.F64,
                                "#stablehlo.bounds<4>")))
                    .results());
    assertThat(Differentiation.jvp(func, YES).activeResults()).containsExactly(true);
    assertThatThrownBy(() -> Differentiation.transpose(func, YES))
        .hasMessageContaining("known only at run time");
  }
}
