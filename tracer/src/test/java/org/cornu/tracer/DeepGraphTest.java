package org.cornu.tracer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.text.Fingerprint;
import org.cornu.stablehlo.text.Printer;
import org.junit.jupiter.api.Test;

/** Long chains and much sharing: nothing recurses along a chain or walks a shared value twice. */
class DeepGraphTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int SHARED = 10_000;
  private static final int CHAIN = 50_000;
  private static final int COMPILED = 5_000;

  private static Tensor doubled(Tensor x, int times) {
    Tensor out = x;
    for (int i = 0; i < times; i++) {
      out = out.add(out);
    }
    return out;
  }

  private static Tensor chain(Tensor x, int ops) {
    Tensor out = x;
    for (int i = 0; i < ops; i += 2) {
      out = out.tanh().mul(x);
    }
    return out;
  }

  @Test
  void sharedValuesAreHashedAndComparedOnce() {
    assertTimeoutPreemptively(
        LIMIT,
        () -> {
          Tensor one = Tensor.of(1f);
          Func func = Transforms.makeGraph(x -> doubled(x, SHARED), one);
          Func again = Transforms.makeGraph(x -> doubled(x, SHARED), one);
          Func longer = Transforms.makeGraph(x -> doubled(x, SHARED + 1), one);
          assertThat(func.body().ops()).hasSize(SHARED);
          assertThat(Fingerprint.of(func)).isEqualTo(Fingerprint.of(again));
          assertThat(Fingerprint.of(func)).isNotEqualTo(Fingerprint.of(longer));
          Func gradient = Transforms.makeGraph(Transforms.grad(x -> doubled(x, SHARED)), one);
          assertThat(gradient.body().ops().size()).isLessThan(4 * SHARED);
        });
  }

  @Test
  void longChainsTraceDifferentiateAndPrint() {
    assertTimeoutPreemptively(
        LIMIT,
        () -> {
          Tensor x = Tensor.of(0.5f);
          Func forward = Transforms.makeGraph(v -> chain(v, CHAIN), x);
          assertThat(forward.body().ops()).hasSize(CHAIN);
          Func gradient = Transforms.makeGraph(Transforms.grad(v -> chain(v, CHAIN)), x);
          assertThat(gradient.body().ops().size()).isBetween(CHAIN, 10 * CHAIN);
          assertThat(Printer.print(Module.of(gradient)).lines().count())
              .isGreaterThan(gradient.body().ops().size());
          assertThat(
                  Transforms.makeGraph(
                          Transforms.vmap(v -> chain(v, CHAIN)), Tensor.of(new float[2]))
                      .body()
                      .ops()
                      .size())
              .isGreaterThanOrEqualTo(CHAIN);
        });
  }

  @Test
  void chainsCompileAndRun() {
    double expected = 0.9;
    for (int i = 0; i < COMPILED; i += 2) {
      expected = Math.tanh(expected) * 0.9;
    }
    double got = Transforms.jit((Tensor v) -> chain(v, COMPILED)).apply(Tensor.of(0.9)).item();
    assertThat(got).isCloseTo(expected, within(1e-9));
  }
}
