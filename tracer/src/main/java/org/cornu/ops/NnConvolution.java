package org.cornu.ops;

import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.build.ConvolutionConfig;
import org.cornu.stablehlo.build.WindowConfig;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/** The part of {@link Nn} about convolutions and pooling. */
abstract sealed class NnConvolution extends NnActivation permits NnNormalization {

  private static DimensionNumbers.Convolution layout(int rank, DataFormat format) {
    int spatial = rank - 2;
    int[] input = new int[spatial];
    Arrays.setAll(input, format::spatialAxis);
    List<Long> places = NpLinear.list(input);
    long channels = format.channelAxis(rank);
    return new DimensionNumbers.Convolution(
        0,
        channels,
        places,
        rank - 2,
        rank - 1,
        NpLinear.list(Dims.range(spatial)),
        0,
        channels,
        places);
  }

  /**
   * Convolution (cross-correlation) of {@code x [batch, spatial…, channels]} with {@code kernel
   * [spatial…, channels / groups, filters]}; the number of groups follows from the shapes.
   */
  public static Tensor conv(Tensor x, Tensor kernel, ConvOptions options) {
    return Composed.of(
        x,
        kernel,
        (v, k) -> {
          requireKernel("conv", v, k, k.rank() - 2, options.format());
          long channels = v.shape().dim(options.format().channelAxis(v.rank()));
          long groups = channels / k.shape().dim(k.rank() - 2);
          return convolution("conv", v, k, options, groups);
        });
  }

  /** Convolution with stride 1, valid padding, channels last. */
  public static Tensor conv(Tensor x, Tensor kernel) {
    return conv(x, kernel, ConvOptions.DEFAULT);
  }

  private static void requireKernel(
      String op, Tensor x, Tensor kernel, int kernelChannels, DataFormat format) {
    if (x.rank() < 3 || kernel.rank() != x.rank()) {
      throw new OpException(
          op
              + ": input and kernel need one rank of at least 3: got "
              + Dims.briefs(List.of(x, kernel)));
    }
    long channels = x.shape().dim(format.channelAxis(x.rank()));
    long expected = kernel.shape().dim(kernelChannels);
    if (expected == 0 || channels % expected != 0) {
      throw new OpException(
          op
              + ": the channels of the input must be a multiple of those of the kernel: got "
              + channels
              + " and "
              + expected
              + " of "
              + Dims.briefs(List.of(x, kernel))
              + ", "
              + format.kerasName());
    }
  }

  private static Tensor convolution(
      String op, Tensor x, Tensor kernel, ConvOptions options, long groups) {
    int spatial = x.rank() - 2;
    long[] strides = options.strides(op, spatial);
    long[] dilation = options.dilation(op, spatial);
    long[][] padding = new long[spatial][];
    for (int i = 0; i < spatial; i++) {
      padding[i] =
          options
              .padding()
              .amounts(
                  x.shape().dim(options.format().spatialAxis(i)),
                  kernel.shape().dim(i),
                  strides[i],
                  dilation[i]);
    }
    Tensor[] v = Dims.cast(Dims.promoted(x, kernel), x, kernel);
    return Lax.convGeneralDilated(
        v[0],
        v[1],
        new ConvolutionConfig(
            strides,
            padding,
            Dims.filled(spatial, 1),
            dilation,
            new boolean[spatial],
            layout(x.rank(), options.format()),
            groups,
            1,
            null));
  }

  /**
   * Convolution of each channel by itself: {@code kernel [spatial…, channels, multiplier]}; the
   * output has {@code channels * multiplier} channels, those of one input channel side by side.
   */
  public static Tensor depthwiseConv(Tensor x, Tensor kernel, ConvOptions options) {
    return Composed.of(
        x,
        kernel,
        (v, k) -> {
          requireKernel("depthwiseConv", v, k, k.rank() - 2, options.format());
          long channels = v.shape().dim(options.format().channelAxis(v.rank()));
          long[] dims = k.shape().dims();
          dims[dims.length - 1] *= dims[dims.length - 2];
          dims[dims.length - 2] = 1;
          return convolution("depthwiseConv", v, Lax.reshape(k, dims), options, channels);
        });
  }

  /**
   * Depthwise convolution, then mixing of channels by {@code pointwise [1…, channels, filters]}.
   */
  public static Tensor separableConv(
      Tensor x, Tensor depthwise, Tensor pointwise, ConvOptions options) {
    return Composed.of(
        x,
        depthwise,
        pointwise,
        (v, d, p) ->
            conv(depthwiseConv(v, d, options), p, ConvOptions.DEFAULT.format(options.format())));
  }

  /**
   * Transposed convolution, the derivative of {@link #conv} by its input: {@code kernel [spatial…,
   * filters, channels]}. Output size: valid {@code (n - 1) * stride + max(kernel, stride)}, same
   * {@code n * stride}, unless {@link ConvOptions#outputPadding} says otherwise.
   */
  public static Tensor convTranspose(Tensor x, Tensor kernel, ConvOptions options) {
    return Composed.of(
        x,
        kernel,
        (v, k) -> {
          String op = "convTranspose";
          requireKernel(op, v, k, k.rank() - 1, options.format());
          int spatial = v.rank() - 2;
          long[] strides = options.strides(op, spatial);
          long[] dilation = options.dilation(op, spatial);
          long[] extra = options.outputPadding(op, spatial);
          long[][] padding = new long[spatial][];
          for (int i = 0; i < spatial; i++) {
            padding[i] =
                transposedPadding(
                    options.padding(),
                    k.shape().dim(i),
                    strides[i],
                    dilation[i],
                    extra == null ? -1 : extra[i]);
          }
          Tensor[] c = Dims.cast(Dims.promoted(v, k), v, k);
          Tensor flipped = Lax.rev(c[1], Dims.longs(Dims.range(spatial)));
          DimensionNumbers.Convolution base = layout(v.rank(), options.format());
          DimensionNumbers.Convolution dims =
              new DimensionNumbers.Convolution(
                  base.inputBatch(),
                  base.inputFeature(),
                  base.inputSpatial(),
                  base.kernelOutputFeature(),
                  base.kernelInputFeature(),
                  base.kernelSpatial(),
                  base.outputBatch(),
                  base.outputFeature(),
                  base.outputSpatial());
          return Lax.convGeneralDilated(
              c[0],
              flipped,
              new ConvolutionConfig(
                  Dims.filled(spatial, 1),
                  padding,
                  strides,
                  dilation,
                  new boolean[spatial],
                  dims,
                  1,
                  1,
                  null));
        });
  }

  /** Padding of the input, spread by the stride, that gives Keras' output size. */
  private static long[] transposedPadding(
      Padding padding, long kernel, long stride, long dilation, long extra) {
    long reach = (kernel - 1) * dilation + 1;
    if (padding == Padding.VALID) {
      long beyond = extra < 0 ? Math.max(reach, stride) - reach : extra;
      return new long[] {reach - 1, reach - 1 + beyond};
    }
    if (padding == Padding.SAME) {
      long total = extra < 0 ? stride + reach - 2 : reach + reach % 2 - 2 + extra;
      long left = Math.min((total + 1) / 2, reach - 1);
      return new long[] {left, total - left};
    }
    throw new OpException("convTranspose: padding must be valid or same: got causal");
  }

  private static WindowConfig window(
      String op, Tensor x, int[] size, int[] strides, Padding padding, DataFormat format) {
    int spatial = x.rank() - 2;
    if (spatial < 1 || padding == Padding.CAUSAL) {
      throw new OpException(
          op
              + ": input [batch, spatial…, channels] with valid or same padding is needed: got "
              + x.type().brief()
              + ", "
              + padding.kerasName());
    }
    long[] sizes = ConvOptions.spread(op, size, spatial);
    long[] steps = ConvOptions.spread(op, strides, spatial);
    long[] dims = Dims.filled(x.rank(), 1);
    long[] strideDims = Dims.filled(x.rank(), 1);
    long[][] pads = new long[x.rank()][2];
    for (int i = 0; i < spatial; i++) {
      int axis = format.spatialAxis(i);
      dims[axis] = sizes[i];
      strideDims[axis] = steps[i];
      pads[axis] = padding.amounts(x.shape().dim(axis), sizes[i], steps[i], 1);
    }
    return WindowConfig.of(dims, strideDims, pads);
  }

  /**
   * Largest element of each window; of equal ones the first passes the derivative.
   *
   * @param x {@code [batch, spatial…, channels]}
   * @param size of the window in each spatial dimension, or one number for all
   * @param strides steps of the window
   */
  public static Tensor maxPool(
      Tensor x, int[] size, int[] strides, Padding padding, DataFormat format) {
    return Composed.of(
        x,
        v ->
            Lax.reduceWindow(
                v, Lax.Reduction.MAX, window("maxPool", v, size, strides, padding, format)));
  }

  /** Largest element of windows that lie side by side. */
  public static Tensor maxPool(Tensor x, int... size) {
    return maxPool(x, size, size, Padding.VALID, DataFormat.CHANNELS_LAST);
  }

  /** Mean of each window over the elements that are not padding; integers give f32. */
  public static Tensor averagePool(
      Tensor x, int[] size, int[] strides, Padding padding, DataFormat format) {
    return Composed.of(
        x,
        w -> {
          Tensor v = Lax.convertElementType(w, Promotion.inexact(w.dtype()));
          WindowConfig window = window("averagePool", v, size, strides, padding, format);
          Tensor sum = Lax.reduceWindow(v, Lax.Reduction.ADD, window);
          if (padding == Padding.VALID) {
            long count = Arrays.stream(window.dimensions()).reduce(1, (a, b) -> a * b);
            return Lax.div(sum, Dims.constant(sum, count));
          }
          return Np.divide(sum, counts(v, window));
        });
  }

  /** Mean of windows that lie side by side. */
  public static Tensor averagePool(Tensor x, int... size) {
    return averagePool(x, size, size, Padding.VALID, DataFormat.CHANNELS_LAST);
  }

  /** How many real elements each window has, as a product over axes. */
  private static Tensor counts(Tensor x, WindowConfig window) {
    Tensor out = Lax.full(x.dtype(), 1);
    for (int axis = 0; axis < x.rank(); axis++) {
      long size = x.shape().dim(axis);
      long extent = window.dimensions()[axis];
      if (extent == 1) {
        continue;
      }
      long before = window.padding()[axis][0];
      long positions =
          (size + before + window.padding()[axis][1] - extent) / window.strides()[axis] + 1;
      double[] counts = new double[(int) positions];
      for (int i = 0; i < counts.length; i++) {
        long start = i * window.strides()[axis] - before;
        counts[i] = Math.min(start + extent, size) - Math.max(start, 0);
      }
      long[] dims = Dims.filled(x.rank(), 1);
      dims[axis] = positions;
      out = Np.multiply(out, NpCreation.host(x.dtype(), counts, dims));
    }
    return out;
  }

  /** Mean over windows such that the output has these sizes: {@code [i n / m, (i + 1) n / m)}. */
  public static Tensor adaptiveAveragePool(Tensor x, int[] outputSize, DataFormat format) {
    return Composed.of(
        x,
        w -> {
          Tensor v = Lax.convertElementType(w, Promotion.inexact(w.dtype()));
          long[] sizes = ConvOptions.spread("adaptiveAveragePool", outputSize, v.rank() - 2);
          for (int i = 0; i < sizes.length; i++) {
            v = adaptive(v, format.spatialAxis(i), (int) sizes[i], false);
          }
          return v;
        });
  }

  /** Maximum over windows such that the output has these sizes. */
  public static Tensor adaptiveMaxPool(Tensor x, int[] outputSize, DataFormat format) {
    return Composed.of(
        x,
        w -> {
          Tensor v = w;
          long[] sizes = ConvOptions.spread("adaptiveMaxPool", outputSize, v.rank() - 2);
          for (int i = 0; i < sizes.length; i++) {
            v = adaptive(v, format.spatialAxis(i), (int) sizes[i], true);
          }
          return v;
        });
  }

  private static Tensor adaptive(Tensor x, int axis, int outputs, boolean max) {
    long n = x.shape().dim(axis);
    if (n % outputs == 0 && max) {
      // Windows rather than blocks: among equal numbers the first gets the gradient.
      return pooled(x, axis, (int) (n / outputs), (int) (n / outputs), true);
    }
    if (n % outputs == 0) {
      long[] split = x.shape().insert(axis + 1, n / outputs).dims();
      split[axis] = outputs;
      Tensor blocks = Lax.reshape(x, split);
      return Np.mean(blocks, axis + 1);
    }
    // Windows have one of two sizes: both pooled everywhere, then the right one is picked.
    int longest = 0;
    for (long i = 0; i < outputs; i++) {
      longest = (int) Math.max(longest, end(i, n, outputs) - start(i, n, outputs));
    }
    int shortest = longest;
    for (long i = 0; i < outputs; i++) {
      shortest = (int) Math.min(shortest, end(i, n, outputs) - start(i, n, outputs));
    }
    if (max || shortest == longest || longest - shortest == 1) {
      Tensor pooledShort = pooled(x, axis, shortest, 1, max);
      Tensor pooledLong = pooled(x, axis, longest, 1, max);
      long behind = pooledShort.shape().dim(axis);
      double[] picks = new double[outputs];
      for (int i = 0; i < outputs; i++) {
        long start = start(i, n, outputs);
        boolean small = end(i, n, outputs) - start == shortest;
        picks[i] = small ? start : behind + start;
      }
      Tensor both = Lax.concatenate(List.of(pooledShort, pooledLong), axis);
      Index[] index = new Index[x.rank()];
      Arrays.fill(index, Index.ALL);
      index[axis] = Index.at(NpCreation.host(DType.I32, picks, outputs));
      return Np.get(both, index);
    }
    throw new OpException("adaptive pooling: windows differ by more than one element");
  }

  private static long start(long i, long n, long outputs) {
    return i * n / outputs;
  }

  private static long end(long i, long n, long outputs) {
    return ((i + 1) * n + outputs - 1) / outputs;
  }

  private static Tensor pooled(Tensor x, int axis, int window, int stride, boolean max) {
    long[] dims = Dims.filled(x.rank(), 1);
    dims[axis] = window;
    long[] strides = Dims.filled(x.rank(), 1);
    strides[axis] = stride;
    WindowConfig config = WindowConfig.of(dims, strides, new long[x.rank()][2]);
    if (max) {
      return Lax.reduceWindow(x, Lax.Reduction.MAX, config);
    }
    Tensor sum = Lax.reduceWindow(x, Lax.Reduction.ADD, config);
    return Lax.div(sum, Dims.constant(sum, window));
  }
}
