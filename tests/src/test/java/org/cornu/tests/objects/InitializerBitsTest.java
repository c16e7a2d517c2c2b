package org.cornu.tests.objects;

import static org.assertj.core.api.Assertions.assertThat;

import org.cornu.initializers.RandomNormal;
import org.cornu.initializers.TruncatedNormal;
import org.cornu.ops.Random;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.SeedGenerator;
import org.cornu.tracer.Scope;
import org.cornu.tracer.Tensor;
import org.junit.jupiter.api.Test;

/**
 * Initializers give Keras' values to the bit: the deviation and the mean are applied one after the
 * other, each rounded, and not contracted within one program.
 */
class InitializerBitsTest {
  private static final long SEED = 135520872;
  private static final float MEAN = -0.49f;
  private static final float DEVIATION = 1.524f;

  @Test
  void deviationAndMeanAreRoundedOneAfterTheOther() {
    try (Scope scope = Scope.open()) {
      Tensor key = SeedGenerator.key(SEED);
      Shape shape = Shape.of(7, 4, 2);
      assertThat(new RandomNormal(-0.49, 1.524, SEED).apply(shape, DType.F32).toFloatArray())
          .isEqualTo(spread(Random.normal(key, 7, 4, 2)));
      assertThat(new TruncatedNormal(-0.49, 1.524, SEED).apply(shape, DType.F32).toFloatArray())
          .isEqualTo(spread(Random.truncatedNormal(key, -2, 2, DType.F32, 7, 4, 2)));
    }
  }

  private static float[] spread(Tensor standard) {
    float[] values = standard.toFloatArray();
    for (int i = 0; i < values.length; i++) {
      float scaled = values[i] * DEVIATION;
      values[i] = scaled + MEAN;
    }
    return values;
  }
}
