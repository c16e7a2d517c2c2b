package org.cornu.tracer.lowering;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.ConvolutionConfig;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a convolution, and its operands and result with their dimensions in a chosen order.
 */
final class Convolved {
  final ConvolutionConfig config;
  final DimensionNumbers.Convolution dims;
  final int spatial;
  final Shape input;
  final Shape kernel;
  final Shape output;
  final DType result;
  private final Builder b;

  private Convolved(Op op, Builder b) {
    this.config = ConvolutionConfig.fromOp(op);
    this.dims = config.dims();
    this.spatial = dims.inputSpatial().size();
    this.input = op.operand(0).shape();
    this.kernel = op.operand(1).shape();
    this.output = op.result().shape();
    this.result = op.result().dtype();
    this.b = b;
  }

  /** The facts, or null for a convolution of unknown shape, without elements or not of floats. */
  static @Nullable Convolved of(Op op, Builder b) {
    if (!(op.result().tensorType().element() instanceof DType dtype)
        || !dtype.isFloat()
        || !(op.operand(0).tensorType().element() instanceof DType left)
        || !(op.operand(1).tensorType().element() instanceof DType right)
        || left != right
        || !left.isFloat()) {
      return null;
    }
    Convolved out = new Convolved(op, b);
    boolean known = out.input.isStatic() && out.kernel.isStatic() && out.output.isStatic();
    return known && out.input.count() > 0 && out.kernel.count() > 0 && out.output.count() > 0
        ? out
        : null;
  }

  long inputFeatures() {
    return input.dim((int) dims.inputFeature());
  }

  long batch() {
    return input.dim((int) dims.inputBatch());
  }

  long outputFeatures() {
    return output.dim((int) dims.outputFeature());
  }

  long[] inputSizes() {
    return sizes(input, dims.inputSpatial());
  }

  long[] kernelSizes() {
    return sizes(kernel, dims.kernelSpatial());
  }

  long[] outputSizes() {
    return sizes(output, dims.outputSpatial());
  }

  private static long[] sizes(Shape shape, List<Long> dims) {
    return dims.stream().mapToLong(d -> shape.dim(d.intValue())).toArray();
  }

  static long product(long[] sizes) {
    long out = 1;
    for (long size : sizes) {
      out *= size;
    }
    return out;
  }

  static boolean allEqual(long[] values, long value) {
    for (long v : values) {
      if (v != value) {
        return false;
      }
    }
    return true;
  }

  boolean hasPadding() {
    for (long[] pair : config.padding()) {
      if (pair[0] != 0 || pair[1] != 0) {
        return true;
      }
    }
    return false;
  }

  /** True for a convolution in one group, input and kernel as they are. */
  boolean isUngrouped() {
    return config.featureGroups() == 1 && config.batchGroups() == 1;
  }

  /** The input as {@code [first, spatial…, last]}. */
  Value input(Value x, long first, long last) {
    return arrange(x, first, dims.inputSpatial(), last);
  }

  /** The kernel as {@code [input features, spatial…, output features]}, mirrored as it is used. */
  Value kernel(Value k) {
    List<Long> mirrored = new ArrayList<>();
    for (int i = 0; i < spatial; i++) {
      if (config.reversal()[i]) {
        mirrored.add(dims.kernelSpatial().get(i));
      }
    }
    Value plain = mirrored.isEmpty() ? k : b.reverse(k, longs(mirrored));
    return arrange(
        plain, dims.kernelInputFeature(), dims.kernelSpatial(), dims.kernelOutputFeature());
  }

  /** A tensor {@code [batch, spatial…, features]} as the result of the convolution. */
  Value output(Value y) {
    Value typed = y.dtype() == result ? y : b.convert(y, result);
    long[] permutation = new long[spatial + 2];
    permutation[(int) dims.outputBatch()] = 0;
    permutation[(int) dims.outputFeature()] = spatial + 1L;
    for (int i = 0; i < spatial; i++) {
      permutation[dims.outputSpatial().get(i).intValue()] = i + 1L;
    }
    return transposed(typed, permutation);
  }

  /** Sums are done in f32 at least, as in the compiler's own convolutions. */
  Value widened(Value x) {
    return x.dtype().bits() < 32 ? b.convert(x, DType.F32) : x;
  }

  /** The input {@code [first, spatial…, last]} spread and padded with zeros as configured. */
  Value padded(Value x) {
    long[] low = new long[spatial + 2];
    long[] high = new long[spatial + 2];
    long[] interior = new long[spatial + 2];
    boolean needed = hasPadding();
    for (int i = 0; i < spatial; i++) {
      low[i + 1] = config.padding()[i][0];
      high[i + 1] = config.padding()[i][1];
      interior[i + 1] = config.lhsDilation()[i] - 1;
      needed |= interior[i + 1] > 0;
    }
    return needed ? b.pad(x, b.constant(x.dtype(), 0), low, high, interior) : x;
  }

  /**
   * Elements of {@code [first, spatial…, last]} from {@code starts}, {@code counts} of them, {@code
   * steps} apart, in each spatial dimension.
   */
  static Value part(Builder b, Value x, long[] starts, long[] counts, long[] steps) {
    int rank = x.shape().rank();
    long[] from = new long[rank];
    long[] to = x.shape().dims();
    long[] by = new long[rank];
    java.util.Arrays.fill(by, 1);
    for (int i = 0; i < starts.length; i++) {
      from[i + 1] = starts[i];
      to[i + 1] = starts[i] + (counts[i] - 1) * steps[i] + 1;
      by[i + 1] = steps[i];
    }
    return b.slice(x, from, to, by);
  }

  private Value arrange(Value x, long first, List<Long> middle, long last) {
    long[] permutation = new long[middle.size() + 2];
    permutation[0] = first;
    permutation[permutation.length - 1] = last;
    for (int i = 0; i < middle.size(); i++) {
      permutation[i + 1] = middle.get(i);
    }
    return transposed(x, permutation);
  }

  private Value transposed(Value x, long[] permutation) {
    for (int i = 0; i < permutation.length; i++) {
      if (permutation[i] != i) {
        return b.transpose(x, permutation);
      }
    }
    return x;
  }

  static long[] longs(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  /** All places of a box, in row-major order. */
  static List<long[]> places(long[] sizes) {
    List<long[]> out = new ArrayList<>();
    long count = product(sizes);
    for (long k = 0; k < count; k++) {
      long[] place = new long[sizes.length];
      long rest = k;
      for (int i = sizes.length - 1; i >= 0; i--) {
        place[i] = rest % sizes[i];
        rest /= sizes[i];
      }
      out.add(place);
    }
    return out;
  }
}
