package org.cornu.tracer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.cornu.tracer.Transforms.checkGrads;
import static org.cornu.tracer.Transforms.checkpointName;
import static org.cornu.tracer.Transforms.customJvp;
import static org.cornu.tracer.Transforms.customVjp;
import static org.cornu.tracer.Transforms.grad;
import static org.cornu.tracer.Transforms.hvp;
import static org.cornu.tracer.Transforms.jacfwd;
import static org.cornu.tracer.Transforms.jacrev;
import static org.cornu.tracer.Transforms.jit;
import static org.cornu.tracer.Transforms.remat;
import static org.cornu.tracer.Transforms.stopGradient;
import static org.cornu.tracer.Transforms.valueAndGrad;
import static org.cornu.tracer.Transforms.vmap;

import java.util.List;
import java.util.Map;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.Transforms.Aux;
import org.cornu.tracer.Transforms.Jvp;
import org.cornu.tracer.Transforms.Pair;
import org.cornu.tracer.Transforms.Triple;
import org.junit.jupiter.api.Test;

/** Every option of the transforms. */
@SuppressWarnings("NullAway") // maps have the keys that the tests put there
class TransformOptionsTest {
  record Params(Tensor w, Tensor b) {}

  record Config(Tensor x, int power, String name) {}

  private final Tensor x = Tensor.of(new double[] {0.3, -0.7, 1.2});
  private final Tensor y = Tensor.of(new double[] {2, 3, 5});

  private static double[] values(Tensor t) {
    return t.toDoubleArray();
  }

  // ---- jit

  @Test
  void staticComponentsArePartOfTheKey() {
    Jit1<Config, Tensor> f =
        jit((Config c) -> c.name().equals("square") ? c.x().square() : c.x().mul(c.power()));
    assertThat(values(f.apply(new Config(y, 2, "scale")))).containsExactly(4, 6, 10);
    assertThat(values(f.apply(new Config(y, 3, "scale")))).containsExactly(6, 9, 15);
    assertThat(values(f.apply(new Config(y, 3, "square")))).containsExactly(4, 9, 25);
    f.apply(new Config(x, 3, "square"));
    assertThat(f.cacheSize()).isEqualTo(3);
  }

  @Test
  void staticArgumentsThatCanChangeAreRefused() {
    Jit2<Tensor, Object, Tensor> f = jit((Tensor v, Object config) -> v);
    for (Object config :
        List.of(
            new double[] {1},
            java.nio.FloatBuffer.allocate(1),
            java.util.Set.of(1),
            new java.util.Random(1),
            new java.util.concurrent.atomic.AtomicInteger(1))) {
      assertThatThrownBy(() -> f.apply(x, config))
          .isInstanceOf(OpException.class)
          .hasMessageContaining("argument 1 is a")
          .hasMessageContaining("can change")
          .hasMessageContaining("TransformOptionsTest.java")
          .hasMessageContaining("hint");
    }
  }

  @Test
  void inlineCopiesInsteadOfCalling() {
    Jit1<Tensor, Tensor> called = jit((Tensor v) -> v.exp().sum());
    Jit1<Tensor, Tensor> inlined = jit((Tensor v) -> v.exp().sum()).inline();
    assertThat(codes(Transforms.makeGraph((Tensor v) -> called.apply(v), x)))
        .containsExactly(OpCode.CALL);
    assertThat(codes(Transforms.makeGraph((Tensor v) -> inlined.apply(v), x)))
        .contains(OpCode.EXPONENTIAL)
        .doesNotContain(OpCode.CALL);
    assertThat(jit((Tensor v) -> inlined.apply(v)).apply(x).item())
        .isEqualTo(called.apply(x).item());
  }

  private static List<OpCode> codes(Func func) {
    return func.body().ops().stream().map(Op::code).toList();
  }

  // ---- which arguments, auxiliary data

  @Test
  void gradientsOfOtherArguments() {
    F2<Tensor, Tensor, Tensor> f = (a, b) -> a.mul(b).mul(b).sum();
    assertThat(values(grad(f, Wrt.SECOND).apply(y, x)))
        .containsExactly(new double[] {1.2, -4.2, 12}, within(1e-12));
    Pair<Tensor, Tensor> both = grad(f, Wrt.ALL).apply(y, x);
    assertThat(values(both.first())).containsExactly(values(x.square()), within(1e-12));
    assertThat(values(both.second())).containsExactly(values(x.mul(y).mul(2.0)), within(1e-12));
    F3<Tensor, Tensor, Tensor, Tensor> g = (a, b, c) -> a.mul(b).mul(c).sum();
    assertThat(values(grad(g, Wrt.SECOND).apply(x, y, y))).containsExactly(values(x.mul(y)));
    assertThat(values(grad(g, Wrt.THIRD).apply(x, y, y))).containsExactly(values(x.mul(y)));
    Triple<Tensor, Tensor, Tensor> all = grad(g, Wrt.ALL).apply(x, y, y);
    assertThat(values(all.first())).containsExactly(4, 9, 25);
    assertThat(valueAndGrad(g, Wrt.THIRD).apply(x, y, y).value().item())
        .isCloseTo(x.mul(y).mul(y).sum().item(), within(1e-12));
    // The first argument may be of a type without derivative then.
    Tensor rows = Tensor.of(new int[] {2, 0});
    F2<Tensor, Tensor, Tensor> lookup = (i, t) -> Np.take(t, i, 0).sum();
    assertThat(values(grad(lookup, Wrt.SECOND).apply(rows, x))).containsExactly(1, 0, 1);
  }

  @Test
  void auxiliaryDataGoesAlongInEveryMode() {
    F1<Tensor, Aux<Tensor, Map<String, Tensor>>> f =
        v -> new Aux<>(v.square(), Map.of("exp", v.exp(), "count", Tensor.of(3)));
    var vjp = Transforms.vjpAux(f, x);
    assertThat(values(vjp.value())).containsExactly(values(x.square()));
    assertThat(values(vjp.pullback().apply(y))).containsExactly(values(x.mul(y).mul(2.0)));
    assertThat(values(vjp.aux().get("exp"))).containsExactly(values(x.exp()));
    var jvp = Transforms.jvpAux(f, x, y);
    assertThat(values(jvp.tangent())).containsExactly(values(x.mul(y).mul(2.0)));
    assertThat(jvp.aux().get("count").item()).isEqualTo(3);
    var linear = Transforms.linearizeAux(f, x);
    assertThat(values(linear.linear().apply(y))).containsExactly(values(x.mul(y).mul(2.0)));
    assertThat(values(linear.aux().get("exp"))).containsExactly(values(x.exp()));
    var vg =
        Transforms.valueAndGradAux(
                (Tensor v) -> new Transforms.WithAux<>(v.square().sum(), v.exp()))
            .apply(x);
    assertThat(values(vg.grad())).containsExactly(values(x.mul(2.0)));
    assertThat(values(vg.aux())).containsExactly(values(x.exp()));
  }

  @Test
  void twoArgumentsInBothModes() {
    F2<Tensor, Tensor, Tensor> f = (a, b) -> a.mul(b);
    Pair<Tensor, Tensor> pulled = Transforms.vjp(f, x, y).pullback().apply(y);
    assertThat(values(pulled.first())).containsExactly(4, 9, 25);
    assertThat(values(pulled.second())).containsExactly(values(x.mul(y)));
    assertThat(values(Transforms.jvp(f, x, y, y, x).tangent()))
        .containsExactly(values(y.mul(y).add(x.mul(x))), within(1e-12));
  }

  @Test
  void holomorphicFunctions() {
    Tensor z = Tensor.of(Literal.ofComplex(TensorType.of(DType.C128), 0.5, -0.25));
    Tensor g = Transforms.gradHolomorphic((Tensor v) -> v.mul(v).mul(v)).apply(z);
    Literal got = g.toLiteral();
    assertThat(got.doubleAt(0)).isCloseTo(3 * (0.25 - 0.0625), within(1e-12));
    assertThat(got.imagAt(0)).isCloseTo(3 * 2 * 0.5 * -0.25, within(1e-12));
    assertThatThrownBy(() -> Transforms.gradHolomorphic((Tensor v) -> v.sum()).apply(x))
        .hasMessageContaining("complex")
        .hasMessageContaining("f64[3]");
  }

  // ---- Jacobians of trees

  @Test
  void jacobiansOfTreesAgreeInBothModes() {
    Params p = new Params(x, Tensor.of(2.0));
    F1<Params, Tensor> f = q -> q.w().mul(q.b()).exp();
    Params forward = jacfwd(f).apply(p);
    Params reverse = jacrev(f).apply(p);
    assertThat(forward.w().shape().dims()).containsExactly(3, 3);
    assertThat(forward.b().shape().dims()).containsExactly(3);
    assertThat(values(forward.w())).containsExactly(values(reverse.w()), within(1e-12));
    assertThat(values(forward.b())).containsExactly(values(reverse.b()), within(1e-12));
    F1<Params, Map<String, Tensor>> g =
        q -> Map.of("a", q.w().mul(q.b()), "b", Np.stack(List.of(q.w().sum(), q.b()), 0));
    Map<String, Params> jf = Transforms.jacfwdTree(g).apply(p);
    Map<String, Params> jr = Transforms.jacrevTree(g).apply(p);
    assertThat(jf).containsOnlyKeys("a", "b");
    assertThat(values(jf.get("a").w())).containsExactly(2, 0, 0, 0, 2, 0, 0, 0, 2);
    assertThat(values(jf.get("a").b())).containsExactly(values(x));
    assertThat(values(jf.get("b").w())).containsExactly(1, 1, 1, 0, 0, 0);
    assertThat(values(jf.get("b").b())).containsExactly(0, 1);
    for (String key : jf.keySet()) {
      assertThat(values(jf.get(key).w())).containsExactly(values(jr.get(key).w()));
      assertThat(values(jf.get(key).b())).containsExactly(values(jr.get(key).b()));
    }
  }

  @Test
  void hessiansOfTreesAndTheirProducts() {
    Params p = new Params(x, Tensor.of(2.0));
    F1<Params, Tensor> f = q -> q.w().square().mul(q.b()).sum();
    Map<String, Params> h = Transforms.hessianTree(f).apply(p);
    assertThat(values(h.get("w").w())).containsExactly(4, 0, 0, 0, 4, 0, 0, 0, 4);
    assertThat(values(h.get("w").b())).containsExactly(values(x.mul(2.0)));
    assertThat(values(h.get("b").w())).containsExactly(values(x.mul(2.0)));
    assertThat(values(h.get("b").b())).containsExactly(0);
    Params product = hvp(f, p, new Params(y, Tensor.of(1.0)));
    assertThat(values(product.w()))
        .containsExactly(values(y.mul(4.0).add(x.mul(2.0))), within(1e-12));
    assertThat(product.b().item()).isCloseTo(x.mul(y).mul(2.0).sum().item(), within(1e-12));
  }

  @Test
  void checkGradsTakesTreesAndComplexNumbers() {
    checkGrads((Params p) -> p.w().mul(p.b()).tanh(), new Params(x, Tensor.of(0.5)), 2);
    Tensor z = Tensor.of(Literal.ofComplex(TensorType.of(DType.C64, 2), 0.5, -0.25, 1, 0.75));
    checkGrads((Tensor v) -> v.mul(v).exp(), z, 2);
    checkGrads((Tensor v) -> Np.real(v.mul(Np.conj(v))).sum(), z, 2);
    F1<Params, Tensor> wrong =
        customJvp(
            (Params p) -> p.w().mul(p.b()),
            (p, t) -> new Jvp<>(p.w().mul(p.b()), t.w().mul(p.b())));
    assertThatThrownBy(() -> checkGrads(wrong, new Params(x, Tensor.of(0.5)), 1))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("finite differences");
  }

  // ---- vmap

  @Test
  void resultsHaveAxesOfTheirOwn() {
    Tensor m = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}});
    F1<Tensor, Map<String, Tensor>> f =
        v -> Map.of("row", v.mul(2.0), "sum", v.sum(), "mean", Lax.pmean(v, "i"));
    Map<String, Tensor> out =
        vmap(
                f,
                Axes.all(0).named("i"),
                Axes.byPath(p -> p.equals("row") ? 1 : p.equals("sum") ? -1 : Axes.NONE))
            .apply(m);
    assertThat(out.get("row").shape().dims()).containsExactly(3, 2);
    assertThat(values(out.get("row"))).containsExactly(2, 8, 4, 10, 6, 12);
    assertThat(values(out.get("sum"))).containsExactly(6, 15);
    assertThat(values(out.get("mean"))).containsExactly(2.5, 3.5, 4.5);
    assertThatThrownBy(() -> vmap((Tensor v) -> v.sum(), Axes.all(0), Axes.all(Axes.NONE)).apply(m))
        .hasMessageContaining("differs within the batch")
        .hasMessageContaining("hint");
  }

  @Test
  void sizeWithoutMappedTensors() {
    F1<Tensor, Tensor> f = v -> v.add(Lax.axisIndex("i").astype(DType.F64));
    Tensor out = vmap(f, Axes.all(Axes.NONE).named("i").size(4), 0).apply(Tensor.of(10.0));
    assertThat(values(out)).containsExactly(10, 11, 12, 13);
    assertThatThrownBy(() -> vmap(f, Axes.all(0).size(7).named("i"), 0).apply(x))
        .hasMessageContaining("size 3, but 7 was said");
  }

  @Test
  void fourArgumentsAndAxesByPath() {
    F4<Params, Tensor, Tensor, Tensor, Tensor> f =
        (p, a, b, c) -> p.w().mul(a).sum().add(p.b()).add(b).add(c);
    Tensor m = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}});
    Axes in = Axes.byPath(path -> path.equals("[1]") ? 0 : path.equals("[3]") ? 0 : Axes.NONE);
    Tensor out =
        vmap(f, in, 0)
            .apply(
                new Params(y, Tensor.of(1.0)), m, Tensor.of(0.5), Tensor.of(new double[] {1, 2}));
    assertThat(values(out)).containsExactly(2 + 6 + 15 + 2.5, 8 + 15 + 30 + 3.5);
  }

  @Test
  void collectivesOverNamedAxes() {
    Tensor m = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}});
    Axes rows = Axes.all(0).named("i");
    assertThat(values(vmap((Tensor v) -> Lax.psum(v, "i"), rows, 0).apply(m)))
        .containsExactly(12, 15, 18, 12, 15, 18, 12, 15, 18);
    Params trees =
        vmap((Tensor v) -> Lax.pmax(new Params(v, v.neg()), "i"), rows, Axes.all(Axes.NONE))
            .apply(m);
    assertThat(values(trees.w())).containsExactly(7, 8, 9);
    assertThat(values(trees.b())).containsExactly(-1, -2, -3);
    assertThat(values(vmap((Tensor v) -> Lax.pmin(v, "i"), rows, Axes.all(Axes.NONE)).apply(m)))
        .containsExactly(1, 2, 3);
    Tensor gathered = vmap((Tensor v) -> Lax.allGather(v, "i"), rows, Axes.all(Axes.NONE)).apply(m);
    assertThat(values(gathered)).containsExactly(values(m));
    Tensor tiled =
        vmap((Tensor v) -> Lax.allGather(v, "i", 0, true), rows, Axes.all(Axes.NONE)).apply(m);
    assertThat(tiled.shape().dims()).containsExactly(9);
    assertThat(values(vmap((Tensor v) -> Lax.psumScatter(v, "i", 0, false), rows, 0).apply(m)))
        .containsExactly(12, 15, 18);
    Tensor exchanged = vmap((Tensor v) -> Lax.allToAll(v, "i", 0, 0, true), rows, 0).apply(m);
    assertThat(values(exchanged)).containsExactly(values(Np.transpose(m)));
    Tensor shifted =
        vmap((Tensor v) -> Lax.ppermute(v, "i", new long[][] {{0, 1}, {1, 2}}), rows, 0).apply(m);
    assertThat(values(shifted)).containsExactly(0, 0, 0, 1, 2, 3, 4, 5, 6);
    assertThat(
            values(vmap((Tensor v) -> v.mul((double) Lax.axisSize("i")), rows, 0).apply(m).sum()))
        .containsExactly(135);
    // Gradients through a named axis: every row's loss depends on all rows.
    Tensor g =
        grad((Tensor v) ->
                vmap((Tensor r) -> Lax.psum(r, "i").square().sum(), rows, 0).apply(v).sum())
            .apply(m);
    assertThat(values(g)).containsExactly(72, 90, 108, 72, 90, 108, 72, 90, 108);
    assertThatThrownBy(() -> vmap((Tensor v) -> Lax.psum(v, "j"), rows, 0).apply(m))
        .hasMessageContaining("no axis named 'j'")
        .hasMessageContaining("[i]");
  }

  // ---- remat

  @Test
  void policiesByNameSaveWhatTheyName() {
    F1<Tensor, Tensor> f =
        v -> checkpointName(Np.sin(v), "a").exp().mul(checkpointName(Np.cos(v), "b").exp()).sum();
    double[] expected = values(grad(f).apply(x));
    for (Remat policy :
        List.of(
            Remat.saveOnlyTheseNames("a"),
            Remat.saveOnlyTheseNames("a", "b").preventCse(false),
            Remat.saveAnythingExceptTheseNames("b"),
            Remat.DOTS_SAVEABLE.or(Remat.saveOnlyTheseNames("b")))) {
      F1<Tensor, Tensor> again = remat(f, policy);
      assertThat(values(jit(grad(again)).apply(x)))
          .as(policy.toString())
          .containsExactly(expected, within(1e-12));
    }
    // Saved values are results of the known part; the sine is needed again only if not saved.
    assertThat(sines(remat(f, Remat.saveOnlyTheseNames("a", "b"))))
        .isLessThan(sines(remat(f, Remat.NOTHING_SAVEABLE)));
    assertThatThrownBy(() -> Remat.saveOnlyTheseNames("a,b")).hasMessageContaining("a,b");
  }

  /** Sines and cosines in the whole program of the gradient. */
  private long sines(F1<Tensor, Tensor> f) {
    String text = Transforms.graphText(grad(f), x);
    return text.lines().filter(l -> l.contains("stablehlo.sine") || l.contains(".cosine")).count();
  }

  @Test
  void rematTakesSeveralArguments() {
    F2<Tensor, Tensor, Tensor> f = (a, b) -> a.tanh().mul(b).sum();
    assertThat(values(grad(remat(f, Remat.DOTS_SAVEABLE)).apply(x, y)))
        .containsExactly(values(grad(f).apply(x, y)), within(1e-12));
    F3<Tensor, Tensor, Tensor, Tensor> g = (a, b, c) -> a.tanh().mul(b).mul(c).sum();
    assertThat(values(grad(remat(g)).apply(x, y, y)))
        .containsExactly(values(grad(g).apply(x, y, y)), within(1e-12));
  }

  // ---- custom derivatives

  @Test
  void customRulesOfTwoArgumentsWithStaticParts() {
    F2<Tensor, Config, Tensor> f =
        customVjp(
            (Tensor a, Config c) -> a.pow(c.power()).mul(c.x()),
            (a, c) -> new Transforms.Forward<>(a.pow(c.power()).mul(c.x()), new Config(a, 7, "r")),
            (Config r, Tensor ct) -> new Pair<>(ct.mul(r.power()), new Config(ct, 2, "scale")));
    Pair<Tensor, Config> g = Transforms.vjp(f, x, new Config(y, 2, "scale")).pullback().apply(y);
    assertThat(values(g.first())).containsExactly(14, 21, 35);
    assertThat(g.second().power()).isEqualTo(2);
    F2<Tensor, Tensor, Tensor> h =
        customJvp(
            (Tensor a, Tensor b) -> a.mul(b),
            (p, t) -> new Jvp<>(p.first().mul(p.second()), t.first().add(t.second()).mul(10.0)));
    assertThat(values(Transforms.jvp(h, x, y, y, y).tangent())).containsExactly(40, 60, 100);
    assertThat(values(grad((Tensor a) -> h.apply(a, y).sum()).apply(x)))
        .containsExactly(10, 10, 10);
  }

  @Test
  void rulesThatDoNotFitSaySo() {
    F1<Tensor, Tensor> shape =
        customVjp(
            (Tensor v) -> v.sum(),
            v -> new Transforms.Forward<>(v.sum(), v),
            (Tensor r, Tensor ct) -> ct);
    assertThatThrownBy(() -> grad(shape).apply(x))
        .hasMessageContaining("backward rule's result must be f64[3]")
        .hasMessageContaining("got f64[]")
        .hasMessageContaining("hint");
    F1<Tensor, Tensor> value =
        customVjp(
            (Tensor v) -> v.sum(), v -> new Transforms.Forward<>(v, v), (Tensor r, Tensor ct) -> r);
    assertThatThrownBy(() -> grad(value).apply(x))
        .hasMessageContaining("forward rule's value must be f64[]");
    F1<Tensor, Tensor> tangent = customJvp((Tensor v) -> v.sum(), (v, t) -> new Jvp<>(v.sum(), t));
    assertThatThrownBy(() -> grad(tangent).apply(x)).hasMessageContaining("tangent must be f64[]");
  }

  // ---- inspection

  @Test
  void stopGradientEvalShapeAndGraphs() {
    assertThat(values(grad((Tensor v) -> v.mul(stopGradient(v)).sum()).apply(x)))
        .containsExactly(values(x));
    Params shapes =
        Transforms.evalShape(
            (Tensor a, Tensor b) -> new Params(Np.matmul(a, b), a.sum().astype(DType.F32)),
            Tensor.spec(DType.F64, 5, 7),
            Tensor.spec(DType.F64, 7, 2));
    assertThat(shapes.w().type().brief()).isEqualTo("f64[5,2]");
    assertThat(shapes.b().type().brief()).isEqualTo("f32[]");
    assertThat(Transforms.graphText((Tensor v) -> v.exp(), x)).contains("stablehlo.exponential");
    assertThat(Transforms.makeGraph((Tensor a, Tensor b) -> a.add(b), x, y).type().inputs())
        .hasSize(2);
  }

  @Test
  void transformsNestInAnyOrder() {
    Tensor m = Tensor.of(new double[][] {{0.1, 0.2, 0.3}, {0.4, -0.5, 0.6}});
    F1<Tensor, Tensor> f = v -> v.tanh().mul(v).sum();
    double[] expected = values(vmap(grad(f)).apply(m));
    F1<Tensor, Tensor> viaJit = jit(vmap(jit(grad(jit(f)))));
    assertThat(values(viaJit.apply(m))).containsExactly(expected, within(1e-12));
    F1<Tensor, Tensor> sumOfRows = v -> vmap(remat(f)).apply(v).sum();
    assertThat(values(jit(grad(sumOfRows)).apply(m))).containsExactly(expected, within(1e-12));
    F1<Tensor, Tensor> forward = v -> jacfwd(f).apply(v);
    assertThat(values(vmap(forward).apply(m))).containsExactly(expected, within(1e-12));
    F1<Tensor, Tensor> third = v -> grad((Tensor u) -> hvp(f, u, u).sum()).apply(v);
    double[] thirds = values(jit(vmap(third)).apply(m));
    for (int row = 0; row < 2; row++) {
      Tensor one = Lax.reshape(Lax.sliceInDim(m, row, row + 1, 1, 0), 3);
      assertThat(values(third.apply(one)))
          .containsExactly(
              java.util.Arrays.copyOfRange(thirds, 3 * row, 3 * row + 3), within(1e-12));
    }
  }

  @Test
  void collectivesOfIntegersAndBools() {
    F1<Tensor, Tensor> mean = v -> Lax.pmean(v, "i");
    F1<Tensor, Tensor> sum = v -> Lax.psum(v, "i");
    Tensor means =
        Transforms.vmap(mean, Axes.all(0).named("i"), 0).apply(Tensor.of(new int[] {1, 2, 4, 4}));
    assertThat(means.dtype()).isEqualTo(DType.F32);
    assertThat(means.toFloatArray()).containsExactly(2.75f, 2.75f, 2.75f, 2.75f);
    Tensor bools = Tensor.of(new int[] {1, 0, 1}).gt(0);
    Tensor counts = Transforms.vmap(sum, Axes.all(0).named("i"), 0).apply(bools);
    assertThat(counts.dtype()).isEqualTo(DType.I32);
    assertThat(counts.toIntArray()).containsExactly(2, 2, 2);
  }
}
