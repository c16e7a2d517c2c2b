package org.cornu.tests.oplaws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cornu.tests.oplaws.Interpreted.count;
import static org.cornu.tests.oplaws.Interpreted.one;
import static org.cornu.tests.oplaws.Interpreted.reals;
import static org.cornu.tests.oplaws.Interpreted.run;
import static org.cornu.tests.oplaws.Interpreted.some;
import static org.cornu.tests.oplaws.Interpreted.values;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.assertj.core.data.Offset;
import org.cornu.ops.Fft;
import org.cornu.ops.Image;
import org.cornu.ops.Interpolation;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.ops.ResizeOptions;
import org.cornu.stablehlo.build.ConvolutionConfig;
import org.cornu.stablehlo.build.WindowConfig;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Literal;

/** Contractions, convolutions, windows, transforms and resizing against loops. */
class LinearLawsTest {
  private static final int TRIES = 30;
  private static final Offset<Double> CLOSE = Offset.offset(1e-11);

  /** Sizes of the axes a, b, c and d. */
  private static final int[] SIZES = {2, 3, 1, 4};

  @Property(tries = TRIES, seed = "7")
  void einsumIsLoops(
      @ForAll @StringLength(max = 3) @CharRange(from = 'a', to = 'd') String left,
      @ForAll @StringLength(max = 3) @CharRange(from = 'a', to = 'd') String right,
      @ForAll @IntRange(max = 15) int kept,
      @ForAll boolean ellipsis,
      @ForAll long seed) {
    StringBuilder result = new StringBuilder();
    for (char c = 'd'; c >= 'a'; c--) {
      if ((kept >> (c - 'a') & 1) == 1 && (left + right).indexOf(c) >= 0) {
        result.append(c);
      }
    }
    String out = result.toString();
    // An ellipsis stands for one more axis, of length 2 in x and 1 in y.
    long[] x = dims(left, ellipsis ? 2 : 0);
    long[] y = dims(right, ellipsis ? 1 : 0);
    String dots = ellipsis ? "..." : "";
    String subscripts = dots + left + "," + dots + right + "->" + dots + out;
    Literal a = some(seed, x);
    Literal b = some(seed + 1, y);
    double[] got = one(v -> Np.einsum(subscripts, v.get(0), v.get(1)), a, b);
    int lines = ellipsis ? 2 : 1;
    double[] want = new double[lines * (int) count(dims(out, 0))];
    int[] at = new int[4];
    for (int line = 0; line < lines; line++) {
      for (int i = 0; i < Arrays.stream(SIZES).reduce(1, (p, q) -> p * q); i++) {
        int rest = i;
        boolean first = true;
        for (int k = 0; k < 4; k++) {
          at[k] = rest % SIZES[k];
          rest /= SIZES[k];
          // Axes that do not occur are not summed over.
          first &= (left + right).indexOf('a' + k) >= 0 || at[k] == 0;
        }
        if (first) {
          int p = line * (int) count(dims(left, 0)) + place(left, at);
          int o = line * (int) count(dims(out, 0)) + place(out, at);
          want[o] += a.doubleAt(p) * b.doubleAt(place(right, at));
        }
      }
    }
    assertThat(got).as(subscripts).containsExactly(want, CLOSE);
  }

  private static long[] dims(String names, int leading) {
    long[] out = new long[names.length() + (leading > 0 ? 1 : 0)];
    for (int i = 0; i < out.length; i++) {
      int name = i - (leading > 0 ? 1 : 0);
      out[i] = name < 0 ? leading : SIZES[names.charAt(name) - 'a'];
    }
    return out;
  }

  private static int place(String names, int[] at) {
    int out = 0;
    for (int i = 0; i < names.length(); i++) {
      int c = names.charAt(i) - 'a';
      out = out * SIZES[c] + at[c];
    }
    return out;
  }

  @Property(tries = TRIES, seed = "7")
  void convolutionsAreLoops(
      @ForAll @IntRange(min = 1, max = 6) int n,
      @ForAll @IntRange(min = 1, max = 3) int k,
      @ForAll @IntRange(min = 1, max = 3) int stride,
      @ForAll @IntRange(min = 1, max = 2) int dilateX,
      @ForAll @IntRange(min = 1, max = 2) int dilateK,
      @ForAll @IntRange(max = 3) int low,
      @ForAll @IntRange(min = 2, max = 4) int high,
      @ForAll @IntRange(min = 1, max = 2) int groups,
      @ForAll boolean reversed,
      @ForAll long seed) {
    int in = 2 * groups;
    int out = 3 * groups;
    Literal x = some(seed, 2, n, in);
    Literal w = some(seed + 1, k, 2, out);
    DimensionNumbers.Convolution dims =
        new DimensionNumbers.Convolution(0, 2, List.of(1L), 1, 2, List.of(0L), 0, 2, List.of(1L));
    double[] got =
        one(
            v ->
                Lax.convGeneralDilated(
                    v.get(0),
                    v.get(1),
                    new ConvolutionConfig(
                        new long[] {stride},
                        new long[][] {{low, high}},
                        new long[] {dilateX},
                        new long[] {dilateK},
                        new boolean[] {reversed},
                        dims,
                        groups,
                        1,
                        null)),
            x,
            w);
    int wide = (n - 1) * dilateX + 1 + low + high;
    int reach = (k - 1) * dilateK + 1;
    int m = wide < reach ? 0 : (wide - reach) / stride + 1;
    double[] want = new double[2 * m * out];
    for (int i = 0; i < want.length; i++) {
      int o = i % out;
      int t = i / out % m;
      int batch = i / out / m;
      for (int j = 0; j < k; j++) {
        int at = t * stride + j * dilateK - low;
        if (at < 0 || at % dilateX != 0 || at / dilateX >= n) {
          continue;
        }
        for (int c = 0; c < 2; c++) {
          int channel = o / 3 * 2 + c;
          want[i] +=
              x.doubleAt((batch * n + at / dilateX) * in + channel)
                  * w.doubleAt(((reversed ? k - 1 - j : j) * 2 + c) * out + o);
        }
      }
    }
    assertThat(got).containsExactly(want, CLOSE);
  }

  @Property(tries = TRIES, seed = "7")
  void windowsAreLoops(
      @ForAll @IntRange(min = 1, max = 7) int n,
      @ForAll @IntRange(min = 1, max = 3) int size,
      @ForAll @IntRange(min = 1, max = 3) int stride,
      @ForAll @IntRange(min = 1, max = 2) int dilateX,
      @ForAll @IntRange(min = 1, max = 2) int dilateWindow,
      @ForAll @IntRange(max = 2) int low,
      @ForAll @IntRange(max = 2) int high,
      @ForAll long seed) {
    Literal x = reals(some(seed, n), n);
    WindowConfig window =
        new WindowConfig(
            new long[] {size},
            new long[] {stride},
            new long[] {dilateX},
            new long[] {dilateWindow},
            new long[][] {{low, high}});
    List<Literal> got =
        run(
            v ->
                List.of(
                    Lax.reduceWindow(v.get(0), Lax.Reduction.ADD, window),
                    Lax.reduceWindow(v.get(0), Lax.Reduction.MAX, window)),
            x);
    int wide = (n - 1) * dilateX + 1 + low + high;
    int reach = (size - 1) * dilateWindow + 1;
    int m = wide < reach ? 0 : (wide - reach) / stride + 1;
    double[] sum = new double[m];
    double[] max = new double[m];
    Arrays.fill(max, Double.NEGATIVE_INFINITY);
    for (int t = 0; t < m; t++) {
      for (int j = 0; j < size; j++) {
        int at = t * stride + j * dilateWindow - low;
        if (at >= 0 && at % dilateX == 0 && at / dilateX < n) {
          sum[t] += x.doubleAt(at / dilateX);
          max[t] = Math.max(max[t], x.doubleAt(at / dilateX));
        }
      }
    }
    assertThat(values(got.get(0))).containsExactly(sum, CLOSE);
    assertThat(values(got.get(1))).containsExactly(max);
  }

  @Property(tries = TRIES, seed = "7")
  void transformsAreSumsAndAreUndone(@ForAll @IntRange(min = 1, max = 9) int n, @ForAll long seed) {
    Literal x = reals(some(seed, n), n);
    List<Literal> got =
        run(
            v ->
                List.of(
                    Np.real(Fft.fft(v.get(0))),
                    Np.imag(Fft.fft(v.get(0))),
                    Np.real(Fft.ifft(Fft.fft(v.get(0)))),
                    Fft.irfft(Fft.rfft(v.get(0)), n),
                    Np.real(Fft.hfft(Fft.ihfft(v.get(0)), n))),
            x);
    double[] in = values(x);
    for (int k = 0; k < n; k++) {
      double re = 0;
      double im = 0;
      for (int i = 0; i < n; i++) {
        re += in[i] * Math.cos(2 * Math.PI * k * i / n);
        im -= in[i] * Math.sin(2 * Math.PI * k * i / n);
      }
      assertThat(got.get(0).doubleAt(k)).isCloseTo(re, CLOSE);
      assertThat(got.get(1).doubleAt(k)).isCloseTo(im, CLOSE);
    }
    for (int i = 2; i < 5; i++) {
      assertThat(values(got.get(i))).containsExactly(in, CLOSE);
    }
  }

  @Property(tries = TRIES, seed = "7")
  void resizedConstantsStayConstant(
      @ForAll @IntRange(min = 1, max = 6) int m,
      @ForAll @IntRange(min = 1, max = 6) int n,
      @ForAll @IntRange(min = 1, max = 9) int height,
      @ForAll @IntRange(min = 1, max = 9) int width,
      @ForAll Interpolation method,
      @ForAll boolean antialias) {
    double[] constant = new double[m * n];
    Arrays.fill(constant, 0.7);
    double[] want = new double[height * width];
    Arrays.fill(want, 0.7);
    ResizeOptions options = ResizeOptions.DEFAULT.interpolation(method).antialias(antialias);
    double[] got =
        one(v -> Image.resize(v.get(0), height, width, options), reals(constant, 1, m, n, 1));
    assertThat(got).containsExactly(want, Offset.offset(1e-6));
  }
}
