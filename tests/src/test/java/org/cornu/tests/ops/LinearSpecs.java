package org.cornu.tests.ops;

import static org.cornu.tests.ops.Grid.l;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.cornu.ops.Lax;
import org.cornu.stablehlo.build.ConvolutionConfig;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.Dispatch;
import org.cornu.tracer.Tensor;

/** Rows of products, convolutions, and the ops of linear algebra. */
final class LinearSpecs {
  private LinearSpecs() {}

  static List<OpSpec> rows() {
    List<OpSpec> out = new ArrayList<>();
    products(out);
    convolutions(out);
    normalizations(out);
    algebra(out);
    fourier(out);
    return out;
  }

  private static void products(List<OpSpec> out) {
    DimensionNumbers.Dot dims =
        new DimensionNumbers.Dot(List.of(1L), List.of(0L), List.of(0L, 3L), List.of(2L, 1L));
    out.add(
        OpSpec.of(OpCode.DOT_GENERAL)
            .named("batched, two contractions")
            .real(3, 2, 4, 5)
            .real(2, 5, 3, 6)
            .op(x -> Lax.dotGeneral(x.get(0), x.get(1), dims, null, null))
            .means(
                x ->
                    Grid.fill(
                        l(2, 4, 6),
                        i -> {
                          double sum = 0;
                          for (int a = 0; a < 3; a++) {
                            for (int b = 0; b < 5; b++) {
                              sum += x.get(0).at(a, i[0], i[1], b) * x.get(1).at(i[0], b, a, i[2]);
                            }
                          }
                          return sum;
                        })));
    out.add(
        OpSpec.of(OpCode.DOT_GENERAL)
            .named("of integers")
            .between(-50, 50, 2, 3)
            .between(-50, 50, 3, 4)
            .op(
                x ->
                    Lax.dotGeneral(
                        x.get(0),
                        x.get(1),
                        new DimensionNumbers.Dot(List.of(), List.of(), List.of(1L), List.of(0L)),
                        null,
                        null))
            .means(x -> matmul(x.get(0), x.get(1)).as(DType.I32)));
    out.add(
        OpSpec.of(OpCode.DOT)
            .real(2, 3)
            .real(3, 4)
            .op(
                x ->
                    Dispatch.one(
                        (b, v) ->
                            b.create(
                                    OpCode.DOT,
                                    List.of(v[0], v[1]),
                                    Map.of(),
                                    List.of(),
                                    List.of(TensorType.of(v[0].tensorType().element(), 2, 4)))
                                .result(),
                        x.get(0),
                        x.get(1)))
            .means(x -> matmul(x.get(0), x.get(1))));
    out.add(
        OpSpec.of(OpCode.EINSUM)
            .real(2, 3)
            .real(3, 4)
            .op(
                x ->
                    Dispatch.one(
                        (b, v) ->
                            b.create(
                                    OpCode.EINSUM,
                                    List.of(v[0], v[1]),
                                    Map.of("einsum_config", new Attribute.Str("ab,bc->ca")),
                                    List.of(),
                                    List.of(TensorType.of(v[0].tensorType().element(), 4, 2)))
                                .result(),
                        x.get(0),
                        x.get(1)))
            .means(
                x -> {
                  Grid product = matmul(x.get(0), x.get(1));
                  return Grid.fill(l(4, 2), i -> product.at(i[1], i[0]));
                }));
  }

  private static Grid matmul(Grid a, Grid b) {
    return Grid.fill(
        l(a.dims()[0], b.dims()[1]),
        i -> {
          double sum = 0;
          for (int k = 0; k < a.dims()[1]; k++) {
            sum += a.at(i[0], k) * b.at(k, i[1]);
          }
          return sum;
        });
  }

  // ---- convolutions of [batch, height, width, feature] by [height, width, in, out]

  private static final DimensionNumbers.Convolution NHWC =
      new DimensionNumbers.Convolution(
          0, 3, List.of(1L, 2L), 2, 3, List.of(0L, 1L), 0, 3, List.of(1L, 2L));

  private static OpSpec convolution(String name, ConvolutionConfig c, long[] x, long[] k) {
    return OpSpec.of(OpCode.CONVOLUTION)
        .named(name)
        .real(x)
        .real(k)
        .op(v -> Lax.convGeneralDilated(v.get(0), v.get(1), c))
        .means(v -> convolve(v.get(0), v.get(1), c));
  }

  private static ConvolutionConfig config(
      long[] strides, long[][] padding, long[] xDilation, long[] kDilation, long groups) {
    return new ConvolutionConfig(
        strides, padding, xDilation, kDilation, new boolean[2], NHWC, groups, 1, null);
  }

  /** By the definition, group by group. */
  private static Grid convolve(Grid x, Grid k, ConvolutionConfig c) {
    long[] out = new long[2];
    for (int d = 0; d < 2; d++) {
      long size = (x.dims()[d + 1] - 1) * c.lhsDilation()[d] + 1;
      long window = (k.dims()[d] - 1) * c.rhsDilation()[d] + 1;
      out[d] = (size + c.padding()[d][0] + c.padding()[d][1] - window) / c.strides()[d] + 1;
    }
    long features = k.dims()[3];
    long perGroup = k.dims()[2];
    return Grid.fill(
        l(x.dims()[0], out[0], out[1], features),
        i -> {
          long group = i[3] / (features / c.featureGroups());
          double sum = 0;
          for (long a = 0; a < k.dims()[0]; a++) {
            for (long b = 0; b < k.dims()[1]; b++) {
              long row = place(i[1], a, c, 0);
              long column = place(i[2], b, c, 1);
              if (row % c.lhsDilation()[0] != 0 || column % c.lhsDilation()[1] != 0) {
                continue;
              }
              for (long f = 0; f < perGroup; f++) {
                long[] at = {
                  i[0], row / c.lhsDilation()[0], column / c.lhsDilation()[1], group * perGroup + f
                };
                sum += x.at(at, 0) * k.at(a, b, f, i[3]);
              }
            }
          }
          return sum;
        });
  }

  private static long place(long out, long tap, ConvolutionConfig c, int d) {
    return out * c.strides()[d] - c.padding()[d][0] + tap * c.rhsDilation()[d];
  }

  private static void convolutions(List<OpSpec> out) {
    long[] ones = {1, 1};
    out.add(
        convolution(
            "same",
            config(ones, new long[][] {l(1, 1), l(1, 1)}, ones, ones, 1),
            l(2, 4, 5, 3),
            l(3, 3, 3, 2)));
    out.add(
        convolution(
            "strided, dilated kernel",
            config(l(2, 1), new long[][] {l(0, 1), l(2, 0)}, ones, l(1, 2), 1),
            l(1, 5, 6, 2),
            l(2, 3, 2, 3)));
    out.add(
        convolution(
            "dilated input (transposed)",
            config(ones, new long[][] {l(1, 2), l(1, 1)}, l(2, 3), ones, 1),
            l(1, 3, 3, 2),
            l(2, 2, 2, 2)));
    out.add(
        convolution(
            "grouped (depthwise)",
            config(ones, new long[][] {l(0, 0), l(0, 0)}, ones, ones, 3),
            l(1, 4, 4, 3),
            l(2, 2, 1, 6)));
  }

  // ---- batch normalization

  private static void normalizations(List<OpSpec> out) {
    double epsilon = 1.0 / 128; // the same in f32
    out.add(
        OpSpec.of(OpCode.BATCH_NORM_INFERENCE)
            .real(2, 3)
            .real(3)
            .real(3)
            .real(3)
            .domain(0.5, 2)
            .real(3)
            .op(
                x ->
                    Dispatch.one(
                        (b, v) ->
                            b.create(
                                    OpCode.BATCH_NORM_INFERENCE,
                                    List.of(v),
                                    Map.of(
                                        "epsilon",
                                        new Attribute.Real(epsilon, "f32"),
                                        "feature_index",
                                        Attribute.Int.i64(1)),
                                    List.of())
                                .result(),
                        x.toArray(new Tensor[0])))
            .means(
                x ->
                    Grid.fill(
                        l(2, 3),
                        i ->
                            (x.get(0).at(i) - x.get(3).at(i[1]))
                                    / Math.sqrt(x.get(4).at(i[1]) + epsilon)
                                    * x.get(1).at(i[1])
                                + x.get(2).at(i[1]))));
  }

  // ---- triangles

  private static Tensor lower(Tensor x) {
    Tensor row = Lax.iota(DType.I32, 0, x.shape().dims());
    Tensor column = Lax.iota(DType.I32, 1, x.shape().dims());
    return Lax.select(Lax.ge(row, column), x, Lax.fullLike(x, 0));
  }

  private static void algebra(List<OpSpec> out) {
    DimensionNumbers.Dot gram =
        new DimensionNumbers.Dot(List.of(), List.of(), List.of(1L), List.of(1L));
    out.add(
        OpSpec.of(OpCode.CHOLESKY)
            .named("of x x' + 3")
            .real(3, 3)
            .op(
                x -> {
                  Tensor a = Lax.dotGeneral(x.get(0), x.get(0), gram, null, null);
                  Tensor three =
                      Lax.select(
                          Lax.eq(Lax.iota(DType.I32, 0, 3, 3), Lax.iota(DType.I32, 1, 3, 3)),
                          Lax.fullLike(a, 3),
                          Lax.fullLike(a, 0));
                  return lower(Lax.cholesky(Lax.add(a, three), true));
                })
            .means(x -> cholesky(x.get(0))));
    out.add(
        OpSpec.of(OpCode.TRIANGULAR_SOLVE)
            .named("lower, left")
            .domain(0.5, 1.5)
            .real(3, 3)
            .real(3, 2)
            .op(x -> Lax.triangularSolve(x.get(0), x.get(1), true, true, false, "NO_TRANSPOSE"))
            .means(
                x ->
                    Grid.fill(
                        l(3, 2),
                        i -> {
                          double[] y = new double[3];
                          for (int r = 0; r < 3; r++) {
                            y[r] = x.get(1).at(r, i[1]);
                            for (int c = 0; c < r; c++) {
                              y[r] -= x.get(0).at(r, c) * y[c];
                            }
                            y[r] /= x.get(0).at(r, r);
                          }
                          return y[(int) i[0]];
                        })));
  }

  private static Grid cholesky(Grid x) {
    double[][] a = new double[3][3];
    for (int r = 0; r < 3; r++) {
      for (int c = 0; c <= r; c++) {
        double sum = r == c ? 3 : 0;
        for (int k = 0; k < 3; k++) {
          sum += x.at(r, k) * x.at(c, k);
        }
        for (int k = 0; k < c; k++) {
          sum -= a[r][k] * a[c][k];
        }
        a[r][c] = r == c ? Math.sqrt(sum) : sum / a[c][c];
      }
    }
    return Grid.fill(l(3, 3), i -> a[(int) i[0]][(int) i[1]]);
  }

  // ---- transforms

  private static void fourier(List<OpSpec> out) {
    out.add(
        OpSpec.of(OpCode.FFT)
            .named("rfft")
            .real(2, 5)
            .ops(x -> ElementwiseSpecs.parts(Lax.fft(x.get(0), "RFFT", 5)))
            .meansAll(
                x ->
                    List.of(
                        transform(x.get(0), 5, Math::cos),
                        transform(x.get(0), 5, angle -> -Math.sin(angle)))));
    out.add(
        OpSpec.of(OpCode.FFT)
            .named("fft")
            .real(4)
            .real(4)
            .ops(x -> ElementwiseSpecs.parts(Lax.fft(Lax.complex(x.get(0), x.get(1)), "FFT", 4)))
            .meansAll(
                x -> {
                  Grid re = row(x.get(0));
                  Grid im = row(x.get(1));
                  Grid a = full(re, Math::cos).zip(full(im, Math::sin), Double::sum);
                  Grid b = full(im, Math::cos).zip(full(re, Math::sin), (p, q) -> p - q);
                  return List.of(flat(a), flat(b));
                }));
  }

  private static Grid row(Grid x) {
    return new Grid(x.dtype(), l(1, x.values().length), x.values());
  }

  private static Grid flat(Grid x) {
    return new Grid(x.dtype(), l(x.values().length), x.values());
  }

  private static Grid full(Grid x, DoubleUnaryOperator wave) {
    return frequencies(x, (int) x.dims()[1], x.dims()[1], wave);
  }

  private static Grid transform(Grid x, int n, DoubleUnaryOperator wave) {
    return frequencies(x, n, n / 2 + 1, wave);
  }

  private static Grid frequencies(Grid x, int n, long count, DoubleUnaryOperator wave) {
    return Grid.fill(
        l(x.dims()[0], count),
        i -> {
          double sum = 0;
          for (int t = 0; t < n; t++) {
            sum += x.at(i[0], t) * wave.applyAsDouble(2 * Math.PI * i[1] * t / n);
          }
          return sum;
        });
  }
}
