package org.cornu.tests.oplaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cornu.tests.oplaws.Interpreted.one;
import static org.cornu.tests.oplaws.Interpreted.reals;
import static org.cornu.tests.oplaws.Interpreted.run;
import static org.cornu.tests.oplaws.Interpreted.some;
import static org.cornu.tests.oplaws.Interpreted.values;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.cornu.ops.Index;
import org.cornu.ops.Linalg;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.tracer.F1;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/**
 * Factors multiply to what they were taken from, and derivatives hold where matrices degenerate.
 */
class DecompositionLawsTest {
  private static final int TRIES = 20;
  private static final Offset<Double> CLOSE = Offset.offset(1e-10);

  private static Tensor t(Tensor x) {
    return Np.swapaxes(x, -1, -2);
  }

  private static Tensor diagonal(Tensor s, long m, long n) {
    Tensor out = Np.zeros(s.dtype(), m, n);
    int k = s.size(0);
    for (int i = 0; i < k; i++) {
      out = Np.at(out, Index.at(i), Index.at(i)).set(Np.get(s, Index.at(i)));
    }
    return out;
  }

  @Property(tries = TRIES, seed = "7")
  void factorsMultiplyToTheMatrix(
      @ForAll @IntRange(max = 5) int m, @ForAll @IntRange(max = 5) int n, @ForAll long seed) {
    Literal x = some(seed, m, n);
    List<Literal> got =
        run(
            v -> {
              Tensor a = v.get(0);
              Linalg.Qr qr = Linalg.qr(a);
              Linalg.Qr complete = Linalg.qr(a, true);
              Linalg.Svd thin = Linalg.svd(a, false);
              Linalg.Svd full = Linalg.svd(a, true);
              Linalg.Lu lu = Linalg.luFactor(a);
              int k = Math.min(m, n);
              Tensor l = Np.add(Np.tril(lu.lu(), -1), Np.eye(a.dtype(), m, n, 0));
              Tensor product =
                  Np.matmul(
                      Np.get(l, Index.ALL, Index.slice(0, k)),
                      Np.get(Np.triu(lu.lu(), 0), Index.slice(0, k), Index.ALL));
              return List.of(
                  Np.matmul(qr.q(), qr.r()),
                  Np.matmul(complete.q(), complete.r()),
                  Np.matmul(Np.multiply(thin.u(), thin.s()), thin.vh()),
                  Np.matmul(Np.matmul(full.u(), diagonal(full.s(), m, n)), full.vh()),
                  Np.take(product, Np.argsort(lu.permutation(), 0), 0));
            },
            x);
    for (Literal product : got) {
      assertThat(values(product)).containsExactly(values(x), CLOSE);
    }
    List<Literal> orthonormal =
        run(
            v ->
                List.of(
                    Np.matmul(t(Linalg.qr(v.get(0), true).q()), Linalg.qr(v.get(0), true).q()),
                    Np.matmul(t(Linalg.svd(v.get(0), true).u()), Linalg.svd(v.get(0), true).u()),
                    Np.eye(org.cornu.stablehlo.ir.DType.F64, m, m, 0)),
            x);
    double[] eye = values(orthonormal.get(2));
    assertThat(values(orthonormal.get(0))).containsExactly(eye, CLOSE);
    assertThat(values(orthonormal.get(1))).containsExactly(eye, CLOSE);
  }

  @Property(tries = TRIES, seed = "7")
  void eigenvectorsAreStretched(
      @ForAll @IntRange(max = 5) int n, @ForAll @IntRange(max = 5) int rank, @ForAll long seed) {
    int r = Math.min(rank, n);
    // Of rank r: the eigenvalue 0 comes n - r times.
    List<Literal> got =
        run(
            v -> {
              Tensor a = Np.matmul(v.get(0), t(v.get(0)));
              Linalg.Eigen e = Linalg.eigh(a);
              return List.of(
                  a,
                  Np.matmul(Np.multiply(e.vectors(), e.values()), t(e.vectors())),
                  Np.matmul(t(e.vectors()), e.vectors()),
                  Np.eye(a.dtype(), n, n, 0));
            },
            some(seed, n, r));
    assertThat(values(got.get(1))).containsExactly(values(got.get(0)), CLOSE);
    assertThat(values(got.get(2))).containsExactly(values(got.get(3)), CLOSE);
    Literal a = some(seed + 1, n, n);
    List<Literal> general =
        run(
            v -> {
              Linalg.Eigen e = Linalg.eig(v.get(0));
              Tensor difference =
                  Np.subtract(
                      Np.matmul(v.get(0), e.vectors()), Np.multiply(e.vectors(), e.values()));
              return List.of(Np.abs(difference));
            },
            a);
    assertThat(Arrays.stream(values(general.get(0))).allMatch(d -> d < 1e-9)).isTrue();
  }

  @Property(tries = TRIES, seed = "7")
  void theGradientOfADeterminantIsItsCofactorsAtAnyRank(
      @ForAll @IntRange(min = 1, max = 5) int n,
      @ForAll @IntRange(max = 3) int missing,
      @ForAll long seed) {
    int rank = Math.max(0, n - missing);
    double[] left = some(seed, n * rank);
    double[] right = some(seed + 1, rank * n);
    double[] a = new double[n * n];
    for (int i = 0; i < n * n; i++) {
      for (int k = 0; k < rank; k++) {
        a[i] += left[i / n * rank + k] * right[k * n + i % n];
      }
    }
    double[] got =
        one(v -> Transforms.grad((Tensor x) -> Linalg.det(x)).apply(v.get(0)), reals(a, n, n));
    double[] want = new double[n * n];
    double size = 1;
    for (int i = 0; i < n * n; i++) {
      want[i] = ((i / n + i % n) % 2 == 0 ? 1 : -1) * det(minor(a, n, i / n, i % n), n - 1);
      size = Math.max(size, Math.abs(want[i]));
    }
    assertThat(got).containsExactly(want, Offset.offset(1e-10 * size));
  }

  private static double[] minor(double[] a, int n, int row, int column) {
    double[] out = new double[(n - 1) * (n - 1)];
    int next = 0;
    for (int i = 0; i < n * n; i++) {
      if (i / n != row && i % n != column) {
        out[next++] = a[i];
      }
    }
    return out;
  }

  private static double det(double[] a, int n) {
    if (n == 0) {
      return 1;
    }
    double out = 0;
    for (int j = 0; j < n; j++) {
      out += (j % 2 == 0 ? 1 : -1) * a[j] * det(minor(a, n, 0, j), n - 1);
    }
    return out;
  }

  @Property(tries = 8, seed = "7")
  void whatCompletesSingularVectorsTurnsWithThem(
      @ForAll @IntRange(min = 1, max = 4) int m,
      @ForAll @IntRange(min = 1, max = 4) int n,
      @ForAll long seed) {
    // The projection on the complement of the range does not depend on how it is spanned.
    int k = Math.min(m, n);
    F1<Tensor, List<Tensor>> complements =
        a -> {
          Linalg.Svd svd = Linalg.svd(a, true);
          Tensor u = Np.get(svd.u(), Index.ALL, Index.slice(k, m));
          Tensor v = Np.get(svd.vh(), Index.slice(k, n), Index.ALL);
          return List.of(Np.matmul(u, t(u)), Np.matmul(t(v), v));
        };
    double[] a = some(seed, m * n);
    for (int i = 0; i < k; i++) {
      a[i * n + i] += 4 + 3 * i;
    }
    double[] direction = some(seed + 1, m * n);
    List<Literal> tangents =
        run(
            v -> Transforms.jvp(complements, v.get(0), v.get(1)).tangent(),
            reals(a, m, n),
            reals(direction, m, n));
    double[] above = a.clone();
    double[] below = a.clone();
    Arrays.setAll(above, i -> a[i] + 1e-5 * direction[i]);
    Arrays.setAll(below, i -> a[i] - 1e-5 * direction[i]);
    List<Literal> high = run(v -> complements.apply(v.get(0)), reals(above, m, n));
    List<Literal> low = run(v -> complements.apply(v.get(0)), reals(below, m, n));
    for (int side = 0; side < 2; side++) {
      double[] slope = values(high.get(side));
      double[] other = values(low.get(side));
      Arrays.setAll(slope, i -> (slope[i] - other[i]) / 2e-5);
      assertThat(values(tangents.get(side))).containsExactly(slope, Offset.offset(1e-7));
    }
    // Reverse mode exists, and agrees.
    double[] forward = values(tangents.get(0));
    double[] weights = some(seed + 2, m * m);
    double[] back =
        one(
            v ->
                Transforms.vjp((Tensor x) -> complements.apply(x).get(0), v.get(0))
                    .pullback()
                    .apply(v.get(1)),
            reals(a, m, n),
            reals(weights, m, m));
    double x = 0;
    double y = 0;
    for (int i = 0; i < m * m; i++) {
      x += weights[i] * forward[i];
    }
    for (int i = 0; i < m * n; i++) {
      y += back[i] * direction[i];
    }
    assertThat(y).isCloseTo(x, Offset.offset(1e-9 * (1 + Math.abs(x))));
  }
}
