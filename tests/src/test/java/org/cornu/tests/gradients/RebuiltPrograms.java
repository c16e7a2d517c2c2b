package org.cornu.tests.gradients;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornu.ops.DataFormat;
import org.cornu.ops.Index;
import org.cornu.ops.Lax;
import org.cornu.ops.Linalg;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.ops.Padding;
import org.cornu.stablehlo.build.ConvolutionConfig;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.tracer.Axes;
import org.cornu.tracer.F1;
import org.cornu.tracer.F2;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/** Gradient and vmap programs that JAX recorded, written again through Cornu's functions. */
final class RebuiltPrograms {
  private RebuiltPrograms() {}

  /** By the name of the recording. */
  static Map<String, F1<List<Tensor>, List<Tensor>>> all() {
    Map<String, F1<List<Tensor>, List<Tensor>>> out = new LinkedHashMap<>();
    out.put("activations_fwd_bwd", x -> activations(x.get(0)));
    out.put("avgpool_fwd_bwd", x -> averagePools(x.get(0)));
    out.put("cholesky_fwd_bwd", x -> cholesky(x.get(0)));
    out.put("conv1d_grouped_dilated_fwd_bwd", RebuiltPrograms::convolutions1d);
    out.put("conv2d_depthwise_fwd_bwd", RebuiltPrograms::depthwise);
    out.put("convnet_sgd_momentum_step", RebuiltTraining::convNetStep);
    out.put("cumsum_cumlogsumexp_grad", x -> cumulative(x.get(0)));
    out.put("grad_edge_cases", x -> edgeCases(x.get(0), x.get(1), x.get(2)));
    out.put("lstm_scan_fwd", RebuiltTraining::lstm);
    out.put("maxpool_fwd_bwd", x -> maxPools(x.get(0)));
    out.put("nested_scan_remat_grad", x -> nestedScan(x.get(0), x.get(1)));
    out.put("norms_grad", x -> norms(x.get(0), x.get(1), x.get(2)));
    out.put("pad_concat_slice_grad", x -> padConcatSlice(x.get(0)));
    out.put("transformer_block_train_step", RebuiltTraining::transformerStep);
    out.put("vmap_gather_scatter_dynslice", x -> indexing(x.get(0), x.get(1), x.get(2)));
    out.put("vmap_per_example_grad", RebuiltPrograms::perExample);
    return out;
  }

  /** The sum weighted with cos 0, cos 1, …: a loss whose gradient differs at each element. */
  private static Tensor weighed(Tensor y) {
    Tensor weights = Lax.reshape(Lax.cos(Lax.iota(y.dtype(), y.count())), y.shape().dims());
    return Np.sum(Np.multiply(y, weights));
  }

  /** The value, and the gradients of its weighted sum with respect to all arguments. */
  private static List<Tensor> withGradients(F1<List<Tensor>, Tensor> f, Tensor... x) {
    List<Tensor> out = new ArrayList<>(List.of(f.apply(List.of(x))));
    out.addAll(Transforms.grad((List<Tensor> v) -> weighed(f.apply(v))).apply(List.of(x)));
    return out;
  }

  private static Tensor gradient(F1<Tensor, Tensor> f, Tensor x) {
    return Transforms.grad((Tensor v) -> Np.sum(f.apply(v))).apply(x);
  }

  private static List<Tensor> activations(Tensor x) {
    List<F1<Tensor, Tensor>> functions =
        List.of(
            Nn::relu,
            Nn::relu6,
            Nn::sigmoid,
            Nn::softplus,
            Nn::silu,
            Nn::silu,
            v -> Nn.gelu(v, true),
            v -> Nn.gelu(v, false),
            Nn::elu,
            Nn::selu,
            v -> Nn.leakyRelu(v, 0.01),
            Nn::hardTanh,
            Nn::hardSilu,
            Nn::logSigmoid,
            Nn::softsign,
            Nn::mish,
            Nn::celu,
            Np::tanh,
            v -> Nn.glu(v, -1));
    List<Tensor> out = new ArrayList<>();
    functions.forEach(f -> out.addAll(withGradients(v -> f.apply(v.get(0)), x)));
    return out;
  }

  private static List<Tensor> averagePools(Tensor x) {
    List<Tensor> out =
        withGradients(
            v ->
                Nn.averagePool(
                    v.get(0),
                    new int[] {2, 3},
                    new int[] {2, 1},
                    Padding.SAME,
                    DataFormat.CHANNELS_LAST),
            x);
    out.addAll(withGradients(v -> Nn.averagePool(v.get(0), 2, 2), x));
    return out;
  }

  private static List<Tensor> maxPools(Tensor x) {
    List<Tensor> out = withGradients(v -> Nn.maxPool(v.get(0), 2, 2), x);
    out.addAll(
        withGradients(
            v ->
                Nn.maxPool(
                    v.get(0),
                    new int[] {3, 3},
                    new int[] {2, 2},
                    Padding.SAME,
                    DataFormat.CHANNELS_LAST),
            x));
    return out;
  }

  private static List<Tensor> cholesky(Tensor x) {
    F1<Tensor, Tensor> f =
        v -> Linalg.cholesky(Np.add(Np.matmul(v, Np.transpose(v)), Np.multiply(Np.eye(4), 3.0)));
    return List.of(f.apply(x), gradient(v -> Np.sin(f.apply(v)), x));
  }

  private static List<Tensor> convolutions1d(List<Tensor> x) {
    DimensionNumbers.Convolution dims =
        new DimensionNumbers.Convolution(0, 1, List.of(2L), 1, 0, List.of(2L), 0, 1, List.of(2L));
    ConvolutionConfig grouped = convolution(dims, 2, new long[][] {{2, 1}}, 2, 2);
    ConvolutionConfig plain = convolution(dims, 1, new long[][] {{1, 1}}, 1, 1);
    List<Tensor> out =
        withGradients(v -> Lax.convGeneralDilated(v.get(0), v.get(1), grouped), x.get(0), x.get(1));
    out.addAll(
        withGradients(v -> Lax.convGeneralDilated(v.get(0), v.get(1), plain), x.get(0), x.get(2)));
    return out;
  }

  private static ConvolutionConfig convolution(
      DimensionNumbers.Convolution dims,
      long stride,
      long[][] padding,
      long dilation,
      long groups) {
    return new ConvolutionConfig(
        new long[] {stride},
        padding,
        new long[] {1},
        new long[] {dilation},
        new boolean[1],
        dims,
        groups,
        1,
        null);
  }

  private static List<Tensor> depthwise(List<Tensor> x) {
    ConvolutionConfig config =
        new ConvolutionConfig(
            new long[] {1, 2},
            new long[][] {{1, 1}, {0, 2}},
            new long[] {1, 1},
            new long[] {1, 2},
            new boolean[2],
            new DimensionNumbers.Convolution(
                0, 3, List.of(1L, 2L), 2, 3, List.of(0L, 1L), 0, 3, List.of(1L, 2L)),
            3,
            1,
            null);
    return withGradients(
        v -> Lax.convGeneralDilated(v.get(0), v.get(1), config), x.get(0), x.get(1));
  }

  private static List<Tensor> cumulative(Tensor x) {
    List<F1<Tensor, Tensor>> functions =
        List.of(
            v -> Np.cumsum(v, 1),
            RebuiltPrograms::cumulativeLogSumExp,
            v -> Np.cummax(v, 1),
            v -> Np.cumprod(v, 1));
    return functions.stream()
        .map(f -> Transforms.grad((Tensor v) -> weighed(f.apply(v))).apply(x))
        .toList();
  }

  private static Tensor cumulativeLogSumExp(Tensor x) {
    Tensor start = Lax.full(x.dtype(), Double.NEGATIVE_INFINITY, x.shape().dim(1));
    return Lax.scan(
            (Tensor sum, Tensor row) -> {
              Tensor next = Np.logaddexp(sum, row);
              return new Lax.Step<>(next, next);
            },
            start,
            x)
        .ys();
  }

  private static List<Tensor> edgeCases(Tensor x, Tensor y, Tensor z) {
    Tensor none =
        Lax.constant(
            org.cornu.stablehlo.ir.Literal.ofDoubles(
                org.cornu.stablehlo.ir.TensorType.of(DType.F32, 3),
                Double.NEGATIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                0));
    Tensor zeros = Lax.fullLike(x, 0);
    return List.of(
        gradient(Nn::relu, x),
        gradient(Lax::abs, x),
        gradient(Lax::sign, x),
        gradient(v -> Lax.max(v, y), x),
        gradient(v -> Lax.max(x, v), y),
        gradient(v -> Lax.min(v, y), x),
        gradient(v -> Np.max(v), z),
        gradient(v -> Np.min(v), z),
        gradient(v -> Np.max(v, 1), Lax.reshape(z, 2, 3)),
        gradient(v -> Np.clip(v, -1.0, 1.0), x),
        gradient(v -> Np.power(v, 2L), x),
        gradient(v -> Np.power(v, 0L), x),
        gradient(v -> Lax.pow(zeros, v), Lax.fullLike(x, 1.5)),
        gradient(v -> Np.power(v, 0.5), Lax.abs(x)),
        gradient(v -> Lax.pow(Lax.abs(v), zeros), x),
        gradient(Lax::floor, x),
        gradient(
            v -> {
              Tensor positive = Np.greater(v, 0.0);
              Tensor safe = Np.where(positive, v, 1.0);
              return Np.where(positive, Lax.sqrt(safe), 0.0);
            },
            x),
        gradient(v -> Np.prod(v), z),
        gradient(v -> Np.logsumexp(v), none),
        gradient(v -> Lax.rem(v, Lax.fullLike(v, 0.7)), x),
        gradient(Lax::sqrt, Lax.abs(x)));
  }

  /** A scan whose step branches, runs a scan of its own, and is computed again backward. */
  private static List<Tensor> nestedScan(Tensor x, Tensor w) {
    F1<Tensor, Tensor> loss =
        start -> {
          F2<Tensor, Tensor, Lax.Step<Tensor, Tensor>> step =
              (h, i) -> {
                Tensor next =
                    Lax.cond(
                        Np.greater(i, 1L),
                        () -> Lax.tanh(Np.matmul(h, w)),
                        () -> Np.add(h, Lax.sin(h)));
                Tensor last =
                    Lax.scan(
                            (Tensor c, Tensor v) ->
                                new Lax.Step<>(Np.add(Np.multiply(c, 0.9), v), List.<Tensor>of()),
                            next,
                            Np.stack(List.of(h, next), 0))
                        .carry();
                return new Lax.Step<>(last, Np.sum(last));
              };
          var out = Lax.scan(Transforms.remat(step)::apply, start, Lax.iota(DType.I32, 4));
          return Np.add(Np.sum(Lax.square(out.carry())), Np.sum(out.ys()));
        };
    Tensor slope = gradient(v -> Lax.foriLoop(0, 3, (i, h) -> Lax.mul(Lax.sin(h), h), v), x);
    return List.of(loss.apply(x), Transforms.grad(loss).apply(x), slope);
  }

  private static List<Tensor> norms(Tensor x, Tensor gamma, Tensor beta) {
    List<Tensor> out =
        withGradients(
            v -> Nn.layerNormalization(v.get(0), v.get(1), v.get(2), 1e-5, -1), x, gamma, beta);
    out.addAll(withGradients(v -> Nn.rmsNormalization(v.get(0), v.get(1), 1e-6, -1), x, gamma));
    out.addAll(
        withGradients(
            v -> {
              Tensor centred = Np.subtract(v.get(0), Np.mean(v.get(0), 0));
              Tensor variance = Np.mean(Np.square(centred), 0);
              Tensor unit = Np.divide(centred, Np.sqrt(Np.add(variance, 1e-3)));
              return Np.add(Np.multiply(unit, v.get(1)), v.get(2));
            },
            x,
            gamma,
            beta));
    out.addAll(withGradients(v -> Np.divide(v.get(0), Linalg.norm(v.get(0), null, true, -1)), x));
    return out;
  }

  private static List<Tensor> padConcatSlice(Tensor x) {
    F1<Tensor, Tensor> f =
        v -> {
          Tensor padded =
              Lax.pad(
                  v,
                  Lax.full(DType.F32, 0.3),
                  new long[] {-1, 1},
                  new long[] {2, -1},
                  new long[] {1, 0});
          Tensor joined = Np.concatenate(List.of(v, Np.multiply(Np.flip(v, 1), 2.0)), 1);
          Tensor part = Lax.slice(v, new long[] {0, 1}, new long[] {4, 5}, new long[] {2, 1});
          Tensor tiled = Np.ravel(Np.tile(v, 2, 1));
          Tensor clamped = Lax.clamp(Lax.full(DType.F32, -0.5), v, Lax.full(DType.F32, 0.5));
          Tensor sum = Np.add(Np.sum(Lax.sin(padded)), Np.sum(Np.power(joined, 3L)));
          sum = Np.add(sum, Np.sum(Np.square(part)));
          sum = Np.add(sum, Np.sum(Lax.sliceInDim(tiled, 3, 9, 1, 0)));
          return Np.add(sum, Np.sum(Np.multiply(clamped, v)));
        };
    return List.of(f.apply(x), Transforms.grad(f).apply(x));
  }

  private static List<Tensor> indexing(Tensor x, Tensor i, Tensor u) {
    F2<Tensor, Tensor, Tensor> rows = (v, at) -> Np.take(v, at, 0);
    F1<Tensor, Tensor> sort = v -> Np.sort(v, 0);
    F1<Tensor, Tensor> running = v -> Np.cumsum(v, 0);
    Tensor kernel = Lax.reshape(Lax.slice(u, new long[] {0, 0, 0}, new long[] {1, 1, 3}), 3);
    return List.of(
        Transforms.vmap(rows).apply(x, i),
        Transforms.vmap(
                (Tensor v, Tensor at) ->
                    Lax.dynamicSlice(v, List.of(first(at), Lax.full(DType.I32, 1)), 2, 2))
            .apply(x, i),
        Transforms.vmap(
                (Tensor v, Tensor at, Tensor w) ->
                    Lax.dynamicUpdateSlice(v, w, List.of(first(at), Lax.full(DType.I32, 0))))
            .apply(x, i, u),
        Transforms.vmap(
                (Tensor v, Tensor at, Tensor w) ->
                    Np.at(v, Index.at(at))
                        .add(Lax.reshape(Lax.slice(w, new long[2], new long[] {1, 1}))))
            .apply(x, i, u),
        Transforms.vmap(sort, Axes.all(1), 0).apply(x),
        Transforms.vmap((Tensor v) -> Np.argmax(v)).apply(x),
        Transforms.vmap(running, Axes.all(1), 2).apply(x),
        Transforms.vmap(Transforms.vmap((Tensor v) -> Np.correlate(v, Np.flip(kernel, 0), "same")))
            .apply(x),
        Transforms.vmap((Tensor v, Tensor at) -> gradient(p -> Np.square(rows.apply(p, at)), v))
            .apply(x, i));
  }

  private static Tensor first(Tensor x) {
    return Lax.reshape(Lax.sliceInDim(x, 0, 1, 1, 0));
  }

  /** Parameters of a network of two layers. */
  private record Mlp(Tensor w1, Tensor b1, Tensor w2, Tensor b2) {}

  private static List<Tensor> perExample(List<Tensor> x) {
    Mlp p = new Mlp(x.get(0), x.get(1), x.get(2), x.get(3));
    Mlp g =
        Transforms.vmap(
                Transforms.grad(
                    (Mlp m, Tensor row, Tensor target) -> {
                      Tensor h = Nn.relu(Np.add(Np.matmul(row, m.w1()), m.b1()));
                      Tensor y = Np.add(Np.matmul(h, m.w2()), m.b2());
                      return Np.square(Np.subtract(Lax.reshape(y), target));
                    }),
                Axes.of(Axes.NONE, 0, 0),
                0)
            .apply(p, x.get(4), x.get(5));
    return List.of(g.w1(), g.b1(), g.w2(), g.b2());
  }
}
