package org.cornu.stablehlo.interpreter;

import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;

/** {@code convolution}: sums of products over a moving window. */
final class ConvolutionKernels {
  private ConvolutionKernels() {}

  /**
   * The window of a convolution, one entry per spatial dimension.
   *
   * @param padding low and high padding of each dimension
   */
  record Window(
      int[] strides, int[][] padding, int[] lhsDilation, int[] rhsDilation, boolean[] reversal) {}

  static Array convolution(
      Array lhs,
      Array rhs,
      Window window,
      DimensionNumbers.Convolution dims,
      int featureGroups,
      int batchGroups,
      DType out) {
    int[] inputSpatial = Indexing.ints(dims.inputSpatial());
    int[] kernelSpatial = Indexing.ints(dims.kernelSpatial());
    int rank = inputSpatial.length;
    // [batch, spatial, feature] * [spatial, in, out] -> [batch, spatial, feature]
    Array x =
        ShapeKernels.transpose(
            lhs,
            Indexing.concat(
                new int[] {(int) dims.inputBatch()},
                inputSpatial,
                new int[] {(int) dims.inputFeature()}));
    Array kernel =
        ShapeKernels.transpose(
            rhs,
            Indexing.concat(
                kernelSpatial,
                new int[] {(int) dims.kernelInputFeature(), (int) dims.kernelOutputFeature()}));
    int batch = x.dims[0] / batchGroups;
    int channels = x.dims[rank + 1];
    int perGroup = kernel.dims[rank];
    int features = kernel.dims[rank + 1];
    int[] in = java.util.Arrays.copyOfRange(x.dims, 1, rank + 1);
    int[] taps = java.util.Arrays.copyOf(kernel.dims, rank);
    int[] result = new int[rank];
    for (int i = 0; i < rank; i++) {
      result[i] = outputSize(in[i], taps[i], window, i);
    }
    int[] outDims = Indexing.concat(new int[] {batch}, result, new int[] {features});
    Accumulator sums = Accumulator.of(out, outDims, x, kernel);
    int groups = featureGroups * batchGroups;
    int run = features / groups;
    int inPlaces = Indexing.count(in);
    int outPlaces = Indexing.count(result);
    int[] inStrides = Indexing.strides(in);
    int[] at = new int[rank];
    int[] tap = new int[rank];
    if (Indexing.count(outDims) == 0 || Indexing.count(kernel.dims) == 0) {
      return arrange(sums.result(), dims, rank);
    }
    for (int o = 0; o < outPlaces; o++, Indexing.next(at, result)) {
      for (int k = 0, last = Indexing.count(taps); k < last; k++, Indexing.next(tap, taps)) {
        int place = inputPlace(at, tap, taps, in, inStrides, window);
        if (place < 0) {
          continue;
        }
        for (int n = 0; n < batch; n++) {
          for (int g = 0; g < groups; g++) {
            int row = batchGroups > 1 ? g * batch + n : n;
            int channel = batchGroups > 1 ? 0 : g * perGroup;
            int source = (row * inPlaces + place) * channels + channel;
            int target = (n * outPlaces + o) * features + g * run;
            for (int c = 0; c < perGroup; c++) {
              sums.add(source + c, (k * perGroup + c) * features + g * run, target, run);
            }
          }
        }
      }
    }
    return arrange(sums.result(), dims, rank);
  }

  private static Array arrange(Array sums, DimensionNumbers.Convolution dims, int rank) {
    int[] permutation = new int[rank + 2];
    permutation[(int) dims.outputBatch()] = 0;
    permutation[(int) dims.outputFeature()] = rank + 1;
    for (int i = 0; i < rank; i++) {
      permutation[dims.outputSpatial().get(i).intValue()] = i + 1;
    }
    return ShapeKernels.transpose(sums, permutation);
  }

  private static int outputSize(int in, int taps, Window window, int i) {
    int dilated = in == 0 ? 0 : (in - 1) * window.lhsDilation[i] + 1;
    int padded = dilated + window.padding[i][0] + window.padding[i][1];
    int reach = taps == 0 ? 0 : (taps - 1) * window.rhsDilation[i] + 1;
    return padded < reach || padded <= 0 ? 0 : (padded - reach) / window.strides[i] + 1;
  }

  /** The input element under a tap of the window, or -1 on padding and between elements. */
  private static int inputPlace(
      int[] at, int[] tap, int[] taps, int[] in, int[] strides, Window window) {
    int place = 0;
    for (int i = 0; i < at.length; i++) {
      int t = window.reversal[i] ? taps[i] - 1 - tap[i] : tap[i];
      // The kernel is flipped by reading its mirrored tap: tap t meets the place of the mirror.
      int dilated = at[i] * window.strides[i] - window.padding[i][0] + t * window.rhsDilation[i];
      int dilation = window.lhsDilation[i];
      if (dilated < 0 || dilated % dilation != 0 || dilated / dilation >= in[i]) {
        return -1;
      }
      place += dilated / dilation * strides[i];
    }
    return place;
  }
}
