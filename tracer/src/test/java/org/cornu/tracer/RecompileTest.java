package org.cornu.tracer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.cornu.ops.EagerOperation;
import org.cornu.stablehlo.ir.DType;
import org.junit.jupiter.api.Test;

/** Why a jitted function was compiled again. */
class RecompileTest {
  record Layer(Tensor kernel, int units) {}

  private static Tensor floats(int count) {
    return Tensor.of(new float[count]);
  }

  @Test
  void everyKindOfChangeIsNamedWithItsPath() {
    Jit2<Layer, Tensor, Tensor> f =
        Transforms.jit((Layer layer, Tensor x) -> layer.kernel().mul(layer.units()).sum().add(x));
    Tensor one = Tensor.of(1f);
    f.apply(new Layer(floats(8), 3), one);
    f.apply(new Layer(floats(8), 3), one);
    f.apply(new Layer(floats(7), 3), one);
    f.apply(new Layer(floats(7), 4), one);
    f.apply(new Layer(floats(7), 4), one.astype(DType.F64));
    assertThat(f.recompiles())
        .containsExactly(
            "first call",
            "argument 0 'kernel': shape f32[8] became f32[7]",
            "argument 0 'units': value 3 became 4",
            "argument 1: dtype f32[] became f64[]");
    // Compared with the most similar call, not with the last one.
    f.apply(new Layer(floats(8), 4), one);
    assertThat(f.recompiles().get(4)).isEqualTo("argument 0 'kernel': shape f32[7] became f32[8]");
  }

  @Test
  void anotherTreeIsNamedToo() {
    Jit1<List<Tensor>, Tensor> f =
        Transforms.jit((List<Tensor> xs) -> xs.stream().reduce(Tensor::add).orElseThrow());
    f.apply(List.of(floats(2)));
    f.apply(List.of(floats(2), floats(2)));
    assertThat(f.recompiles().get(1)).isEqualTo("argument 0: structure list of 1 became list of 2");
    Jit1<Map<String, Layer>, Tensor> g =
        Transforms.jit((Map<String, Layer> m) -> m.values().iterator().next().kernel().sum());
    g.apply(Map.of("a", new Layer(floats(2), 1)));
    g.apply(Map.of("a", new Layer(floats(2), 2)));
    assertThat(g.recompiles().get(1)).isEqualTo("argument 0 'a.units': value 1 became 2");
  }

  @Test
  void aLoopThatRecompilesIsWarnedOfOnce() {
    Jit1<Layer, Tensor> step = Transforms.jit((Layer layer) -> layer.kernel().mul(layer.units()));
    for (int i = 0; i < 12; i++) {
      step.apply(new Layer(floats(2), i));
    }
    assertThat(step.core().recompileWarnings())
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("was compiled 6 times because of the same part of its arguments:")
        .contains("argument 0 'units': value")
        .contains("RecompileTest")
        .contains("hint: pass a number that changes as a tensor: Tensor.of(5)");
  }

  @Test
  void operationsOfCornuThatAreCompiledAsAWholeDoNotWarn() {
    Jit1<Tensor, Tensor> operation = EagerOperation.doubling();
    Jit1<Tensor, Tensor> users = Transforms.jit((Tensor x) -> x.mul(2));
    for (int i = 1; i < 9; i++) {
      operation.apply(floats(i));
      users.apply(floats(i));
    }
    assertThat(operation.recompiles()).hasSize(8).isEqualTo(users.recompiles());
    assertThat(users.core().recompileWarnings()).hasSize(1);
    assertThat(operation.core().recompileWarnings()).isEmpty();
  }
}
