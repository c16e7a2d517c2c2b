package org.cornu.tracer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cornu.tracer.Debug.debugPrint;
import static org.cornu.tracer.Debug.debugPrintOrdered;
import static org.cornu.tracer.Debug.errorIf;
import static org.cornu.tracer.Transforms.grad;
import static org.cornu.tracer.Transforms.jit;
import static org.cornu.tracer.Transforms.vmap;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.interpreter.Interpreter;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.graph.CheckKind;
import org.cornu.tracer.runtime.CheckException;
import org.cornu.tracer.runtime.HostCalls;
import org.cornu.tracer.runtime.ProgramCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Printing, checks, callbacks and the search for NaN. */
@Isolated("captures standard output")
class DebugTest {
  private final Tensor x = Tensor.of(new float[] {1, 2, 3});

  /** What is printed while {@code run} computes its tensor. */
  private static List<String> printed(Supplier<Tensor> run) {
    PrintStream saved = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      run.get().await();
    } finally {
      System.setOut(saved);
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static Tensor noisy(Tensor v) {
    debugPrint("v = {} sum {}", v, v.sum());
    return v.square().sum();
  }

  @Test
  void printsUnderEveryTransform() {
    String line = "v = [1.0, 2.0, 3.0] sum 6.0";
    assertThat(printed(() -> noisy(x))).containsExactly(line);
    assertThat(printed(() -> jit(DebugTest::noisy).apply(x))).containsExactly(line);
    assertThat(printed(() -> jit(grad(DebugTest::noisy)).apply(x))).containsExactly(line);
    assertThat(printed(() -> Transforms.jvp(DebugTest::noisy, x, x).tangent()))
        .containsExactly(line);
    Tensor rows = Np.stack(List.of(x, x.mul(2.0)), 0);
    assertThat(printed(() -> jit(vmap(DebugTest::noisy)).apply(rows)))
        .containsExactlyInAnyOrder(line, "v = [2.0, 4.0, 6.0] sum 12.0");
    assertThat(printed(() -> jit(vmap(grad(DebugTest::noisy))).apply(rows))).hasSize(2);
    F1<Tensor, Tensor> loop =
        v ->
            Lax.scan(
                    (Tensor c, Tensor e) -> {
                      debugPrint("step {} {}", c, e);
                      return new Lax.Step<>(c.add(e), c);
                    },
                    Tensor.of(0f),
                    v)
                .carry();
    List<String> steps = List.of("step 0.0 1.0", "step 1.0 2.0", "step 3.0 3.0");
    assertThat(printed(() -> jit(loop).apply(x))).containsExactlyElementsOf(steps);
    assertThat(printed(() -> jit(grad(loop)).apply(x))).containsExactlyElementsOf(steps);
    F1<Tensor, Tensor> branch =
        v ->
            Lax.cond(
                v.sum().gt(0.0),
                () -> {
                  debugPrint("yes");
                  return v;
                },
                () -> {
                  debugPrint("no");
                  return v.neg();
                });
    assertThat(printed(() -> jit(branch).apply(x))).containsExactly("yes");
  }

  @Test
  void orderedPrintsKeepTheirOrder() {
    F1<Tensor, Tensor> f =
        v -> {
          Tensor slow = v;
          for (int i = 0; i < 20; i++) {
            slow = slow.sum().add(v).tanh();
          }
          debugPrintOrdered("first {}", slow.size(0) == 3 ? slow.sum().mul(0.0) : slow);
          for (int i = 2; i < 6; i++) {
            debugPrintOrdered("line {}", v.sum().mul((double) i));
          }
          return slow;
        };
    assertThat(printed(() -> jit(f).apply(x)))
        .containsExactly("first 0.0", "line 12.0", "line 18.0", "line 24.0", "line 30.0");
  }

  @Test
  void printingAgainCompilesNothing() {
    F1<Tensor, Tensor> f = v -> noisy(v);
    printed(() -> jit(f).apply(x));
    long before = ProgramCache.compiledCount();
    printed(() -> jit((Tensor v) -> noisy(v)).apply(x));
    assertThat(ProgramCache.compiledCount()).isEqualTo(before);
    assertThatThrownBy(() -> debugPrint("{} {}", x))
        .hasMessageContaining("2 pairs of braces for 1 values");
  }

  // ---- checks

  private static Tensor positive(Tensor v) {
    errorIf(v.le(0.0), "got {}, of which the sum is {}", v, v.sum());
    return v.log();
  }

  @Test
  void failedChecksNameTheValuesAndTheLine() {
    assertThat(jit(DebugTest::positive).apply(x).toFloatArray()).hasSize(3);
    Tensor bad = x.sub(2.0);
    F1<Tensor, Tensor> sum = v -> positive(v).sum();
    List<Supplier<Tensor>> runs =
        List.of(
            () -> positive(bad),
            () -> jit(DebugTest::positive).apply(bad),
            () -> jit(grad(sum)).apply(bad),
            () -> jit(vmap(sum)).apply(Np.stack(List.of(x, bad), 0)),
            () -> jit((Tensor v) -> Lax.map((Tensor r) -> positive(r.reshape(1)), v)).apply(bad));
    for (int i = 0; i < runs.size(); i++) {
      Supplier<Tensor> run = runs.get(i);
      assertThatThrownBy(() -> run.get().toFloatArray())
          .as("run %d", i)
          .isInstanceOf(CheckException.class)
          .hasMessageStartingWith(i == 4 ? "got [-1.0]" : "got [-1.0, 0.0, 1.0]")
          .hasMessageContaining("DebugTest.positive(DebugTest.java:");
    }
    assertThatThrownBy(() -> errorIf(x, "no")).hasMessageContaining("must be bool");
    // Functions that failed work again.
    assertThat(jit(DebugTest::positive).apply(x).toFloatArray()[0]).isZero();
  }

  @Test
  void checksMapOverTheElementsThatTheyAreMeantFor() {
    F1<Tensor, Tensor> branch =
        v ->
            Lax.cond(
                v.gt(0.0),
                () -> {
                  errorIf(v.gt(10.0), "{} is large", v);
                  return v.log();
                },
                () -> {
                  errorIf(v.lt(-10.0), "{} is small", v);
                  return v;
                });
    Tensor fine = Tensor.of(new float[] {1, -1, 5, -5});
    assertThat(jit(vmap(branch)).apply(fine).toFloatArray()[1]).isEqualTo(-1);
    // Every element passes through both branches; each check sees those that take its own.
    F1<Tensor, Tensor> strict =
        v ->
            Lax.cond(
                v.gt(0.0),
                () -> {
                  errorIf(v.le(0.0), "never");
                  return v;
                },
                () -> v);
    assertThat(jit(vmap(strict)).apply(fine).toFloatArray()).hasSize(4);
    Tensor large = Tensor.of(new float[] {1, 20, -1});
    assertThatThrownBy(() -> jit(vmap(branch)).apply(large).toFloatArray())
        .hasMessageStartingWith("20.0 is large");
    F1<Tensor, Tensor> loop =
        v ->
            Lax.whileLoop(
                c -> c.lt(8.0),
                (Tensor c) -> {
                  errorIf(c.ge(8.0), "{} goes on", c);
                  return c.mul(2.0);
                },
                v);
    assertThat(jit(vmap(loop)).apply(Tensor.of(new float[] {1, 7, 3})).toFloatArray())
        .containsExactly(8, 14, 12);
  }

  @Test
  void readyMadeChecks() {
    F1<Tensor, Tensor> finite = v -> Debug.checkFinite("logits", v.log()).sum();
    assertThat(jit(finite).apply(x).item()).isGreaterThan(1);
    assertThatThrownBy(() -> jit(finite).apply(x.sub(1.0)).item())
        .hasMessageContaining("logits contains a NaN or infinity: [-inf, 0.0,");
    F2<Tensor, Tensor, Tensor> row =
        (i, v) -> Np.take(v, Debug.checkIndices(i, v.shape().dim(0)), 0);
    assertThat(jit(row).apply(Tensor.of(-1), x).item()).isEqualTo(3);
    assertThatThrownBy(() -> jit(row).apply(Tensor.of(3), x).item())
        .hasMessageContaining("out of range for an axis of size 3: 3");
  }

  @Test
  void checkifyFindsTheOp() {
    F1<Tensor, Tensor> f = v -> v.mul(2.0).log().sum();
    F1<Tensor, Tensor> checked = Debug.checkify(f, CheckKind.NAN);
    assertThat(jit(checked).apply(x).item()).isEqualTo(f.apply(x).item());
    assertThatThrownBy(() -> jit(checked).apply(x.neg()).item())
        .isInstanceOf(CheckException.class)
        .hasMessageContaining("log made a NaN")
        .hasMessageContaining("DebugTest.java:");
    // In the derivative: sqrt has none at 0, and 0 times its infinity is a NaN.
    F1<Tensor, Tensor> root = grad((Tensor v) -> v.sqrt().mul(0.0).sum());
    assertThatThrownBy(() -> Debug.checkify(root, CheckKind.NAN).apply(x.sub(1.0)).toFloatArray())
        .hasMessageContaining("made a NaN")
        .hasMessageContaining("DebugTest.java:");
    F1<Tensor, Tensor> inLoop = v -> Lax.foriLoop(0, 4, (i, c) -> c.sub(1.0).sqrt(), v.sum());
    assertThatThrownBy(() -> jit(Debug.checkify(inLoop, CheckKind.NAN)).apply(x).item())
        .hasMessageContaining("sqrt made a NaN");

    F2<Tensor, Tensor, Tensor> slice = (i, v) -> Lax.dynamicSlice(v, List.of(i), 2);
    F1<Tensor, Tensor> indexed = Debug.checkify((Tensor i) -> slice.apply(i, x), CheckKind.INDEX);
    assertThat(indexed.apply(Tensor.of(1)).toFloatArray()).containsExactly(2, 3);
    assertThatThrownBy(() -> indexed.apply(Tensor.of(2)).toFloatArray())
        .hasMessageContaining("dynamic_slice: an index is out of range");
    F1<Tensor, Tensor> divided =
        Debug.checkify((Tensor i) -> Lax.div(Lax.fullLike(i, 7), i), CheckKind.DIVISION);
    assertThat(divided.apply(Tensor.of(2)).item()).isEqualTo(3);
    assertThatThrownBy(() -> divided.apply(Tensor.of(0)).item())
        .hasMessageContaining("an integer is divided by zero")
        .hasMessageContaining("DebugTest.java:");
  }

  // ---- the search for NaN

  @Test
  void theFirstNanIsFound() {
    F1<Tensor, Tensor> f =
        v -> {
          Tensor a = v.mul(2.0);
          Tensor b = a.sub(2.0).log();
          return b.add(a).exp().sum();
        };
    Jit1<Tensor, Tensor> compiled = jit(f).donate(0);
    Debug.nans(true);
    try {
      assertThat(compiled.apply(x.mul(3.0)).item()).isPositive();
      assertThatThrownBy(() -> compiled.apply(x.neg()))
          .isInstanceOf(CheckException.class)
          .hasMessageContaining("log of [f32[3]] made a NaN")
          .hasMessageContaining("DebugTest.java:")
          .hasMessageContaining("Np.where");
      assertThatThrownBy(() -> compiled.apply(x.neg().log()))
          .hasMessageContaining("log")
          .hasMessageContaining("DebugTest.java:");
      F1<Tensor, Tensor> loop =
          v ->
              Lax.scan((Tensor c, Tensor e) -> new Lax.Step<>(c.sub(e).sqrt(), c), v.sum(), v)
                  .carry();
      assertThatThrownBy(() -> jit(loop).apply(x))
          .hasMessageContaining("sqrt of [f32[]] made a NaN");
    } finally {
      Debug.nans(false);
    }
    Jit1<Tensor, Tensor> donating = jit((Tensor v) -> v.log().add(v)).donate(0);
    donating.apply(x.mul(1.0));
    Debug.nans(true);
    try {
      Tensor given = x.mul(-1.0);
      assertThatThrownBy(() -> donating.apply(given))
          .hasMessageContaining("argument 0 was donated")
          .hasMessageContaining("before the function is compiled");
    } finally {
      Debug.nans(false);
    }
    Debug.infs(true);
    try {
      Jit1<Tensor, Tensor> log = jit((Tensor v) -> v.sub(1.0).log().sum());
      assertThatThrownBy(() -> log.apply(x)).hasMessageContaining("log of [f32[3]] made");
    } finally {
      Debug.infs(false);
    }
  }

  // ---- callbacks

  private static final AtomicInteger CALLS = new AtomicInteger();

  private static List<Literal> reverse(List<Literal> in) {
    CALLS.incrementAndGet();
    Literal v = in.get(0);
    double[] out = new double[v.count()];
    for (int i = 0; i < out.length; i++) {
      out[i] = v.doubleAt(out.length - 1 - i);
    }
    return List.of(Literal.ofDoubles(v.type(), out));
  }

  private static Tensor reversed(Tensor v) {
    return Debug.pureCallback(DebugTest::reverse, List.of(v.type()), v).get(0);
  }

  @Test
  void callbacksComputeInsidePrograms() {
    assertThat(reversed(x).toFloatArray()).containsExactly(3, 2, 1);
    assertThat(jit((Tensor v) -> reversed(v).add(v)).apply(x).toFloatArray())
        .containsExactly(4, 4, 4);
    Tensor rows = Np.stack(List.of(x, x.mul(2.0)), 0);
    CALLS.set(0);
    assertThat(vmap(DebugTest::reversed).apply(rows).toFloatArray())
        .containsExactly(3, 2, 1, 6, 4, 2);
    assertThat(CALLS).hasValue(2);
    CALLS.set(0);
    F1<Tensor, Tensor> whole =
        v -> Debug.pureCallbackVectorized(DebugTest::reverse, List.of(v.type()), v).get(0);
    assertThat(vmap(whole).apply(rows).toFloatArray()).containsExactly(6, 4, 2, 3, 2, 1);
    assertThat(CALLS).hasValue(1);
    assertThatThrownBy(() -> grad((Tensor v) -> reversed(v).sum()).apply(x))
        .hasMessageContaining("custom derivative")
        .hasMessageContaining("DebugTest.java:");
    F1<Tensor, Tensor> known =
        Transforms.customVjp(
            (Tensor v) -> reversed(v),
            v -> new Transforms.Forward<>(reversed(v), List.of()),
            (List<Tensor> none, Tensor ct) -> reversed(ct));
    assertThat(grad((Tensor v) -> known.apply(v).mul(x).sum()).apply(x).toFloatArray())
        .containsExactly(3, 2, 1);
    // Nobody uses it: a pure function is not called, one with effects is.
    CALLS.set(0);
    jit((Tensor v) -> {
          reversed(v);
          return v;
        })
        .apply(x)
        .await();
    assertThat(CALLS).hasValue(0);
    jit((Tensor v) -> {
          Debug.ioCallback(DebugTest::reverse, List.of(v.type()), v);
          return v;
        })
        .apply(x)
        .await();
    assertThat(CALLS).hasValue(1);
    Function<List<Literal>, List<Literal>> wrong = in -> List.of(Literal.scalar(DType.F32, 1));
    assertThatThrownBy(
            () ->
                jit((Tensor v) -> Debug.pureCallback(wrong, List.of(v.type()), v).get(0))
                    .apply(x)
                    .toFloatArray())
        .hasMessageContaining("a callback must return");
  }

  @Test
  void theInterpreterRunsThemToo() {
    Interpreter interpreter = HostCalls.install(new Interpreter());
    var func = Transforms.makeGraph((Tensor v) -> reversed(positive(v)), x);
    List<Literal> out = interpreter.run(func, List.of(x.toLiteral()));
    assertThat(out.get(0).doubleAt(2)).isZero();
    assertThat(out.get(0).type()).isEqualTo(TensorType.of(DType.F32, 3));
  }
}
