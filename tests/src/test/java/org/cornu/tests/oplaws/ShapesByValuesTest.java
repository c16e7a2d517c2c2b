package org.cornu.tests.oplaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.cornu.ops.Index;
import org.cornu.ops.Np;
import org.cornu.tracer.F1;
import org.cornu.tracer.Scope;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.junit.jupiter.api.Test;

/** Results whose shape rests on values: outside of programs, and inside with a size or an error. */
class ShapesByValuesTest {
  private static final float[] X = {3, 0, 1, 3, 0};

  @Test
  void outsideOfProgramsTheValuesDecide() {
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.of(X);
      assertThat(Np.nonzero(x).get(0).toIntArray()).containsExactly(0, 2, 3);
      assertThat(Np.get(x, Index.at(Np.greater(x, 1.0))).toDoubleArray()).containsExactly(3, 3);
      assertThat(Np.extract(Np.less(x, 1.0), x).toDoubleArray()).containsExactly(0, 0);
      Np.Unique unique = Np.unique(x, null, null, null);
      assertThat(unique.values().toDoubleArray()).containsExactly(0, 1, 3);
      assertThat(unique.counts().toIntArray()).containsExactly(2, 1, 2);
      assertThat(Np.setdiff1d(x, Tensor.of(new float[] {1}), null).toDoubleArray())
          .containsExactly(0, 3);
      assertThat(Np.nonzero(Np.zeros(2)).get(0).toIntArray()).isEmpty();
    }
  }

  @Test
  void insideTheyTakeASize() {
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.of(X);
      assertThat(jit(v -> Np.nonzero(v, 4, -1).get(0), x).toIntArray())
          .containsExactly(0, 2, 3, -1);
      assertThat(jit(v -> Np.nonzero(v, 2, -1).get(0), x).toIntArray()).containsExactly(0, 2);
      assertThat(jit(v -> Np.unique(v, null, 4, 9.0).values(), x).toDoubleArray())
          .containsExactly(0, 1, 3, 9);
      assertThat(jit(v -> Np.at(v, Index.at(Np.greater(v, 1.0))).set(7), x).toDoubleArray())
          .containsExactly(7, 0, 1, 7, 0);
    }
  }

  private static Tensor jit(F1<Tensor, Tensor> f, Tensor x) {
    return Transforms.jit(f).apply(x);
  }

  @Test
  void withoutASizeTheErrorSaysSo() {
    try (Scope scope = Scope.open()) {
      Tensor x = Tensor.of(X);
      List<F1<Tensor, Tensor>> functions =
          List.of(
              v -> Np.nonzero(v).get(0),
              v -> Np.unique(v, null, null, null).values(),
              v -> Np.get(v, Index.at(Np.greater(v, 1.0))),
              v -> Np.extract(Np.greater(v, 1.0), v));
      for (F1<Tensor, Tensor> f : functions) {
        assertThatThrownBy(() -> jit(f, x))
            .isInstanceOf(RuntimeException.class)
            .hasMessageContaining("hint")
            .hasMessageContaining("ShapesByValuesTest.java");
      }
    }
  }
}
