package org.cornu.tracer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.cornu.ops.Lax;
import org.cornu.ops.Random;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.runtime.ProgramCache;
import org.junit.jupiter.api.Test;

class TensorTest {
  record Linear(Tensor kernel, Tensor bias) {}

  @Test
  void eagerOperationsRunAndAreCompiledOnce() {
    Tensor x = Tensor.of(new float[][] {{1, 2}, {3, 4}});
    Tensor y = Lax.add(x, x);
    assertThat(y.toFloatArray()).containsExactly(2, 4, 6, 8);
    long before = ProgramCache.compiledCount();
    assertThat(Lax.add(y, x).toFloatArray()).containsExactly(3, 6, 9, 12);
    assertThat(ProgramCache.compiledCount()).isEqualTo(before);
  }

  @Test
  void jitTakesAndReturnsRecordsAndHoistsCapturedTensors() {
    Tensor outside = Tensor.of(new float[] {10, 20});
    Jit2<Linear, Integer, Linear> f =
        Transforms.jit(
            (Linear p, Integer n) ->
                new Linear(
                    Lax.mul(p.kernel(), Lax.fullLike(p.kernel(), n)), Lax.add(p.bias(), outside)));
    Linear out =
        f.apply(new Linear(Tensor.of(new float[] {1, 2}), Tensor.of(new float[] {3, 4})), 3);
    assertThat(out.kernel().toFloatArray()).containsExactly(3, 6);
    assertThat(out.bias().toFloatArray()).containsExactly(13, 24);
    f.apply(out, 3);
    assertThat(f.cacheSize()).isEqualTo(1);
    f.apply(out, 4);
    assertThat(f.cacheSize()).isEqualTo(2);
  }

  @Test
  void donatedArgumentsAreClosed() {
    Jit1<Tensor, Tensor> f = Transforms.jit((Tensor x) -> Lax.add(x, x)).donate(0);
    Tensor x = Tensor.of(new float[] {1, 2});
    assertThat(f.apply(x).toFloatArray()).containsExactly(2, 4);
    assertThat(x.device().isDeleted()).isTrue();
  }

  @Test
  void shapeErrorNamesOpShapesAndLine() {
    Tensor a = Tensor.of(new float[] {1, 2});
    Tensor b = Tensor.of(new float[] {1, 2, 3});
    assertThatThrownBy(() -> Lax.add(a, b))
        .hasMessageContaining("add")
        .hasMessageContaining("f32[2]")
        .hasMessageContaining("f32[3]")
        .hasMessageContaining("TensorTest.java");
    assertThatThrownBy(() -> Transforms.jit((Tensor x) -> Lax.add(x, b)).apply(a))
        .hasMessageContaining("jit(")
        .hasMessageContaining("TensorTest.java");
  }

  @Test
  void tracedValuesCannotBeReadOrLeaked() {
    List<Tensor> leak = new java.util.ArrayList<>();
    assertThatThrownBy(
            () ->
                Transforms.jit((Tensor x) -> x.item() > 0 ? x : Lax.add(x, x)).apply(Tensor.of(1f)))
        .isInstanceOf(ConcretizationException.class)
        .hasMessageContaining("Lax.cond");
    Transforms.jit(
            (Tensor x) -> {
              leak.add(x);
              return x;
            })
        .apply(Tensor.of(1f));
    assertThatThrownBy(() -> Lax.neg(leak.get(0)).toFloatArray())
        .isInstanceOf(LeakedTracerException.class);
  }

  @Test
  void controlFlowRuns() {
    Tensor x = Tensor.of(3f);
    Tensor y = Lax.cond(Lax.gt(x, Tensor.of(2f)), () -> Lax.neg(x), () -> x);
    assertThat(y.item()).isEqualTo(-3);
    Tensor w = Lax.whileLoop(v -> Lax.lt(v, Lax.full(DType.F32, 100)), v -> Lax.add(v, v), x);
    assertThat(w.item()).isEqualTo(192);
  }

  @Test
  void keysEqualJax() {
    assertThat(Random.split(Random.key(0), 2).toLongArray())
        .containsExactly(1797259609L, 2579123966L, 928981903L, 3453687069L);
  }

  @Test
  void printsLikeNumpy() {
    assertThat(Tensor.of(new float[][] {{1, 2.5f}, {3, -0f}}).toString())
        .isEqualTo("Tensor f32[2,2] [[1.0, 2.5],\n [3.0, -0.0]]");
  }
}
