package org.cornu.tests.gradients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.cornu.stablehlo.interpreter.Interpreter;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/**
 * Transforms in any order, up to four deep: the device's result of a random composition equals what
 * the interpreter gives for the same function by other means.
 */
final class CompositionTest {
  private static final TensorType MATRIX = TensorType.of(DType.F64, 3, 3);
  private static final Interpreter INTERPRETER = new Interpreter();

  /** How many points and compositions more are tried on request. */
  private static final int MORE = 20;

  @Provide
  Arbitrary<Composition> compositions() {
    return Combinators.combine(
            Expressions.of(2, 2),
            Arbitraries.of(Composition.Step.values()).list().ofMinSize(1).ofMaxSize(4))
        .as(Composition::new)
        .filter(Composition::isDefined);
  }

  @Property(tries = 25, seed = "20260102", shrinking = ShrinkingMode.FULL)
  void transformsCompose(@ForAll("compositions") Composition c, @ForAll long seed) {
    check(c, seed);
  }

  @Provide
  Arbitrary<List<Composition>> many() {
    boolean thorough = Boolean.getBoolean("cornu.test.thorough");
    return compositions().list().ofSize(thorough ? MORE : 0);
  }

  /** Five hundred more, for -Dcornu.test.thorough=true. */
  @Property(tries = 25, seed = "20260103", shrinking = ShrinkingMode.FULL)
  void moreTransformsCompose(@ForAll("many") List<Composition> some, @ForAll long seed) {
    some.forEach(c -> check(c, seed));
  }

  private static void check(Composition c, long seed) {
    Random random = new Random(seed);
    Literal a = Literal.ofDoubles(MATRIX, random.doubles(9, -1, 1).toArray());
    Literal b = Literal.ofDoubles(MATRIX, random.doubles(9, -1, 1).toArray());
    Literal got =
        Transforms.jit(c.composed()).apply(List.of(Tensor.of(a), Tensor.of(b))).toLiteral();
    Func graph =
        Transforms.makeGraph(
            c.byOtherMeans(), List.of(Tensor.spec(MATRIX, null), Tensor.spec(MATRIX, null)));
    Literal want = INTERPRETER.run(graph, List.of(a, b)).get(0);
    assertThat(got.type()).as("%s", c).isEqualTo(want.type());
    double scale = 1;
    for (int i = 0; i < 9; i++) {
      scale = Math.max(scale, Math.abs(want.doubleAt(i)));
    }
    for (int i = 0; i < 9; i++) {
      assertThat(Math.abs(got.doubleAt(i) - want.doubleAt(i)))
          .as("%s: element %d is %s, expected %s", c, i, got.doubleAt(i), want.doubleAt(i))
          .isLessThanOrEqualTo(1e-9 * scale);
    }
  }
}
