package org.cornu.tracer.lowering;

import java.util.List;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * Gradients of convolution kernels as sums over chunks of the batch. Such a gradient is a
 * convolution whose features are the examples and whose window is the whole image; XLA's CPU
 * compiler unfolds it into one large matrix, which does not fit the caches for the whole batch.
 */
final class KernelGradientChunks {
  /** Columns of the unfolded matrix in a chunk: examples times points of the window, at most. */
  private static final long COLUMNS = 4096;

  /** Examples in the smallest chunk. */
  private static final long LEAST_CHUNK = 2;

  /** The most chunks that are written out; the chunks of larger batches are larger. */
  private static final long MOST_CHUNKS = 32;

  /** A window of fewer points is that of a forward convolution. */
  private static final long LEAST_WINDOW = 32;

  private KernelGradientChunks() {}

  static @Nullable List<Value> form(Op op, List<Value> operands, Builder b) {
    Convolved c = Convolved.of(op, b);
    if (c == null || !c.isUngrouped()) {
      return null;
    }
    long window = Convolved.product(c.kernelSizes());
    long points = Convolved.product(c.outputSizes());
    long examples = c.inputFeatures();
    if (window < LEAST_WINDOW || points * 2 > window || points < 2) {
      return null;
    }
    long size =
        Math.max(
            Math.max(LEAST_CHUNK, Long.highestOneBit(COLUMNS / window)),
            (examples + MOST_CHUNKS - 1) / MOST_CHUNKS);
    if (examples < 2 * size) {
      return null;
    }
    Value sum = null;
    for (long from = 0; from < examples; from += size) {
      long to = Math.min(examples, from + size);
      Value x = slice(b, operands.get(0), (int) c.dims.inputFeature(), from, to);
      Value k = slice(b, operands.get(1), (int) c.dims.kernelInputFeature(), from, to);
      Value part = b.convolution(x, k, c.config, c.result.bits() < 32 ? DType.F32 : c.result);
      sum = sum == null ? part : b.add(sum, part);
    }
    Value total = java.util.Objects.requireNonNull(sum);
    return List.of(total.dtype() == c.result ? total : b.convert(total, c.result));
  }

  private static Value slice(Builder b, Value x, int dim, long from, long to) {
    long[] starts = new long[x.shape().rank()];
    long[] limits = x.shape().dims();
    long[] ones = new long[starts.length];
    java.util.Arrays.fill(ones, 1);
    starts[dim] = from;
    limits[dim] = to;
    return b.slice(x, starts, limits, ones);
  }
}
