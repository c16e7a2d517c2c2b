package org.cornu.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.cornu.ops.Np;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.junit.jupiter.api.Test;

final class AdaptTest {
  private static Tensor data(int rows, int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] out = new float[rows * columns];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) random.nextDouble(-3, 5);
    }
    return Tensor.of(out, rows, columns);
  }

  @Test
  void normalizesToMeanZeroAndVarianceOne() {
    Tensor x = data(50, 3, 1);
    Tensor y = new Normalization().adapt(x).apply(x);
    for (float mean : Np.mean(y, 0).toFloatArray()) {
      assertThat(mean).isCloseTo(0, within(1e-5f));
    }
    for (float variance : Np.var(y, 0).toFloatArray()) {
      assertThat(variance).isCloseTo(1, within(1e-4f));
    }
  }

  @Test
  void batchesGiveTheSameAsTheWhole() {
    Tensor x = data(60, 2, 2);
    Normalization whole = new Normalization().adapt(x);
    Normalization pieces = new Normalization().adapt(Np.split(x, new int[] {20, 25}, 0));
    for (int i = 0; i < 2; i++) {
      float[] a = whole.weights().get(i).value().toFloatArray();
      float[] b = pieces.weights().get(i).value().toFloatArray();
      assertThat(b).containsExactly(a, within(1e-4f));
    }
    Normalization inverse = new Normalization().invert(true).adapt(List.of(x));
    assertThat(inverse.apply(whole.apply(x)).toFloatArray())
        .containsExactly(x.toFloatArray(), within(1e-4f));
  }

  @Test
  void binsAreAboutEquallyFull() {
    Tensor x = data(1000, 1, 3);
    int[] counts = new int[4];
    for (int bin : new Discretization(4).adapt(x).apply(x).toIntArray()) {
      counts[bin]++;
    }
    for (int count : counts) {
      assertThat(count).isBetween(230, 270);
    }
  }

  @Test
  void adaptSaysWhatIsWrong() {
    assertThatThrownBy(() -> new Discretization(new double[] {1}).adapt(data(2, 2, 1)))
        .isInstanceOf(OpException.class)
        .hasMessageContaining("bin_boundaries are given");
    assertThatThrownBy(() -> new Discretization(3).apply(data(2, 2, 1)))
        .isInstanceOf(OpException.class)
        .hasMessageContaining("call adapt first");
    Normalization built = new Normalization().adapt(data(4, 3, 1));
    assertThatThrownBy(() -> built.adapt(data(4, 2, 1)))
        .isInstanceOf(OpException.class)
        .hasMessageContaining("does not fit");
  }
}
