package org.cornu.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import org.cornu.ops.Np;
import org.cornu.ops.Random;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/** Arbitrary tensors are what they say, and shrink. */
class TensorsTest {
  @Provide
  Arbitrary<Tensor> bounded() {
    return Tensors.of(DType.F32).between(-1.5, 2.5).awayFromZero(0.25);
  }

  @Property(tries = 50, seed = "1")
  void elementsLieWithinTheBounds(@ForAll("bounded") Tensor x) {
    Literal values = x.toLiteral();
    assertThat(x.dtype()).isEqualTo(DType.F32);
    assertThat(x.rank()).isLessThanOrEqualTo(3);
    for (int i = 0; i < values.count(); i++) {
      assertThat(Math.abs(values.doubleAt(i))).isBetween(0.25, 2.5);
      assertThat(values.doubleAt(i)).isGreaterThanOrEqualTo(-1.5);
    }
  }

  @Provide
  Arbitrary<List<Shape>> shapes() {
    return Tensors.broadcastable(3, 3, 4);
  }

  @Property(tries = 50, seed = "1")
  void shapesBroadcast(@ForAll("shapes") List<Shape> shapes) {
    List<Tensor> specs = shapes.stream().map(s -> Tensor.spec(DType.F32, s.dims())).toList();
    Tensor sum =
        Transforms.evalShape((List<Tensor> x) -> x.stream().reduce(Np::add).orElseThrow(), specs);
    assertThat(sum.shape()).isEqualTo(shapes.get(0));
  }

  @Provide
  Arbitrary<Tensor> special() {
    return Tensors.ofAny(DType.F32, DType.F16, DType.I8, DType.BOOL, DType.C64, DType.U64)
        .filter(x -> x.count() > 0);
  }

  @Property(tries = 30, seed = "1")
  void allTypesAreDrawn(@ForAll("special") Tensor x) {
    assertThat(x.toLiteral().count()).isPositive();
  }

  @Example
  void specialElementsAreAmongThem() {
    java.util.Random random = new java.util.Random(3);
    RandomGenerator<Tensor> generator =
        Tensors.of(DType.F16).shape(8).withSpecials().generator(1000, false);
    List<Tensor> some =
        java.util.stream.Stream.generate(() -> generator.next(random).value()).limit(40).toList();
    boolean nan = false;
    boolean infinite = false;
    for (Tensor x : some) {
      for (double v : x.toDoubleArray()) {
        nan |= Double.isNaN(v);
        infinite |= Double.isInfinite(v);
      }
    }
    assertThat(nan).isTrue();
    assertThat(infinite).isTrue();
  }

  @Provide
  Arbitrary<Tensor> keys() {
    return Tensors.keys();
  }

  @Property(tries = 5, seed = "1")
  void keysAreKeys(@ForAll("keys") Tensor key) {
    assertThat(Random.keyData(key)).isSameAs(key);
  }

  record Pair(Tensor a, int n) {}

  @Example
  void recordsAreMadeOfTheirComponents() {
    assertThatThrownBy(() -> Tensors.records(Pair.class, Tensors.floats()))
        .hasMessage("records: Pair has 2 components: got 1 arbitraries");
    Pair p =
        Tensors.records(Pair.class, Tensors.floats().shape(2), net.jqwik.api.Arbitraries.just(3))
            .sample();
    assertThat(p.n()).isEqualTo(3);
    assertThat(p.a().shape()).isEqualTo(Shape.of(2));
  }

  @Example
  void tensorsShrinkToAScalarZero() {
    RandomGenerator<Tensor> generator = Tensors.floats().generator(10, false);
    Shrinkable<Tensor> at = generator.next(new java.util.Random(3));
    for (int i = 0; i < 500; i++) {
      var smaller = at.shrink().findFirst();
      if (smaller.isEmpty()) {
        break;
      }
      at = smaller.get();
    }
    assertThat(at.value().rank()).isZero();
    assertThat(at.value().item()).isZero();
  }
}
