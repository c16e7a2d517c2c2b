package org.cornu.tracer.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.tracer.graph.MissingRuleException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be batched says so, with the reason and the user's line. */
class MissingRuleTest {
  private static final TensorType VECTOR = TensorType.of(DType.F64, 2);
  private static final TensorType LONGS = TensorType.of(DType.I64, 2);
  private static final TensorType SCALAR = TensorType.of(DType.I32);

  static Stream<Arguments> refused() {
    Type token = new Type.Token();
    return Stream.of(
        Arguments.of(OpCode.OUTFEED, List.of(VECTOR, token), Map.of(), List.of(token), "host"),
        Arguments.of(OpCode.SEND, List.of(VECTOR, token), Map.of(), List.of(token), "host"),
        Arguments.of(OpCode.RECV, List.of(VECTOR), Map.of(), List.of(VECTOR), "host"),
        Arguments.of(OpCode.INFEED, List.of(VECTOR), Map.of(), List.of(VECTOR), "host"),
        Arguments.of(OpCode.AFTER_ALL, List.of(VECTOR), Map.of(), List.of(token), "host"),
        Arguments.of(
            OpCode.ASYNC_START,
            List.of(VECTOR),
            Map.of(),
            List.of(new Type.Future(List.of(VECTOR))),
            "use the op itself"),
        Arguments.of(OpCode.ASYNC_DONE, List.of(VECTOR), Map.of(), List.of(VECTOR), "use the op"),
        Arguments.of(OpCode.OPAQUE, List.of(VECTOR), Map.of(), List.of(VECTOR), "not known"),
        Arguments.of(
            OpCode.DYNAMIC_IOTA, List.of(LONGS), Map.of(), List.of(VECTOR), "shape operand"),
        Arguments.of(
            OpCode.DYNAMIC_RESHAPE,
            List.of(VECTOR, LONGS),
            Map.of(),
            List.of(VECTOR),
            "differ within the batch"),
        Arguments.of(
            OpCode.SET_DIMENSION_SIZE,
            List.of(VECTOR, SCALAR),
            Map.of("dimension", Attribute.Int.i64(0)),
            List.of(VECTOR),
            "the size differs"),
        Arguments.of(
            OpCode.CUSTOM_CALL,
            List.of(VECTOR),
            Map.of(
                "call_target_name",
                new Attribute.Str("launch"),
                "has_side_effect",
                new Attribute.Bool(true)),
            List.of(VECTOR),
            "@launch has side effects"),
        Arguments.of(
            OpCode.CALL,
            List.of(VECTOR),
            Map.of(
                "callee",
                new Attribute.Callee(
                    Func.declaration(
                        "elsewhere",
                        new Type.Function(List.of(VECTOR), List.of(VECTOR)),
                        false,
                        Map.of()))),
            List.of(VECTOR),
            "@elsewhere is declared but has no body"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void theAnswerNamesOpReasonAndLine(
      OpCode code,
      List<Type> operands,
      Map<String, Attribute> attributes,
      List<Type> results,
      String reason) {
    Block block = new Block(operands);
    String name = code == OpCode.OPAQUE ? "other.op" : code.mlirName();
    Location line = new Location.Line("Model.java", 42, 0);
    block.append(new Op(code, name, block.arguments(), attributes, List.of(), results, line));
    block.returns(List.of());
    Func f = new Func("f", block);
    boolean[] mask = new boolean[operands.size()];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = operands.get(i) instanceof TensorType;
    }
    MissingRuleException e =
        catchThrowableOfType(MissingRuleException.class, () -> Batching.batch(f, mask, 3, null));
    assertThat(e)
        .hasMessageContaining(code == OpCode.OPAQUE ? "other.op" : code.shortName())
        .hasMessageContaining("has no vmap rule")
        .hasMessageContaining(reason)
        .hasMessageContaining("(at Model.java:42)");
    assertThat(e.code()).isEqualTo(code);
    // The same op on values that the batch shares is copied.
    Func shared = Batching.batch(f, new boolean[mask.length], 3, null).func();
    if (code != OpCode.CALL) {
      assertThat(shared.body().ops()).hasSize(1);
    }
  }

  @Test
  void openSizesCannotBeBroadcast() {
    Block block =
        new Block(
            List.of(
                new TensorType(
                    org.cornu.stablehlo.ir.Shape.of(org.cornu.stablehlo.ir.Shape.DYNAMIC),
                    DType.F64,
                    null),
                VECTOR));
    block.returns(List.of(block.argument(0)));
    Func f = new Func("f", block);
    IllegalArgumentException e =
        catchThrowableOfType(
            IllegalArgumentException.class,
            () -> Batching.batch(f, new boolean[] {false, true}, 3, null, new boolean[] {true}));
    assertThat(e).hasMessageContaining("sizes are open").hasMessageContaining("f64[?]");
  }
}
