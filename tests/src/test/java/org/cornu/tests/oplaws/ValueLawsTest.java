package org.cornu.tests.oplaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cornu.tests.oplaws.Interpreted.integers;
import static org.cornu.tests.oplaws.Interpreted.one;
import static org.cornu.tests.oplaws.Interpreted.reals;
import static org.cornu.tests.oplaws.Interpreted.run;
import static org.cornu.tests.oplaws.Interpreted.some;
import static org.cornu.tests.oplaws.Interpreted.values;
import static org.cornu.tests.oplaws.Interpreted.whole;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.DoubleBinaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.cornu.ops.Index;
import org.cornu.ops.Np;
import org.cornu.ops.Updates;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.tracer.F2;
import org.cornu.tracer.Tensor;

/** Sorting, counting, segments and updates against plain Java. */
class ValueLawsTest {
  private static final int TRIES = 30;
  private static final Offset<Double> CLOSE = Offset.offset(1e-12);

  @Property(tries = TRIES, seed = "7")
  void sortIsAPermutationInOrder(
      @ForAll @IntRange(max = 12) int n, @ForAll @IntRange(max = 2) int nans, @ForAll long seed) {
    double[] in = some(seed, n);
    for (int i = 0; i < Math.min(nans, n); i++) {
      in[i] = Double.NaN;
    }
    double[] want = in.clone();
    Arrays.sort(want); // NaN last, as in NumPy
    List<Literal> got =
        run(
            v -> {
              Tensor order = Np.argsort(v.get(0), 0);
              return List.of(Np.sort(v.get(0), 0), Np.takeAlongAxis(v.get(0), order, 0), order);
            },
            reals(in, n));
    assertThat(values(got.get(0))).containsExactly(want);
    assertThat(values(got.get(1))).containsExactly(want);
    double[] order = values(got.get(2));
    assertThat(Arrays.stream(order).sorted().toArray())
        .containsExactly(java.util.stream.IntStream.range(0, n).asDoubleStream().toArray());
    for (int i = 1; i < n; i++) {
      assertThat(want[i] == want[i - 1] && order[i] < order[i - 1]).as("stable at %d", i).isFalse();
    }
  }

  @Property(tries = TRIES, seed = "7")
  void largestAreTheEndOfTheSorted(
      @ForAll @IntRange(min = 1, max = 12) int n,
      @ForAll @IntRange(min = 1, max = 12) int most,
      @ForAll long seed) {
    int k = Math.min(most, n);
    double[] in = some(seed, n);
    double[] sorted = in.clone();
    Arrays.sort(sorted);
    List<Literal> top = run(v -> Np.topK(v.get(0), k), reals(in, n));
    for (int i = 0; i < k; i++) {
      assertThat(top.get(0).doubleAt(i)).isEqualTo(sorted[n - 1 - i]);
      assertThat(in[(int) top.get(1).longAt(i)]).isEqualTo(sorted[n - 1 - i]);
    }
    int middle = n / 2;
    double median = n % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    assertThat(one(v -> Np.median(v.get(0)), reals(in, n))[0]).isCloseTo(median, CLOSE);
  }

  @Property(tries = TRIES, seed = "7")
  void searchingCountsSmallerOnes(
      @ForAll @IntRange(max = 9) int n, @ForAll @IntRange(max = 6) int m, @ForAll long seed) {
    double[] sorted = some(seed, n);
    Arrays.sort(sorted);
    double[] wanted = some(seed + 1, m);
    for (int i = 0; i < Math.min(m, n); i += 2) {
      wanted[i] = sorted[i];
    }
    for (String side : List.of("left", "right")) {
      double[] got =
          one(v -> Np.searchsorted(v.get(0), v.get(1), side), reals(sorted, n), reals(wanted, m));
      for (int i = 0; i < m; i++) {
        double x = wanted[i];
        long count =
            Arrays.stream(sorted).filter(s -> side.equals("left") ? s < x : s <= x).count();
        assertThat(got[i]).isEqualTo((double) count);
      }
    }
  }

  @Property(tries = TRIES, seed = "7")
  void countsAndDistinctValues(
      @ForAll @IntRange(min = 1, max = 12) int n,
      @ForAll @IntRange(min = 1, max = 6) int bins,
      @ForAll long seed) {
    long[] in = whole(seed, n, 0, 5);
    double[] counted = one(v -> Np.bincount(v.get(0), 5), integers(in, n));
    double[] want = new double[5];
    for (long v : in) {
      want[(int) v]++;
    }
    assertThat(counted).containsExactly(want);
    TreeSet<Long> distinct = new TreeSet<>();
    Arrays.stream(in).forEach(distinct::add);
    int size = distinct.size();
    List<Literal> unique =
        run(
            v -> {
              Np.Unique u = Np.unique(v.get(0), null, size, null);
              return List.of(u.values(), Np.take(u.values(), u.inverse(), 0), u.counts());
            },
            integers(in, n));
    assertThat(values(unique.get(0)))
        .containsExactly(distinct.stream().mapToDouble(v -> v).toArray());
    assertThat(values(unique.get(1))).containsExactly(Arrays.stream(in).asDoubleStream().toArray());
    assertThat(values(unique.get(2)))
        .containsExactly(distinct.stream().mapToDouble(v -> want[v.intValue()]).toArray());

    double[] x = some(seed, n);
    List<Literal> histogram = run(v -> Np.histogram(v.get(0), bins), reals(x, n));
    assertThat(Arrays.stream(values(histogram.get(0))).sum()).isEqualTo(n);
    double[] edges = values(histogram.get(1));
    for (int b = 0; b < bins; b++) {
      double low = edges[b];
      double high = edges[b + 1];
      boolean last = b == bins - 1;
      long inside = Arrays.stream(x).filter(v -> v >= low && (last ? v <= high : v < high)).count();
      assertThat(histogram.get(0).doubleAt(b)).isEqualTo((double) inside);
    }
  }

  @Property(tries = TRIES, seed = "7")
  void segmentsAreLoops(
      @ForAll @IntRange(max = 9) int n,
      @ForAll @IntRange(min = 1, max = 4) int segments,
      @ForAll long seed) {
    double[] in = some(seed, n * 2);
    long[] ids = whole(seed + 1, n, 0, segments + 1); // the last of them lies outside: dropped
    double[][] want = new double[4][segments * 2];
    Arrays.fill(want[1], 1);
    Arrays.fill(want[2], Double.NEGATIVE_INFINITY);
    Arrays.fill(want[3], Double.POSITIVE_INFINITY);
    List<DoubleBinaryOperator> kinds =
        List.of((a, b) -> a + b, (a, b) -> a * b, Math::max, Math::min);
    for (int i = 0; i < n * 2; i++) {
      int at = (int) ids[i / 2] * 2 + i % 2;
      for (int k = 0; k < 4 && ids[i / 2] < segments; k++) {
        want[k][at] = kinds.get(k).applyAsDouble(want[k][at], in[i]);
      }
    }
    List<Literal> got =
        run(
            v ->
                List.of(
                    Np.segmentSum(v.get(0), v.get(1), segments),
                    Np.segmentProd(v.get(0), v.get(1), segments),
                    Np.segmentMax(v.get(0), v.get(1), segments),
                    Np.segmentMin(v.get(0), v.get(1), segments)),
            reals(in, n, 2),
            integers(ids, n));
    for (int k = 0; k < 4; k++) {
      assertThat(values(got.get(k))).containsExactly(want[k], CLOSE);
    }
  }

  @Property(tries = TRIES, seed = "7")
  void updatesAreLoops(
      @ForAll @IntRange(min = 1, max = 5) int m,
      @ForAll @IntRange(min = 1, max = 4) int n,
      @ForAll @IntRange(max = 7) int k,
      @ForAll long seed) {
    double[] in = some(seed, m * n);
    double[] updates = some(seed + 1, k * n);
    long[] rows = whole(seed + 2, k, -m, m);
    check(in, updates, rows, m, n, (u, y) -> u.add(y), Double::sum);
    check(in, updates, rows, m, n, (u, y) -> u.mul(y), (a, b) -> a * b);
    check(in, updates, rows, m, n, (u, y) -> u.max(y), Math::max);
    check(in, updates, rows, m, n, (u, y) -> u.min(y), Math::min);
    if (Arrays.stream(rows).map(r -> Math.floorMod(r, m)).distinct().count() == k) {
      check(in, updates, rows, m, n, (u, y) -> u.set(y), (a, b) -> b);
    }
    double[] got =
        one(v -> Np.at(v.get(0), Index.at(v.get(1))).get(), reals(in, m, n), integers(rows, k));
    for (int i = 0; i < k * n; i++) {
      assertThat(got[i]).isEqualTo(in[(int) Math.floorMod(rows[i / n], m) * n + i % n]);
    }
  }

  private static void check(
      double[] in,
      double[] updates,
      long[] rows,
      int m,
      int n,
      F2<Updates, Tensor, Tensor> update,
      DoubleBinaryOperator f) {
    double[] want = in.clone();
    for (int i = 0; i < updates.length; i++) {
      int at = (int) Math.floorMod(rows[i / n], m) * n + i % n;
      want[at] = f.applyAsDouble(want[at], updates[i]);
    }
    double[] got =
        one(
            v -> update.apply(Np.at(v.get(0), Index.at(v.get(1))), v.get(2)),
            reals(in, m, n),
            integers(rows, rows.length),
            reals(updates, rows.length, n));
    assertThat(got).containsExactly(want, CLOSE);
  }

  @Property(tries = TRIES, seed = "7")
  void cumulativeFoldsAreLoops(@ForAll @IntRange(max = 9) int n, @ForAll long seed) {
    double[] in = some(seed, n * 2);
    double[][] want = {in.clone(), in.clone(), in.clone(), in.clone()};
    List<DoubleBinaryOperator> kinds =
        List.of((a, b) -> a + b, (a, b) -> a * b, Math::max, Math::min);
    for (int i = 2; i < n * 2; i++) {
      for (int k = 0; k < 4; k++) {
        want[k][i] = kinds.get(k).applyAsDouble(want[k][i - 2], in[i]);
      }
    }
    List<Literal> got =
        run(
            v ->
                List.of(
                    Np.cumsum(v.get(0), 0),
                    Np.cumprod(v.get(0), -2),
                    Np.cummax(v.get(0), 0),
                    Np.cummin(v.get(0), 0)),
            reals(in, n, 2));
    for (int k = 0; k < 4; k++) {
      assertThat(values(got.get(k))).containsExactly(want[k], CLOSE);
    }
  }
}
