package org.cornu.tracer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.cornu.tracer.Transforms.checkGrads;
import static org.cornu.tracer.Transforms.customJvp;
import static org.cornu.tracer.Transforms.customVjp;
import static org.cornu.tracer.Transforms.grad;
import static org.cornu.tracer.Transforms.hessian;
import static org.cornu.tracer.Transforms.jacfwd;
import static org.cornu.tracer.Transforms.jacrev;
import static org.cornu.tracer.Transforms.jit;
import static org.cornu.tracer.Transforms.remat;
import static org.cornu.tracer.Transforms.vmap;

import java.util.List;
import org.cornu.ops.Lax;
import org.cornu.ops.Nn;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.runtime.ProgramCache;
import org.junit.jupiter.api.Test;

class TransformsTest {
  record Params(Tensor w, Tensor b) {}

  private final Tensor x = Tensor.of(new double[] {0.3, -0.7, 1.2});

  @Test
  void gradientsOfBothModesAgreeWithFiniteDifferencesToOrderTwo() {
    checkGrads(v -> v.tanh().mul(v).sum(), x, 2);
    checkGrads(v -> Nn.softmax(v, -1), x, 2);
    checkGrads(
        init ->
            Lax.scan(
                    (Tensor c, Tensor y) -> new Lax.Step<>(c.mul(0.5).add(y.mul(c)), c),
                    init.sum(),
                    x)
                .carry(),
        x,
        2);
  }

  @Test
  void checkGradsRefusesAWrongDerivative() {
    F1<Tensor, Tensor> wrong =
        customJvp((Tensor v) -> v.exp(), (v, t) -> new Transforms.Jvp<>(v.exp(), t.mul(5.0)));
    assertThatThrownBy(() -> checkGrads(wrong, x, 1))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("finite differences");
  }

  @Test
  void jacobiansAgreeInBothModes() {
    F1<Tensor, Tensor> f = v -> v.mul(v.sum()).exp();
    assertThat(jacfwd(f).apply(x).toDoubleArray())
        .containsExactly(jacrev(f).apply(x).toDoubleArray(), within(1e-12));
    assertThat(hessian((Tensor v) -> v.mul(v).mul(v).sum()).apply(x).toDoubleArray())
        .containsExactly(new double[] {1.8, 0, 0, 0, -4.2, 0, 0, 0, 7.2}, within(1e-9));
  }

  @Test
  void gradientHasTheTypeOfTheRecord() {
    Params g = grad((Params p) -> p.w().mul(p.b()).sum()).apply(new Params(x, x.mul(2.0)));
    assertThat(g.w().toDoubleArray()).containsExactly(new double[] {0.6, -1.4, 2.4}, within(1e-12));
    assertThat(g.b().toDoubleArray()).containsExactly(x.toDoubleArray(), within(1e-12));
  }

  @Test
  void customRulesReplaceTheDerivative() {
    F1<Tensor, Tensor> reverse =
        customVjp(
            (Tensor v) -> v.exp(),
            v -> new Transforms.Forward<>(v.exp(), v),
            (Tensor residual, Tensor ct) -> ct.mul(10.0));
    assertThat(grad((Tensor v) -> reverse.apply(v).sum()).apply(x).toDoubleArray())
        .containsExactly(10, 10, 10);
    F1<Tensor, Tensor> forward =
        customJvp((Tensor v) -> v.exp(), (v, t) -> new Transforms.Jvp<>(v.exp(), t.mul(5.0)));
    assertThat(grad((Tensor v) -> forward.apply(v).sum()).apply(x).toDoubleArray())
        .containsExactly(5, 5, 5);
    assertThatThrownBy(() -> Transforms.jvp(reverse, x, x)).hasMessageContaining("custom vjp");
  }

  @Test
  void rematEqualsPlain() {
    F1<Tensor, Tensor> f = v -> v.tanh().exp();
    for (Remat policy :
        List.of(
            Remat.NOTHING_SAVEABLE,
            Remat.DOTS_SAVEABLE,
            Remat.DOTS_WITH_NO_BATCH_DIMS_SAVEABLE,
            Remat.EVERYTHING_SAVEABLE)) {
      F1<Tensor, Tensor> again = remat(f, policy);
      assertThat(jit(grad((Tensor v) -> again.apply(v).sum())).apply(x).toDoubleArray())
          .containsExactly(
              grad((Tensor v) -> f.apply(v).sum()).apply(x).toDoubleArray(), within(1e-12));
    }
  }

  @Test
  void vmapMapsAxesAndNamesThem() {
    Tensor m = Tensor.of(new float[][] {{1, 2}, {3, 4}});
    assertThat(vmap((Tensor v) -> v.sum()).apply(m).toFloatArray()).containsExactly(3, 7);
    assertThat(vmap((Tensor v) -> v.sum(), Axes.all(1), 0).apply(m).toFloatArray())
        .containsExactly(4, 6);
    Tensor centred =
        vmap((Tensor v) -> v.sub(Lax.pmean(v, "i")), Axes.all(0).named("i"), 0)
            .apply(Tensor.of(new float[] {1, 2, 3}));
    assertThat(centred.toFloatArray()).containsExactly(-1, 0, 1);
    assertThat(
            vmap((Tensor v, Tensor w) -> v.dot(w), Axes.of(0, Axes.NONE), 0)
                .apply(m, Tensor.of(new float[] {1, 10}))
                .toFloatArray())
        .containsExactly(21, 43);
  }

  @Test
  void perExampleGradientsByVmapOfGrad() {
    Tensor w = Tensor.of(new float[] {2, 3});
    Tensor xs = Tensor.of(new float[][] {{1, 2}, {3, 4}, {5, 6}});
    Tensor g =
        vmap(grad((Tensor p, Tensor row) -> p.mul(row).sum().square()), Axes.of(Axes.NONE, 0), 0)
            .apply(w, xs);
    assertThat(g.toFloatArray()).containsExactly(16, 32, 108, 144, 280, 336);
  }

  @Test
  void eagerGradientsReuseCompiledPrograms() {
    F1<Tensor, Tensor> g = grad((Tensor v) -> v.tanh().sum());
    g.apply(x);
    long before = ProgramCache.compiledCount();
    g.apply(x.mul(1.0));
    long multiplied = ProgramCache.compiledCount();
    grad((Tensor v) -> v.tanh().sum()).apply(x);
    assertThat(ProgramCache.compiledCount()).isEqualTo(multiplied);
    assertThat(multiplied - before).isLessThanOrEqualTo(1);
  }

  @Test
  void loopsWithKnownCountHaveReverseModeAndOpenOnesSayWhyNot() {
    assertThat(
            Lax.foriLoop(0, 5, (i, c) -> c.add(i.astype(DType.F32)), Lax.full(DType.F32, 0)).item())
        .isEqualTo(10);
    assertThat(
            grad((Tensor v) -> Lax.foriLoop(0, 3, (i, c) -> c.mul(c), v.sum()))
                .apply(x)
                .toDoubleArray()[0])
        .isCloseTo(8 * Math.pow(0.8, 7), within(1e-9));
    assertThatThrownBy(
            () ->
                grad((Tensor v) ->
                        Lax.whileLoop(c -> c.lt(100.0), (Tensor c) -> c.mul(2.0), v.square().sum()))
                    .apply(x))
        .hasMessageContaining("scan");
  }

  @Test
  void mistakesNameTheLineAndTheFix() {
    assertThatThrownBy(() -> grad((Tensor v) -> v.mul(2.0)).apply(x))
        .hasMessageContaining("real scalar: got f64[3]")
        .hasMessageContaining("hint")
        .hasMessageContaining("TransformsTest.java");
    assertThatThrownBy(() -> grad((Tensor v) -> v.astype(DType.F32).sum()).apply(Tensor.of(3)))
        .hasMessageContaining("i32")
        .hasMessageContaining("no derivative");
    assertThatThrownBy(
            () -> vmap((Tensor a, Tensor b) -> a.add(b)).apply(x, Tensor.of(new float[] {1, 2})))
        .hasMessageContaining("one size");
    assertThatThrownBy(
            () ->
                jit((Tensor v) -> Lax.cond(v.sum().gt(0.0), () -> v, () -> v.astype(DType.F32)))
                    .apply(x))
        .hasMessageContaining("branches 0 and 1")
        .hasMessageContaining("f32[3] against f64[3]");
    assertThatThrownBy(
            () ->
                Lax.scan(
                    (Tensor c, Tensor y) -> new Lax.Step<>(c.astype(DType.F32), y), x.sum(), x))
        .hasMessageContaining("carried value");
    assertThatThrownBy(() -> Trees.map(List.of(x), List.of(x, x), Tensor::add))
        .hasMessageContaining("differ");
  }
}
