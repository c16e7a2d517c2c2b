package org.cornu.layers;

import static org.assertj.core.api.Assertions.assertThat;

import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeDistributedTest {
  /** The types that Keras 3.15 returns with JAX. */
  @ParameterizedTest
  @CsvSource({
    "float32, F32",
    "float16, F32",
    "bfloat16, F32",
    "mixed_float16, F16",
    "mixed_bfloat16, BF16"
  })
  void returnsTheTypeThatKerasReturnsAroundALayerOfF32(String policy, DType expected) {
    TimeDistributed layer = new TimeDistributed(new Dense(3)).dtype(policy);
    assertThat(layer.apply(Np.ones(DType.F32, 2, 3, 4)).dtype()).isEqualTo(expected);
  }
}
