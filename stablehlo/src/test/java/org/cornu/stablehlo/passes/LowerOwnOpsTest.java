package org.cornu.stablehlo.passes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Verifier;
import org.cornu.stablehlo.build.WindowConfig;
import org.cornu.stablehlo.interpreter.Interpreter;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LowerOwnOpsTest {
  private static final TensorType SCALAR = TensorType.of(DType.F32);

  /** scan over xs: carry' = a * carry + x, y = [carry', x]. */
  private static Func scan(long length, boolean reverse, long unroll) {
    Block main = new Block(List.of(SCALAR, SCALAR, TensorType.of(DType.F32, length)));
    Block body = new Block(List.of(SCALAR, SCALAR, SCALAR));
    Builder c = new Builder(body);
    Value next = c.add(c.multiply(body.argument(0), body.argument(1)), body.argument(2));
    Value pair =
        c.concatenate(
            List.of(
                c.reshape(next, org.cornu.stablehlo.ir.Shape.of(1)),
                c.reshape(body.argument(2), org.cornu.stablehlo.ir.Shape.of(1))),
            0);
    body.returns(List.of(next, pair));
    Builder b = new Builder(main);
    main.returns(
        b.scan(
            List.of(main.argument(0)),
            List.of(main.argument(1)),
            List.of(main.argument(2)),
            length,
            reverse,
            unroll,
            body));
    return new Func("main", main);
  }

  @ParameterizedTest
  @CsvSource({
    "5, false, 1",
    "5, true, 1",
    "5, false, 2",
    "6, true, 4",
    "4, false, 4",
    "1, true, 1",
    "0, false, 1",
    "3, true, 9"
  })
  void scanBecomesLoopWithTheSameResults(int length, boolean reverse, long unroll) {
    Func func = scan(length, reverse, unroll);
    Func lowered = LowerOwnOps.run(func);
    Verifier.verify(Module.of(lowered));
    assertThat(reachable(lowered.body())).noneMatch(OpCode::isOwn);
    double[] xs = new double[length];
    for (int i = 0; i < length; i++) {
      xs[i] = i + 1;
    }
    List<Literal> inputs =
        List.of(
            Literal.scalar(DType.F32, 2),
            Literal.scalar(DType.F32, 1),
            length == 0
                ? Literal.ofBytes(TensorType.of(DType.F32, 0), new byte[0])
                : Literal.ofDoubles(TensorType.of(DType.F32, length), xs));
    List<Literal> expected = new Interpreter().run(func, inputs);
    assertThat(new Interpreter().run(lowered, inputs)).isEqualTo(expected);
    double carry = 1;
    for (int i = 0; i < length; i++) {
      carry = 2 * carry + xs[reverse ? length - 1 - i : i];
    }
    assertThat(expected.get(0).doubleAt(0)).isEqualTo(carry);
  }

  private static List<OpCode> reachable(Block block) {
    List<OpCode> out = new java.util.ArrayList<>();
    for (Op op : block.ops()) {
      out.add(op.code());
      op.regions().forEach(region -> out.addAll(reachable(region)));
    }
    return out;
  }

  @Test
  void tiesGoToTheFirstElementAsInSelectAndScatter() {
    TensorType vector = TensorType.of(DType.F32, 6);
    Block main = new Block(List.of(vector, vector));
    Builder b = new Builder(main);
    WindowConfig window = WindowConfig.of(new long[] {3}, new long[] {2}, new long[][] {{1, 0}});
    main.returns(
        List.of(
            b.selectAndGatherAdd(main.argument(0), main.argument(1), window, "GE"),
            b.selectAndGatherAdd(main.argument(0), main.argument(1), window, "LE")));
    Func func = new Func("main", main);
    List<Literal> inputs =
        List.of(
            Literal.ofDoubles(vector, 10, 20, 30, 40, 50, 60),
            Literal.ofDoubles(vector, 5, 5, 7, 7, 7, 1));
    List<Literal> direct = new Interpreter().run(func, inputs);
    // windows: [pad, 5, 5], [5, 7, 7], [7, 7, 1]
    assertThat(direct.get(0)).isEqualTo(Literal.ofDoubles(TensorType.of(DType.F32, 3), 10, 30, 40));
    assertThat(direct.get(1)).isEqualTo(Literal.ofDoubles(TensorType.of(DType.F32, 3), 10, 20, 60));
    Func lowered = LowerOwnOps.run(func);
    Verifier.verify(Module.of(lowered));
    assertThat(new Interpreter().run(lowered, inputs)).isEqualTo(direct);
  }

  @Test
  void callsAreLoweredOnceAndKeptWhereNothingIsToDo() {
    Block inner = new Block(List.of(SCALAR));
    Builder i = new Builder(inner);
    inner.returns(List.of(i.stopGradient(i.sine(inner.argument(0)))));
    Func callee = new Func("f", inner);
    Block plainBody = new Block(List.of(SCALAR));
    plainBody.returns(List.of(new Builder(plainBody).cosine(plainBody.argument(0))));
    Func plain = new Func("g", plainBody);
    assertThat(LowerOwnOps.run(plain)).isSameAs(plain);

    Block main = new Block(List.of(SCALAR));
    Builder b = new Builder(main);
    Value x = main.argument(0);
    Value once = b.call(callee, List.of(x)).get(0);
    Value again =
        b.remat(List.of(once), callee, Map.of("prevent_cse", new Attribute.Bool(true))).get(0);
    main.returns(b.call(plain, List.of(again)));
    Func func = new Func("main", main);
    func.argumentAttribute(0, "jax.arg_info", new Attribute.Str("x"));
    Func lowered = LowerOwnOps.run(func);
    Verifier.verify(Module.of(lowered));
    assertThat(lowered.argumentAttributes(0)).containsKey("jax.arg_info");
    assertThat(reachable(lowered.body()))
        .containsExactly(OpCode.CALL, OpCode.OPTIMIZATION_BARRIER, OpCode.CALL, OpCode.CALL);
    List<Op> ops = lowered.body().ops();
    assertThat(ops.get(0).callee("callee")).isSameAs(ops.get(2).callee("callee"));
    assertThat(ops.get(0).callee("callee").body().ops()).hasSize(1);
    assertThat(ops.get(3).callee("callee")).isSameAs(plain);
    List<Literal> inputs = List.of(Literal.scalar(DType.F32, 0.5));
    assertThat(new Interpreter().run(lowered, inputs))
        .isEqualTo(new Interpreter().run(func, inputs));
  }

  @Test
  void unboundAxisIsRefused() {
    Block main = new Block(List.of());
    Builder b = new Builder(main);
    main.returns(
        b.create(OpCode.AXIS_INDEX, List.of(), Map.of("axis", new Attribute.Str("i")), List.of())
            .results());
    Func func = new Func("main", main);
    assertThatThrownBy(() -> LowerOwnOps.run(func)).hasMessageContaining("axis 'i' must be bound");
    assertThatThrownBy(() -> new Interpreter().run(func, List.of()))
        .hasMessageContaining("axis 'i' must be bound");
  }
}
