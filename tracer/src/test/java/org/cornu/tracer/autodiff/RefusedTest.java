package org.cornu.tracer.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.graph.MissingRuleException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What has no derivative says so, with the reason and the user's line. */
class RefusedTest {
  private static final String LEAVES = "values leave the program here";
  private static final String ASYNCHRONOUS =
      "asynchronous computations appear only after compilation";
  private static final String GRID = "rounding to a grid has no useful derivative";

  record Refusal(OpCode code, String reason) {}

  static Stream<Refusal> refusals() {
    return Stream.of(
        new Refusal(OpCode.INFEED, LEAVES),
        new Refusal(OpCode.OUTFEED, LEAVES),
        new Refusal(OpCode.SEND, LEAVES),
        new Refusal(OpCode.RECV, LEAVES),
        new Refusal(OpCode.ASYNC_START, ASYNCHRONOUS),
        new Refusal(OpCode.ASYNC_DONE, ASYNCHRONOUS),
        new Refusal(OpCode.CHLO_ASIN_ACOS_KERNEL, "it is an internal step of asin and acos"),
        new Refusal(OpCode.RNG, "the parameters of a distribution have no derivative here"),
        new Refusal(OpCode.UNIFORM_QUANTIZE, GRID),
        new Refusal(OpCode.UNIFORM_DEQUANTIZE, GRID),
        new Refusal(OpCode.OPAQUE, "Cornu does not know the op other.op"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void theAnswerNamesOpReasonAndLine(Refusal refusal) {
    TensorType vector = TensorType.of(DType.F64, 2);
    Block block = new Block(List.of(vector));
    String name = refusal.code() == OpCode.OPAQUE ? "other.op" : refusal.code().mlirName();
    Op op =
        new Op(
            refusal.code(),
            name,
            block.arguments(),
            Map.of(),
            List.of(),
            List.of(vector),
            new Location.Line("Model.java", 42, 0));
    block.append(op);
    block.returns(op.results());
    Func f = new Func("f", block);
    MissingRuleException e =
        catchThrowableOfType(
            MissingRuleException.class, () -> Differentiation.jvp(f, Masks.all(1)));
    assertThat(e)
        .hasMessageContaining("has no jvp rule: " + refusal.reason())
        .hasMessageContaining("(at Model.java:42)");
    assertThat(e.code()).isEqualTo(refusal.code());
  }

  @Test
  void allRefusedOpsAreHere() {
    Set<OpCode> here = refusals().map(Refusal::code).collect(Collectors.toSet());
    assertThat(EnumSet.copyOf(here)).isEqualTo(CompletenessTest.REFUSED);
  }
}
