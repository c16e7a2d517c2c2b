package org.cornu.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import net.jqwik.api.Arbitrary;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.F1;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.junit.jupiter.api.Test;

/** Functions that break one law each: which is named, at a minimal argument. */
class BrokenFunctionsTest {

  private static LawViolation broken(F1<Tensor, Tensor> f, Arbitrary<Tensor> arguments) {
    return catchThrowableOfType(
        LawViolation.class, () -> Laws.of(f).named("f").checkAll(arguments, 20));
  }

  @Test
  void aWrongGradientIsShrunkToOneElement() {
    // right below 2, where most elements lie, and wrong above
    F1<Tensor, Tensor> cube =
        Transforms.customVjp(
            x -> Lax.mul(x, Lax.mul(x, x)),
            x -> new Transforms.Forward<>(Lax.mul(x, Lax.mul(x, x)), x),
            (x, u) -> {
              Tensor slope = Np.multiply(Lax.square(x), 3.0);
              return Lax.mul(u, Np.where(Np.greater(x, 2.0), Np.multiply(slope, 2.0), slope));
            });
    LawViolation e =
        catchThrowableOfType(
            LawViolation.class,
            () ->
                Laws.of(cube)
                    .named("cube")
                    .except(Law.FORWARD, Law.CONSISTENT, Law.LINEARIZED, Law.SECOND_ORDER)
                    .checkAll(Tensors.floats(), 30));
    assertThat(e.law()).isEqualTo(Law.GRADIENT);
    assertThat(e)
        .hasMessageStartingWith(
            "cube breaks the law GRADIENT (vjp equals finite differences): the gradient")
        // the smallest multiple of 1/256 above 2, in a scalar
        .hasMessageContaining("the argument: f64[]")
        .hasMessageContaining("2.00390625");
  }

  @Test
  void aWrongTangentIsFound() {
    F1<Tensor, Tensor> f =
        Transforms.customJvp(Lax::sin, (x, dx) -> new Transforms.Jvp<>(Lax.sin(x), dx));
    assertThat(broken(f, Tensors.floats().shape(2)).law()).isEqualTo(Law.FORWARD);
  }

  @Test
  void aMissingReverseModeIsTold() {
    F1<Tensor, Tensor> f =
        x ->
            Lax.whileLoop(
                (Tensor v) -> Np.any(Np.less(Lax.abs(v), 1.0)),
                (Tensor v) -> Np.add(Np.multiply(v, 2.0), 0.5),
                x);
    LawViolation e = broken(f, Tensors.floats().shape(1).between(0.25, 0.75));
    assertThat(e.law()).isEqualTo(Law.GRADIENT);
    assertThat(e).hasMessageContaining("while");
    Laws.of(f)
        .named("doubled")
        .forwardOnly()
        .checkAll(Tensors.floats().shape(1).between(0.25, 0.45), 3);
  }

  @Test
  void aSideEffectOnTheOutsideBreaksCompilation() {
    int[] calls = {0};
    F1<Tensor, Tensor> f = x -> Np.add(x, (double) ++calls[0]);
    assertThat(broken(f, Tensors.floats().shape(1)).law()).isIn(Law.REFERENCE, Law.COMPILED);
  }

  @Test
  void aTypeThatDoesNotFollowTheArgumentIsFound() {
    F1<Tensor, Tensor> f = x -> Lax.convertElementType(Lax.sin(x), DType.F64);
    LawViolation e = broken(f, Tensors.floats().shape(2));
    assertThat(e.law()).isEqualTo(Law.TYPES);
    assertThat(e).hasMessageContaining("with arguments in f32 values 0 have the type f64[2]");
  }

  @Test
  void nothingIsAskedOfDerivativesAtAKink() {
    Laws.of((Tensor x) -> Lax.abs(x)).check(Tensor.of(new float[] {0, 1}));
    Laws.of((Tensor x) -> Lax.floor(x)).check(Tensor.of(new float[] {0, 1}));
  }
}
