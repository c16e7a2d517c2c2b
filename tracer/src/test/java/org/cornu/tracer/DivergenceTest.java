package org.cornu.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Value;
import org.junit.jupiter.api.Test;

class DivergenceTest {
  private final Tensor x = Tensor.of(new double[] {0.5, 1, 2});

  /** An engine that takes the cosine for the sine: what a broken compiler would do. */
  private static List<Literal> broken(Func func, List<Literal> inputs) {
    return Divergence.Engine.INTERPRETER.run(new Func("broken", spoiled(func.body())), inputs);
  }

  private static Block spoiled(Block source) {
    Block out = new Block(source.argumentTypes());
    spoil(source, out, new org.cornu.tracer.graph.Inliner(out));
    return out;
  }

  private static void spoil(Block source, Block out, org.cornu.tracer.graph.Inliner inliner) {
    inliner.map(source.arguments(), out.arguments());
    for (Op op : source.ops()) {
      List<Block> regions = new ArrayList<>();
      for (Block region : op.regions()) {
        Block copy = new Block(region.argumentTypes());
        spoil(region, copy, inliner.into(copy));
        regions.add(copy);
      }
      OpCode code = op.code() == OpCode.SINE ? OpCode.COSINE : op.code();
      Op copied =
          new Op(
              code,
              code.mlirName(),
              inliner.get(op.operands()),
              op.attributes(),
              regions,
              op.results().stream().map(Value::type).toList(),
              op.location());
      out.append(copied);
      for (int i = 0; i < op.results().size(); i++) {
        inliner.map(op.result(i), copied.result(i));
      }
    }
    out.returns(inliner.get(source.results()));
  }

  private Optional<Divergence.Found> find(F1<Tensor, Tensor> f) {
    return Divergence.find(
        Transforms.makeGraph(f, x),
        List.of(x.toLiteral()),
        1e-6,
        1e-6,
        DivergenceTest::broken,
        Divergence.Engine.INTERPRETER);
  }

  @Test
  void findsTheFirstOpThatDiffers() {
    assertThat(find(v -> v.exp().mul(v).sum())).isEmpty();
    F1<Tensor, Tensor> f =
        v -> {
          Tensor a = v.exp().mul(0.5).add(v);
          Tensor b = Np.sin(a);
          return Np.sin(b).add(a).log().sum();
        };
    Divergence.Found found = find(f).orElseThrow();
    assertThat(found.op().code()).isEqualTo(OpCode.SINE);
    assertThat(found.where()).startsWith("sine at ").contains("DivergenceTest.java:");
    double a =
        Math.exp(x.toDoubleArray()[found.element()]) * 0.5 + x.toDoubleArray()[found.element()];
    assertThat(found.first()).isEqualTo(Math.cos(a));
    assertThat(found.second()).isEqualTo(Math.sin(a));
    assertThat(found.toString()).contains("f64[3] differs by").contains("against");
  }

  @Test
  void followsLoopsStepByStepAndBranches() {
    F1<Tensor, Tensor> loop =
        v ->
            Lax.foriLoop(
                0, 4, (i, c) -> Lax.cond(i.eq(2), () -> Np.sin(c.mul(2.0)), () -> c.mul(1.5)), v);
    Divergence.Found found = find(loop).orElseThrow();
    assertThat(found.op().code()).isEqualTo(OpCode.SINE);
    assertThat(found.where()).contains("while").contains("step 2").contains("branch 1");
  }

  /** XLA flushes denormal numbers to zero, the interpreter keeps them. */
  @Test
  void comparesTheDeviceWithTheInterpreter() {
    Tensor small = Tensor.of(new float[] {1e-20f, 1e-19f});
    F1<Tensor, Tensor> fine = v -> v.add(1.0).exp().matmul(Np.ones(2));
    assertThat(Divergence.find(fine, small)).isEmpty();
    F1<Tensor, Tensor> flushed = v -> v.mul(v).mul(1e38).mul(1e7).add(1.0);
    Divergence.Found found = Divergence.find(flushed, small).orElseThrow();
    assertThat(found.where()).contains("multiply").contains("DivergenceTest.java:");
  }
}
