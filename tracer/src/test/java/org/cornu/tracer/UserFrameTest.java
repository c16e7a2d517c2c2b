package org.cornu.tracer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cornu.tracer.Transforms.jit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cornu.ops.Composed;
import org.cornu.ops.Lax;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.junit.jupiter.api.Test;

/** Each op says which line of the user's program it comes from. */
class UserFrameTest {
  private static final Tensor X = Tensor.of(new float[] {1, 2, 3});

  /** The ops of a jitted function by the line they come from, in order, lines counted from 0. */
  private static Map<Integer, List<OpCode>> byLine(F1<Tensor, Tensor> f) {
    Map<Integer, List<OpCode>> out = new LinkedHashMap<>();
    int first = -1;
    for (Op op : jit(f).lower(X).func().body().ops()) {
      Location.Line line = Objects.requireNonNull(op.location().innermostLine());
      assertThat(line.file()).isEqualTo("UserFrameTest.java");
      first = first < 0 ? line.line() : first;
      out.computeIfAbsent(line.line() - first, k -> new ArrayList<>()).add(op.code());
    }
    return out;
  }

  private static Tensor arithmetic(Tensor x) {
    Tensor twice = x.mul(2.0);
    Tensor less = twice.sub(x.mean());
    return Lax.tanh(less);
  }

  @Test
  void allOpsOfAnOperationHaveItsLineAndTheNextOneHasItsOwn() {
    Map<Integer, List<OpCode>> lines = byLine(UserFrameTest::arithmetic);
    assertThat(lines.keySet()).containsExactly(0, 1, 2);
    assertThat(lines.get(0))
        .containsExactly(OpCode.CONSTANT, OpCode.BROADCAST_IN_DIM, OpCode.MULTIPLY);
    assertThat(lines.get(1))
        .contains(OpCode.REDUCE, OpCode.SUBTRACT)
        .doesNotContain(OpCode.MULTIPLY, OpCode.TANH);
    assertThat(lines.get(2)).containsExactly(OpCode.TANH);
  }

  private static Tensor composed(Tensor x) {
    Tensor y = Composed.of(x, v -> Lax.exp(Lax.sin(v)));
    return Lax.cos(y);
  }

  @Test
  void whatIsComposedComesFromTheLineThatCallsIt() {
    assertThat(byLine(UserFrameTest::composed))
        .isEqualTo(Map.of(0, List.of(OpCode.SINE, OpCode.EXPONENTIAL), 1, List.of(OpCode.COSINE)));
  }

  private static Tensor failing(Tensor x) {
    try {
      Composed.of(x, v -> Lax.add(Lax.sin(v), Lax.full(DType.F32, 1)));
    } catch (OpException expected) {
      assertThat(expected).hasMessageContaining("UserFrameTest.java");
    }
    return Lax.cos(x);
  }

  @Test
  void anOperationThatFailsLeavesNoLineBehind() {
    assertThat(byLine(UserFrameTest::failing))
        .isEqualTo(Map.of(0, List.of(OpCode.SINE, OpCode.CONSTANT), 4, List.of(OpCode.COSINE)));
  }
}
