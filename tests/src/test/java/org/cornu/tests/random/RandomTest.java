package org.cornu.tests.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.cornu.ops.KeyKind;
import org.cornu.ops.Np;
import org.cornu.ops.Random;
import org.cornu.stablehlo.interpreter.Interpreter;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.tracer.F1;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.junit.jupiter.api.Test;

/** What random numbers are beyond their values: keys, derivatives, batches, mistakes. */
class RandomTest {
  private static final Tensor KEY = Random.key(5);

  /** {@code jax.grad} of the sum of {@code jax.random.gamma(key(5), a)} in f64. */
  @Test
  void gammaIsDifferentiableInItsShape() {
    double[] shapes = {0.3, 1.5, 9};
    F1<Tensor, Tensor> sum = a -> Np.sum(Random.gamma(KEY, a, DType.F64));
    double[] slope = Transforms.jit(Transforms.grad(sum)).apply(Tensor.of(shapes)).toDoubleArray();
    assertThat(slope).containsExactly(GAMMA_SLOPES, Offset.offset(1e-9));
    double[] logarithmic =
        Transforms.jit(Transforms.grad((Tensor a) -> Np.sum(Random.loggamma(KEY, a, DType.F64))))
            .apply(Tensor.of(shapes))
            .toDoubleArray();
    assertThat(logarithmic).containsExactly(LOG_GAMMA_SLOPES, Offset.offset(1e-9));
  }

  private static final double[] GAMMA_SLOPES = {
    0.03430060223117119, 1.555713896595956, 1.540383512457176
  };
  private static final double[] LOG_GAMMA_SLOPES = {
    20.82873483419634, 0.5124623768910522, 0.07000888529278385
  };

  @Test
  void aSecondDerivativeOfGammaIsRefused() {
    F1<Tensor, Tensor> gamma = a -> Random.gamma(KEY, a, DType.F32);
    assertThatThrownBy(
            () -> Transforms.jit(Transforms.grad(Transforms.grad(gamma))).apply(Tensor.of(2f)))
        .hasMessageContaining("has no transpose rule");
  }

  @Test
  void batchedKeysDrawAsEachAlone() {
    Tensor keys = Random.split(KEY, 3);
    F1<Tensor, Tensor> draw =
        key -> Np.add(Random.normal(key, DType.F32, 4), Random.gamma(key, 0.7, DType.F32, 4));
    Tensor all = Transforms.jit(Transforms.vmap(draw)).apply(keys);
    var one = Transforms.jit(draw);
    for (int i = 0; i < 3; i++) {
      float[] alone = one.apply(Random.keyAt(keys, i)).toFloatArray();
      float[] row = Arrays.copyOfRange(all.toFloatArray(), 4 * i, 4 * i + 4);
      for (int k = 0; k < 4; k++) {
        assertThat(row[k]).isCloseTo(alone[k], Offset.offset(1e-5f));
      }
    }
  }

  @Test
  void keysOfTheDevicesGenerator() {
    Tensor key = Random.key(3, KeyKind.RBG);
    assertThat(key.toLongArray()).containsExactly(0, 3, 0, 3);
    assertThat(Random.keyKind(key)).isEqualTo(KeyKind.RBG);
    Tensor keys = Random.split(key, 2);
    // each half is split by threefry
    long[] half = Random.split(Random.key(3), 2).toLongArray();
    assertThat(keys.toLongArray())
        .containsExactly(half[0], half[1], half[0], half[1], half[2], half[3], half[2], half[3]);
    double[] u = Random.uniform(key, DType.F32, 2000).toDoubleArray();
    double[] again = Random.uniform(key, DType.F32, 2000).toDoubleArray();
    assertThat(again).containsExactly(u);
    assertThat(Arrays.stream(u).average().orElseThrow()).isCloseTo(0.5, Offset.offset(0.03));
    assertThat(Random.foldIn(key, 7).shape()).isEqualTo(key.shape());
    assertThatThrownBy(() -> Random.poisson(key, 2, DType.I32))
        .hasMessageContaining("poisson: needs a key of threefry2x32: got one of rbg");
  }

  @Test
  void theOpGivesTheInterpretersBits() {
    for (String algorithm : List.of("THREE_FRY", "PHILOX")) {
      F1<Tensor, List<Tensor>> f =
          state -> {
            Random.GeneratedBits out = Random.rngBitGenerator(state, algorithm, DType.U32, 3, 5);
            return List.of(out.state(), out.bits());
          };
      Tensor state =
          Tensor.of(Literal.ofLongs(org.cornu.stablehlo.ir.TensorType.of(DType.U64, 2), 17, 4));
      List<Tensor> device = Transforms.jit(f).apply(state);
      List<Literal> reference =
          new Interpreter()
              .run(Transforms.makeGraph(f, Tensor.spec(DType.U64, 2)), List.of(state.toLiteral()));
      assertThat(device.get(1).toLiteral()).as(algorithm).isEqualTo(reference.get(1));
      assertThat(device.get(0).toLiteral()).as(algorithm).isEqualTo(reference.get(0));
    }
  }

  @Test
  void allRootsOfACovarianceGiveIt() {
    Tensor mean = Tensor.of(new double[] {1, -1});
    Tensor covariance = Tensor.of(new double[][] {{2, 0.6}, {0.6, 1}});
    for (Random.CovarianceRoot root : Random.CovarianceRoot.values()) {
      double[] x =
          Random.multivariateNormal(KEY, mean, covariance, root, DType.F64, 20000).toDoubleArray();
      double[] moments = new double[5];
      for (int i = 0; i < 20000; i++) {
        double a = x[2 * i] - 1;
        double b = x[2 * i + 1] + 1;
        double[] terms = {a, b, a * a, a * b, b * b};
        for (int k = 0; k < 5; k++) {
          moments[k] += terms[k] / 20000;
        }
      }
      assertThat(moments)
          .as("%s", root)
          .containsExactly(new double[] {0, 0, 2, 0.6, 1}, Offset.offset(0.06));
    }
  }

  @Test
  void mistakesAreTold() {
    assertThatThrownBy(() -> Random.normal(Random.split(KEY, 2), DType.F32, 3))
        .isInstanceOf(OpException.class)
        .hasMessageContaining("a key must be u32[2] or u32[4]: got u32[2,2]")
        .hasMessageContaining("Random.keyAt");
    assertThatThrownBy(() -> Random.normal(KEY, DType.I32, 3))
        .hasMessageContaining("normal: the type must be f16, bf16, f32 or f64: got i32");
    assertThatThrownBy(() -> Random.gamma(KEY, Tensor.of(new float[] {1, 2, 3}), DType.F32, 2))
        .hasMessageContaining(
            "gamma: a parameter of shape [3] does not broadcast to the shape [2]");
    assertThatThrownBy(() -> Random.choice(KEY, 3, false, null, 4))
        .hasMessageContaining("no more draws than elements: got 4 of 3");
    assertThatThrownBy(() -> Random.choice(KEY, 3, true, Tensor.of(new float[] {0.5f, 0.5f}), 4))
        .hasMessageContaining("choice: p must be a vector of 3 probabilities: got f32[2]");
    assertThatThrownBy(() -> Random.categorical(KEY, Tensor.of(new float[] {0, 1}), -1, false, 3))
        .hasMessageContaining("no more draws than categories: got 3 of 2");
    assertThatThrownBy(() -> Random.randint(KEY, 0, 5, DType.F32))
        .hasMessageContaining("randint: the type must be an integer of 8 to 64 bits: got f32");
    assertThatThrownBy(() -> Random.keyAt(Random.split(KEY, 2), 2))
        .hasMessageContaining("0 <= i < n: got u32[2,2] and i = 2");
  }
}
