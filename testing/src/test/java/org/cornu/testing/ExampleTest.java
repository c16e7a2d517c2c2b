package org.cornu.testing;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.cornu.ops.Lax;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/** The example of docs/testing.md. */
class ExampleTest {
  /** A layer as a record of its parameters. */
  record Dense(Tensor kernel, Tensor bias) {
    Tensor apply(Tensor x) {
      return swish(Np.add(Np.matmul(x, kernel), bias));
    }
  }

  static Tensor swish(Tensor x) {
    return x.mul(Nn.sigmoid(x));
  }

  @Provide
  Arbitrary<Dense> layers() {
    return Tensors.records(Dense.class, Tensors.floats().shape(3, 2), Tensors.floats().shape(2));
  }

  @Provide
  Arbitrary<Tensor> rows() {
    return Tensors.floats().shape(4, 3).between(-2, 2);
  }

  private final Laws<Laws.Two<Dense, Tensor>, Tensor> dense = Laws.of(Dense::apply);

  @Property(tries = 5, seed = "1")
  void aLayerObeysTheLaws(@ForAll("layers") Dense layer, @ForAll("rows") Tensor x) {
    dense.check(new Laws.Two<>(layer, x));
  }

  @Example
  void aFunctionOfAnyShapeObeysTheLaws() {
    Laws.of(ExampleTest::swish).named("swish").checkAll(Tensors.floats(), 8);
  }

  /** A function with a derivative of its own: the laws find out whether it is the right one. */
  static Tensor logistic(Tensor x) {
    return Transforms.customJvp(
            (Tensor v) -> Np.divide(1.0, Np.add(Lax.exp(Lax.neg(v)), 1.0)),
            (v, dv) -> {
              Tensor y = Nn.sigmoid(v);
              return new Transforms.Jvp<>(y, Lax.mul(dv, Lax.mul(y, Np.subtract(1.0, y))));
            })
        .apply(x);
  }

  @Example
  void aCustomDerivativeIsTheRightOne() {
    Laws.of(ExampleTest::logistic).named("logistic").checkAll(Tensors.floats().shape(3), 3);
  }
}
