package org.cornu.tracer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.cornu.tracer.Transforms.checkGrads;
import static org.cornu.tracer.Transforms.grad;
import static org.cornu.tracer.Transforms.jit;
import static org.cornu.tracer.Transforms.vmap;

import java.util.List;
import java.util.Map;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.junit.jupiter.api.Test;

/** Branches and loops, alone and under every transform. */
@SuppressWarnings("NullAway") // maps have the keys that the tests put there
class ControlFlowTest {
  record State(Tensor position, Map<String, Tensor> rest) {}

  private final Tensor xs = Tensor.of(new double[] {0.5, -1, 2, 0.25, -0.75});

  private static double[] values(Tensor t) {
    return t.toDoubleArray();
  }

  // ---- branches

  @Test
  void condAndSwitchWithOperandsAndTrees() {
    F2<Tensor, Tensor, State> f =
        (p, v) ->
            Lax.cond(
                p,
                (Tensor u) -> new State(u.exp(), Map.of("s", u.sum())),
                u -> new State(u.neg(), Map.of("s", u.square().sum())),
                v);
    assertThat(values(f.apply(Tensor.of(true), xs).position())).containsExactly(values(xs.exp()));
    assertThat(jit(f).apply(Tensor.of(false), xs).rest().get("s").item())
        .isEqualTo(xs.square().sum().item());
    List<F1<Tensor, Tensor>> branches = List.of(v -> v, v -> v.mul(2.0), v -> v.mul(v));
    double[][] expected = {values(xs), values(xs.mul(2.0)), values(xs.mul(xs))};
    for (int i = -1; i < 5; i++) {
      Tensor out = Lax.switchCase(Tensor.of(i), branches, xs);
      assertThat(values(out)).containsExactly(expected[Math.min(Math.max(i, 0), 2)]);
    }
  }

  @Test
  void branchesDifferentiateInBothModesAndMapOverPredicates() {
    F1<Tensor, Tensor> f = v -> Lax.cond(v.sum().gt(0.0), () -> v.mul(v).mul(v), () -> v.mul(2.0));
    checkGrads(f, xs, 2);
    checkGrads(f, xs.neg(), 2);
    Tensor rows = Np.stack(List.of(xs, xs.neg()), 0);
    Tensor mapped = vmap(f).apply(rows);
    assertThat(values(mapped))
        .containsExactly(values(Np.stack(List.of(f.apply(xs), f.apply(xs.neg())), 0)));
    F1<Tensor, Tensor> loss = v -> f.apply(v).sum();
    assertThat(values(vmap(grad(loss)).apply(rows)))
        .containsExactly(
            values(Np.stack(List.of(grad(loss).apply(xs), grad(loss).apply(xs.neg())), 0)));
    // A batched predicate becomes a choice element by element, a shared one stays a branch.
    String batched = Transforms.graphText(vmap(f), rows);
    assertThat(batched).contains("stablehlo.select").doesNotContain("stablehlo.case");
    F2<Tensor, Tensor, Tensor> shared = (p, v) -> Lax.cond(p, () -> v.exp(), () -> v);
    Func2Text text = new Func2Text(vmap(shared, Axes.of(Axes.NONE, 0), 0));
    assertThat(text.of(Tensor.of(true), rows)).contains("stablehlo.case");
  }

  private record Func2Text(F2<Tensor, Tensor, Tensor> f) {
    String of(Tensor a, Tensor b) {
      return org.cornu.stablehlo.text.Printer.print(Transforms.makeGraph(f, a, b));
    }
  }

  // ---- while

  @Test
  void whileLoopsRunForwardModeAndMapOverPredicates() {
    F1<Tensor, Tensor> f = v -> Lax.whileLoop(c -> c.lt(100.0), (Tensor c) -> c.mul(c).add(1.0), v);
    assertThat(f.apply(Tensor.of(1.5)).item()).isEqualTo(iterate(1.5));
    assertThat(values(vmap(f).apply(Tensor.of(new double[] {1.5, 200, 3}))))
        .containsExactly(iterate(1.5), 200, iterate(3));
    Tensor tangent = Transforms.jvp(f, Tensor.of(1.5), Tensor.of(1.0)).tangent();
    assertThat(tangent.item())
        .isCloseTo((iterate(1.5 + 1e-6) - iterate(1.5 - 1e-6)) / 2e-6, within(1e-2));
    assertThatThrownBy(() -> grad(f).apply(Tensor.of(1.5)))
        .hasMessageContaining("while")
        .hasMessageContaining("ControlFlowTest.java")
        .hasMessageContaining("scan");
  }

  private static double iterate(double x) {
    double v = x;
    while (v < 100) {
      v = v * v + 1;
    }
    return v;
  }

  @Test
  void foriLoopsWithKnownAndOpenBounds() {
    F2<Tensor, Tensor, Tensor> body = (i, c) -> c.mul(i.astype(DType.F64)).add(Np.sin(c));
    F1<Tensor, Tensor> known = v -> Lax.foriLoop(1, 4, body, v);
    checkGrads(known, xs, 2);
    F1<Tensor, Tensor> unrolled = v -> Lax.foriLoop(1, 4, body, v, 2);
    assertThat(values(unrolled.apply(xs))).containsExactly(values(known.apply(xs)), within(1e-12));
    F2<Tensor, Tensor, Tensor> open = (n, v) -> Lax.foriLoop(Tensor.of(1), n, body, v);
    assertThat(values(jit(open).apply(Tensor.of(4), xs)))
        .containsExactly(values(known.apply(xs)), within(1e-12));
    Tensor counts = Tensor.of(new int[] {1, 4});
    Tensor mapped = vmap(open, Axes.of(0, Axes.NONE), 0).apply(counts, xs);
    assertThat(values(mapped)).startsWith(values(xs));
    assertThat(Lax.foriLoop(5, 2, body, xs)).isNotNull();
    assertThat(values(Lax.foriLoop(5, 2, body, xs))).containsExactly(values(xs));
  }

  // ---- scan

  @Test
  void scansOverTreesInEveryForm() {
    F2<State, State, Lax.Step<State, Map<String, Tensor>>> f =
        (c, x) -> {
          Tensor p = c.position().mul(0.5).add(x.position());
          Tensor q = c.rest().get("q").add(x.rest().get("q").mul(p));
          return new Lax.Step<>(new State(p, Map.of("q", q)), Map.of("p", p, "q", Np.sin(q)));
        };
    State init = new State(Tensor.of(1.0), Map.of("q", Tensor.of(0.25)));
    State in = new State(xs, Map.of("q", xs.mul(3.0)));
    for (boolean reverse : new boolean[] {false, true}) {
      double p = 1;
      double q = 0.25;
      double[] ps = new double[5];
      double[] qs = new double[5];
      for (int k = 0; k < 5; k++) {
        int i = reverse ? 4 - k : k;
        double x = values(xs)[i];
        p = p * 0.5 + x;
        q += 3 * x * p;
        ps[i] = p;
        qs[i] = Math.sin(q);
      }
      for (long unroll : new long[] {1, 2, 5, 8}) {
        var out = Lax.scan(f, init, in, new Lax.ScanOptions(reverse, unroll));
        assertThat(out.carry().position().item()).isCloseTo(p, within(1e-12));
        assertThat(out.carry().rest().get("q").item()).isCloseTo(q, within(1e-12));
        assertThat(values(out.ys().get("p"))).containsExactly(ps, within(1e-12));
        assertThat(values(out.ys().get("q"))).containsExactly(qs, within(1e-12));
        F1<State, Tensor> loss =
            v -> {
              var s = Lax.scan(f, init, v, new Lax.ScanOptions(reverse, unroll));
              return s.carry().position().add(s.ys().get("q").sum());
            };
        checkGrads(loss, in, unroll == 2 ? 2 : 1);
      }
    }
  }

  @Test
  void scansOfNoStepsAndWithoutInputs() {
    F2<Tensor, List<Tensor>, Lax.Step<Tensor, Tensor>> f =
        (c, none) -> new Lax.Step<>(c.mul(2.0), c);
    var out = Lax.scan(f, Tensor.of(1.0), List.of(), 4);
    assertThat(values(out.ys())).containsExactly(1, 2, 4, 8);
    assertThat(out.carry().item()).isEqualTo(16);
    var none = Lax.scan(f, Tensor.of(1.0), List.of(), 0);
    assertThat(none.carry().item()).isEqualTo(1);
    assertThat(none.ys().shape().dims()).containsExactly(0);
    var back = Lax.scan(f, Tensor.of(1.0), List.of(), 3, new Lax.ScanOptions(true, 1));
    assertThat(values(back.ys())).containsExactly(4, 2, 1);
  }

  @Test
  void scanUnderEveryTransform() {
    F1<Tensor, Tensor> f =
        v ->
            Lax.scan(
                    (Tensor c, Tensor x) -> {
                      Tensor next = c.mul(x).add(Np.sin(x)).tanh();
                      return new Lax.Step<>(next, next.mul(v.sum()));
                    },
                    v.sum(),
                    v)
                .ys()
                .sum();
    double[] g = values(grad(f).apply(xs));
    assertThat(values(jit(grad(Transforms.remat(f))).apply(xs))).containsExactly(g, within(1e-12));
    assertThat(values(Transforms.jacfwd(f).apply(xs))).containsExactly(g, within(1e-12));
    Tensor rows = Np.stack(List.of(xs, xs.mul(0.5)), 0);
    assertThat(values(vmap(grad(f)).apply(rows)))
        .containsExactly(
            values(Np.stack(List.of(grad(f).apply(xs), grad(f).apply(xs.mul(0.5))), 0)),
            within(1e-12));
    checkGrads(f, xs, 3);
  }

  // ---- map, associative scan

  @Test
  void mapInBatchesEqualsMap() {
    Tensor m = Tensor.of(new double[][] {{1, 2}, {3, 4}, {5, 6}, {7, 8}, {9, 10}});
    F1<Tensor, Map<String, Tensor>> f = v -> Map.of("s", v.sum(), "v", v.square());
    Map<String, Tensor> one = Lax.map(f, m);
    for (int batch : new int[] {1, 2, 5, 9}) {
      Map<String, Tensor> some = Lax.map(f, m, batch);
      assertThat(values(some.get("s"))).as("batch %d", batch).containsExactly(values(one.get("s")));
      assertThat(values(some.get("v"))).containsExactly(values(one.get("v")));
      assertThat(some.get("v").shape().dims()).containsExactly(5, 2);
    }
    checkGrads((Tensor v) -> Lax.map((Tensor r) -> Np.sin(r).sum(), v, 2), m, 1);
    assertThatThrownBy(() -> Lax.map(f, m, 0)).hasMessageContaining("batch size");
  }

  @Test
  void associativeScansOverTreesAxesAndDirections() {
    record Affine(Tensor a, Tensor b) {}
    F2<Affine, Affine, Affine> compose =
        (f, g) -> new Affine(f.a().mul(g.a()), f.b().mul(g.a()).add(g.b()));
    for (int n : new int[] {1, 2, 5, 7}) {
      double[] a = new double[n];
      double[] b = new double[n];
      for (int i = 0; i < n; i++) {
        a[i] = 0.5 + 0.25 * i;
        b[i] = Math.sin(i + 1);
      }
      Affine in = new Affine(Tensor.of(a), Tensor.of(b));
      double[] expected = new double[n];
      double v = 0;
      for (int i = 0; i < n; i++) {
        v = v * a[i] + b[i];
        expected[i] = v;
      }
      assertThat(values(Lax.associativeScan(compose, in).b()))
          .containsExactly(expected, within(1e-12));
      checkGrads((Affine t) -> Lax.associativeScan(compose, t).b(), in, 2);
    }
    Tensor m = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}});
    assertThat(values(Lax.associativeScan(Np::add, m, false, 1)))
        .containsExactly(1, 3, 6, 4, 9, 15);
    assertThat(values(Lax.associativeScan(Np::add, m, true, -1)))
        .containsExactly(6, 5, 3, 15, 11, 6);
    assertThat(values(vmap((Tensor r) -> Lax.associativeScan(Np::add, r)).apply(m)))
        .containsExactly(1, 3, 6, 4, 9, 15);
    // The function may use tensors from outside, eagerly too.
    Tensor scale = Tensor.of(2.0);
    assertThat(
            values(Lax.associativeScan((Tensor p, Tensor q) -> p.add(q).mul(scale).div(scale), xs)))
        .endsWith(xs.sum().item());
  }

  /** A step that forgets the carry leaves it a slope of zero, no step at all a slope of one. */
  @Test
  void aCarryThatStepsForgetHasASlope() {
    for (int steps : new int[] {0, 2}) {
      Tensor items = Lax.full(DType.F32, 0.5, steps, 3);
      F1<Tensor, Tensor> forgetful =
          x ->
              Lax.scan((Tensor c, Tensor i) -> new Lax.Step<>(Np.tanh(i), c), x, items, steps)
                  .carry();
      Tensor x = Lax.full(DType.F32, 2, 3);
      double slope = steps == 0 ? 1 : 0;
      Tensor back = Transforms.vjp(forgetful, x).pullback().apply(x);
      Tensor forward = Transforms.jvp(forgetful, x, x).tangent();
      assertThat(back.toDoubleArray()).containsOnly(2 * slope);
      assertThat(forward.toDoubleArray()).containsOnly(2 * slope);
      F1<Tensor, Tensor> gradient = grad((Tensor v) -> Np.sum(forgetful.apply(v)));
      Tensor second = Transforms.vjp(gradient, x).pullback().apply(x);
      assertThat(second.toDoubleArray()).containsOnly(0);
    }
  }

  // ---- mistakes

  @Test
  void mistakesNameWhatDiffers() {
    assertThatThrownBy(
            () ->
                Lax.scan(
                    (Tensor c, Tensor x) -> new Lax.Step<>(c.astype(DType.F32), x), xs.sum(), xs))
        .hasMessageContaining("carried value")
        .hasMessageContaining("f64[] against f32[]")
        .hasMessageContaining("astype");
    assertThatThrownBy(
            () ->
                Lax.scan(
                    (Tensor c, List<Tensor> x) -> new Lax.Step<>(c, c),
                    xs.sum(),
                    List.of(xs, Np.zeros(3))))
        .hasMessageContaining("'[1]'")
        .hasMessageContaining("size 5")
        .hasMessageContaining("f32[3]");
    assertThatThrownBy(() -> Lax.whileLoop(c -> c.gt(0.0), (Tensor c) -> c, xs))
        .hasMessageContaining("scalar bool")
        .hasMessageContaining("bool[5]");
    assertThatThrownBy(() -> Lax.cond(xs.gt(0.0), () -> xs, () -> xs))
        .hasMessageContaining("scalar bool")
        .hasMessageContaining("Np.where");
    assertThatThrownBy(() -> new Lax.ScanOptions(false, 0)).hasMessageContaining("unroll");
    assertThatThrownBy(() -> Lax.foriLoop(Tensor.of(0), Tensor.of(1.5), (i, c) -> c, xs))
        .hasMessageContaining("integer");
  }
}
