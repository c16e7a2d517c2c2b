package org.cornu.tests.oplaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cornu.tests.oplaws.Interpreted.one;
import static org.cornu.tests.oplaws.Interpreted.run;
import static org.cornu.tests.oplaws.Interpreted.some;
import static org.cornu.tests.oplaws.Interpreted.values;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Literal;

/** Rearranging, and what undoes it. */
class ShapeLawsTest {
  private static final int TRIES = 30;

  private static long[] longs(List<Integer> sizes) {
    return sizes.stream().mapToLong(Integer::longValue).toArray();
  }

  @Property(tries = TRIES, seed = "7")
  void reshapeUndoesRavel(
      @ForAll @Size(max = 4) List<@IntRange(max = 4) Integer> sizes, @ForAll long seed) {
    long[] dims = longs(sizes);
    Literal x = some(seed, dims);
    Literal back = run(v -> List.of(Np.reshape(Np.ravel(v.get(0)), dims)), x).get(0);
    assertThat(back).isEqualTo(x);
  }

  @Property(tries = TRIES, seed = "7")
  void theInversePermutationUndoesATranspose(
      @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 4) Integer> sizes, @ForAll long seed) {
    int rank = sizes.size();
    Integer[] order = new Integer[rank];
    Arrays.setAll(order, i -> i);
    double[] keys = some(seed + 1, rank);
    Arrays.sort(order, java.util.Comparator.comparingDouble(i -> keys[i]));
    int[] axes = Arrays.stream(order).mapToInt(i -> i).toArray();
    int[] inverse = new int[rank];
    for (int i = 0; i < rank; i++) {
      inverse[axes[i]] = i;
    }
    Literal x = some(seed, longs(sizes));
    Literal back = run(v -> List.of(Np.transpose(Np.transpose(v.get(0), axes), inverse)), x).get(0);
    assertThat(back).isEqualTo(x);
  }

  @Property(tries = TRIES, seed = "7")
  void flipsAndRollsAreUndone(
      @ForAll @IntRange(max = 5) int m,
      @ForAll @IntRange(min = 1, max = 5) int n,
      @ForAll @IntRange(min = -9, max = 9) int shift,
      @ForAll long seed) {
    Literal x = some(seed, m, n);
    List<Literal> back =
        run(
            v ->
                List.of(
                    Np.flip(Np.flip(v.get(0), -1), 1),
                    Np.roll(Np.roll(v.get(0), shift, 1), -shift, -1),
                    Np.roll(Np.roll(v.get(0), shift), -shift),
                    Np.rot90(Np.rot90(v.get(0), shift, 0, 1), -shift, 0, 1)),
            x);
    assertThat(back).allSatisfy(y -> assertThat(y).isEqualTo(x));
  }

  @Property(tries = TRIES, seed = "7")
  void piecesJoinToTheWhole(
      @ForAll @IntRange(min = 1, max = 7) int m,
      @ForAll @IntRange(max = 4) int n,
      @ForAll @IntRange(min = 1, max = 5) int pieces,
      @ForAll @IntRange(max = 7) int at,
      @ForAll long seed) {
    Literal x = some(seed, m, n);
    List<Literal> back =
        run(
            v ->
                List.of(
                    Np.concatenate(Np.arraySplit(v.get(0), pieces, 0), 0),
                    Np.concatenate(Np.split(v.get(0), new int[] {Math.min(at, m)}, 0), -2),
                    Np.stack(Np.unstack(v.get(0), 0), 0)),
            x);
    assertThat(back).allSatisfy(y -> assertThat(y).isEqualTo(x));
  }

  @Property(tries = TRIES, seed = "7")
  void repeatTileAndRollAreLoops(
      @ForAll @IntRange(min = 1, max = 5) int m,
      @ForAll @IntRange(min = 1, max = 4) int n,
      @ForAll @IntRange(max = 3) int times,
      @ForAll @IntRange(min = -6, max = 6) int shift,
      @ForAll long seed) {
    Literal x = some(seed, m, n);
    double[] in = values(x);
    double[] repeated = new double[m * times * n];
    double[] tiled = new double[m * times * n];
    double[] rolled = new double[m * n];
    for (int i = 0; i < m * times; i++) {
      for (int j = 0; j < n; j++) {
        repeated[i * n + j] = in[i / Math.max(1, times) * n + j];
        tiled[i * n + j] = in[i % m * n + j];
      }
    }
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        rolled[Math.floorMod(i + shift, m) * n + j] = in[i * n + j];
      }
    }
    assertThat(one(v -> Np.repeat(v.get(0), times, 0), x)).containsExactly(repeated);
    assertThat(one(v -> Np.tile(v.get(0), times, 1), x)).containsExactly(tiled);
    assertThat(one(v -> Np.roll(v.get(0), shift, 0), x)).containsExactly(rolled);
  }

  @Property(tries = TRIES, seed = "7")
  void sumsOverBroadcastingCount(
      @ForAll @IntRange(min = 1, max = 4) int m,
      @ForAll @IntRange(max = 4) int copies,
      @ForAll long seed) {
    Literal x = some(seed, m, 1);
    double[] sums = one(v -> Np.sum(Np.broadcastTo(v.get(0), m, copies), 1), x);
    double[] in = values(x);
    for (int i = 0; i < m; i++) {
      assertThat(sums[i]).isCloseTo(copies * in[i], org.assertj.core.data.Offset.offset(1e-12));
    }
  }
}
