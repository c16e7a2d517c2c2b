package org.cornu.tests.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.cornu.ops.Linalg;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.F1;
import org.cornu.tracer.Scope;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Forward errors of linear algebra in f32 and f64, against numbers of twice double precision: at
 * most 1e-5 and 1e-10 of the largest element, for random matrices and for those of condition 1e4.
 */
class LinalgAccuracyTest {
  private static double tolerance(DType dtype) {
    return dtype == DType.F32 ? 1e-5 : 1e-10;
  }

  /** What a function gives and what it should give. */
  private record Case(F1<List<Tensor>, Tensor> function, double[] expected) {}

  /** A matrix as the type holds it. */
  private static double[] rounded(DType dtype, double[] values) {
    if (dtype == DType.F32) {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) values[i];
      }
    }
    return values;
  }

  private static double[] matrix(DType dtype, int m, int n, double cond, SplittableRandom random) {
    return rounded(
        dtype, cond > 0 ? Exact.withCondition(m, n, cond, random) : Exact.random(m, n, random));
  }

  private static Literal literal(DType dtype, int m, int n, double[] values) {
    return Literal.ofDoubles(TensorType.of(dtype, m, n), values);
  }

  /** Runs all cases as one program and compares each. */
  private static void check(DType dtype, Map<String, Case> cases, Literal... inputs) {
    List<Case> list = new ArrayList<>(cases.values());
    try (Scope scope = Scope.open()) {
      List<Tensor> arguments = new ArrayList<>();
      for (Literal input : inputs) {
        arguments.add(Tensor.of(input));
      }
      List<Tensor> got =
          Transforms.jit(
                  (List<Tensor> in) -> list.stream().map(c -> c.function().apply(in)).toList())
              .apply(arguments);
      List<String> wrong = new ArrayList<>();
      int next = 0;
      for (Map.Entry<String, Case> entry : cases.entrySet()) {
        Tensor result = got.get(next++);
        assertThat(result.dtype()).as(entry.getKey()).isEqualTo(dtype);
        double error = error(result.toDoubleArray(), entry.getValue().expected());
        if (!(error <= tolerance(dtype))) {
          wrong.add(entry.getKey() + ": " + error);
        }
      }
      assertThat(wrong).isEmpty();
    }
  }

  private static double error(double[] got, double[] want) {
    assertThat(got).hasSameSizeAs(want);
    double size = 0;
    double worst = 0;
    for (int i = 0; i < want.length; i++) {
      size = Math.max(size, Math.abs(want[i]));
      worst = Math.max(worst, Math.abs(got[i] - want[i]));
      if (Double.isNaN(got[i])) {
        return Double.NaN;
      }
    }
    return size == 0 ? worst : worst / size;
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "5, 0", "33, 1e4", "130, 1e4"})
  void solutionsInversesAndDeterminants(int n, double cond) {
    for (DType dtype : List.of(DType.F32, DType.F64)) {
      SplittableRandom random = new SplittableRandom(n);
      double[] a = matrix(dtype, n, n, cond, random);
      double[] b = rounded(dtype, Exact.random(n, 3, random));
      Exact exact = Exact.of(n, n, a);
      Exact right = Exact.of(n, 3, b);
      double[] signAndLog = exact.signAndLog();
      Map<String, Case> cases = new LinkedHashMap<>();
      cases.put(
          "solve", new Case(x -> Linalg.solve(x.get(0), x.get(1)), exact.solve(right).values()));
      double[] inverse = exact.solve(Exact.identity(n)).values();
      cases.put("inv", new Case(x -> Linalg.inv(x.get(0)), inverse));
      cases.put("pinv", new Case(x -> Linalg.pinv(x.get(0), 1e-7), inverse));
      cases.put(
          "slogdet, sign",
          new Case(x -> Linalg.slogdet(x.get(0)).sign(), new double[] {signAndLog[0]}));
      cases.put(
          "slogdet, log",
          new Case(x -> Linalg.slogdet(x.get(0)).logabsdet(), new double[] {signAndLog[1]}));
      if (n <= 33 && cond == 0 || n <= 5) {
        double det = signAndLog[0] * Math.exp(signAndLog[1]);
        cases.put("det", new Case(x -> Linalg.det(x.get(0)), new double[] {det}));
      }
      check(dtype, cases, literal(dtype, n, n, a), literal(dtype, n, 3, b));
    }
  }

  @Test
  void emptyMatricesAndStacks() {
    try (Scope scope = Scope.open()) {
      Tensor none = Np.zeros(0, 0);
      Tensor flat = Np.zeros(2, 0, 3);
      assertThat(Linalg.inv(none).shape().dims()).containsExactly(0, 0);
      assertThat(Linalg.solve(none, Np.zeros(0, 2)).shape().dims()).containsExactly(0, 2);
      assertThat(Linalg.det(none).item()).isEqualTo(1);
      assertThat(Linalg.slogdet(none).logabsdet().item()).isEqualTo(0);
      assertThat(Linalg.cholesky(none).shape().dims()).containsExactly(0, 0);
      assertThat(Linalg.eigh(none).vectors().shape().dims()).containsExactly(0, 0);
      assertThat(Linalg.eig(none).vectors().shape().dims()).containsExactly(0, 0);
      assertThat(Linalg.pinv(flat, null).shape().dims()).containsExactly(2, 3, 0);
      assertThat(Linalg.svd(flat, true).vh().shape().dims()).containsExactly(2, 3, 3);
      assertThat(Linalg.svd(flat, false).u().shape().dims()).containsExactly(2, 0, 0);
      assertThat(Linalg.qr(flat, false).r().shape().dims()).containsExactly(2, 0, 3);
      assertThat(Linalg.matrixRank(flat, null).toIntArray()).containsExactly(0, 0);
      Tensor batch = Np.multiply(Np.broadcastTo(Np.eye(3), 2, 1, 3, 3), 2.0);
      assertThat(Linalg.det(batch).shape().dims()).containsExactly(2, 1);
      assertThat(Linalg.solve(batch, Np.ones(2, 4, 3, 1)).shape().dims())
          .containsExactly(2, 4, 3, 1);
      assertThat(Linalg.lstsq(Np.ones(3, 2), Np.ones(3), null).toDoubleArray())
          .containsExactly(new double[] {0.5, 0.5}, Offset.offset(1e-6));
    }
  }

  @ParameterizedTest
  @CsvSource({"20, 20, 1e4", "30, 12, 1e4", "5, 1, 0"})
  void factorsAndLeastSquares(int m, int n, double cond) {
    for (DType dtype : List.of(DType.F32, DType.F64)) {
      SplittableRandom random = new SplittableRandom(m);
      double[] a = matrix(dtype, m, n, cond, random);
      double[] b = rounded(dtype, Exact.random(m, 2, random));
      double[] spd = new double[n * n];
      double[] half =
          Exact.of(n, n, Exact.withCondition(n, n, cond > 0 ? 1e2 : 5, random)).values();
      System.arraycopy(
          Exact.of(n, n, half).times(Exact.of(n, n, half).transposed()).values(), 0, spd, 0, n * n);
      rounded(dtype, spd);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < i; j++) {
          spd[i * n + j] = spd[j * n + i];
        }
      }
      double[] c = rounded(dtype, Exact.random(n, 2, random));
      Exact exact = Exact.of(m, n, a);
      Exact inverse = exact.pseudoInverse();
      Exact r = exact.transposed().times(exact).cholesky().transposed();
      Exact q = r.transposed().solve(exact.transposed()).transposed();
      Exact l = Exact.of(n, n, spd).cholesky();
      Map<String, Case> cases = new LinkedHashMap<>();
      cases.put("pinv", new Case(x -> Linalg.pinv(x.get(0), 1e-7), inverse.values()));
      cases.put(
          "pinv of the transpose",
          new Case(
              x -> Linalg.pinv(Np.swapaxes(x.get(0), 0, 1), 1e-7), inverse.transposed().values()));
      cases.put(
          "lstsq",
          new Case(
              x -> Linalg.lstsq(x.get(0), x.get(1), null),
              inverse.times(Exact.of(m, 2, b)).values()));
      // The diagonal of R may be negative.
      cases.put("qr, R", new Case(x -> signed(Linalg.qr(x.get(0)), false), r.values()));
      cases.put(
          "solveTriangular",
          new Case(
              x -> Linalg.solveTriangular(Linalg.cholesky(x.get(2)), x.get(3), true),
              l.solve(Exact.of(n, 2, c)).values()));
      cases.put(
          "expm", new Case(x -> Linalg.expm(x.get(2)), exponential(Exact.of(n, n, spd)).values()));
      cases.put("qr, Q", new Case(x -> signed(Linalg.qr(x.get(0)), true), q.values()));
      cases.put("cholesky", new Case(x -> Linalg.cholesky(x.get(2)), l.values()));
      double[] identity = Exact.identity(n).values();
      cases.put("svd, U", new Case(x -> gram(Linalg.svd(x.get(0), false).u()), identity));
      cases.put(
          "svd, V",
          new Case(x -> gram(Np.swapaxes(Linalg.svd(x.get(0), false).vh(), 0, 1)), identity));
      cases.put("svd, product", new Case(x -> product(Linalg.svd(x.get(0), false)), a));
      if (cond > 0) {
        double[] s = new double[n];
        for (int i = 0; i < n; i++) {
          s[i] = Exact.singular(i, n, cond);
        }
        cases.put("svdvals", new Case(x -> Linalg.svdvals(x.get(0)), s));
      }
      cases.put("eigh, V", new Case(x -> gram(Linalg.eigh(x.get(2)).vectors()), identity));
      cases.put(
          "eigh, product",
          new Case(
              x -> {
                Linalg.Eigen e = Linalg.eigh(x.get(2));
                return Np.matmul(
                    Np.multiply(e.vectors(), e.values()), Np.swapaxes(e.vectors(), 0, 1));
              },
              spd));
      check(
          dtype,
          cases,
          literal(dtype, m, n, a),
          literal(dtype, m, 2, b),
          literal(dtype, n, n, spd),
          literal(dtype, n, 2, c));
    }
  }

  /** Taylor's sum, for a matrix whose largest eigenvalue is about 1. */
  private static Exact exponential(Exact a) {
    Exact out = Exact.identity(a.rows);
    for (int k = 40; k > 0; k--) {
      out = a.times(out).scaled(1.0 / k).plusIdentity();
    }
    return out;
  }

  private static Tensor gram(Tensor x) {
    return Np.matmul(Np.swapaxes(x, 0, 1), x);
  }

  private static Tensor product(Linalg.Svd svd) {
    return Np.matmul(Np.multiply(svd.u(), svd.s()), svd.vh());
  }

  private static Tensor signed(Linalg.Qr qr, boolean q) {
    Tensor sign = Np.sign(Np.diagonal(qr.r()));
    return q ? Np.multiply(qr.q(), sign) : Np.multiply(qr.r(), Np.expandDims(sign, 1));
  }
}
