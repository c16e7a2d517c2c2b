package org.cornu.tracer.lowering;

import java.util.List;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * Depthwise convolutions as sums of products of shifted slices, one per point of the kernel; the
 * gradient of the input is one of the same kind, that of the kernel see {@link
 * DepthwiseKernelGradient}. XLA's CPU compiler has a slow loop for all three.
 */
final class DepthwiseShifts {
  /** The most products of slices that are written out. */
  private static final long MOST_TERMS = 64;

  /** Channels that share a group: more of them are better off as a convolution. */
  private static final long MOST_CHANNELS = 4;

  private DepthwiseShifts() {}

  static @Nullable List<Value> form(Op op, List<Value> operands, Builder b) {
    Convolved c = Convolved.of(op, b);
    if (c == null) {
      return null;
    }
    long groups = c.config.featureGroups();
    if (groups > 1 && c.config.batchGroups() == 1) {
      long in = c.inputFeatures() / groups;
      long out = c.outputFeatures() / groups;
      long terms = Convolved.product(c.kernelSizes()) * in;
      return pays(in, out, terms, groups) ? List.of(shifted(c, operands, b, groups)) : null;
    }
    groups = c.config.batchGroups();
    if (groups > 1 && c.config.featureGroups() == 1) {
      long in = c.batch() / groups;
      long out = c.outputFeatures() / groups;
      long terms = Convolved.product(c.outputSizes()) * in;
      return pays(in, out, terms, groups) && DepthwiseKernelGradient.pays(c)
          ? List.of(DepthwiseKernelGradient.form(c, operands, b, groups))
          : null;
    }
    return null;
  }

  private static boolean pays(long in, long out, long terms, long groups) {
    return in <= MOST_CHANNELS && out <= MOST_CHANNELS && in * out <= groups && terms <= MOST_TERMS;
  }

  /**
   * Each output is the sum over kernel points of a slice of the input times a row of the kernel.
   */
  private static Value shifted(Convolved c, List<Value> operands, Builder b, long groups) {
    Value x = c.input(operands.get(0), c.dims.inputBatch(), c.dims.inputFeature());
    Value padded = c.padded(c.widened(x));
    Value kernel = c.widened(c.kernel(operands.get(1)));
    long features = c.outputFeatures();
    Shape shape = Shape.of(c.batch()).concat(Shape.of(c.outputSizes())).concat(Shape.of(features));
    Value sum = null;
    for (long[] tap : Convolved.places(c.kernelSizes())) {
      long[] starts = new long[c.spatial];
      for (int i = 0; i < c.spatial; i++) {
        starts[i] = tap[i] * c.config.rhsDilation()[i];
      }
      Value slice = Convolved.part(b, padded, starts, c.outputSizes(), c.config.strides());
      for (long channel = 0; channel < c.inputFeatures() / groups; channel++) {
        Value weights = b.reshape(row(b, kernel, channel, tap), Shape.of(features));
        Value spread = b.broadcastInDim(weights, shape, shape.rank() - 1L);
        Value product = b.multiply(channels(b, slice, groups, channel, features), spread);
        sum = sum == null ? product : b.add(sum, product);
      }
    }
    return c.output(java.util.Objects.requireNonNull(sum));
  }

  /** Row {@code [out]} of a kernel {@code [in, spatial…, out]}. */
  private static Value row(Builder b, Value kernel, long channel, long[] tap) {
    int rank = kernel.shape().rank();
    long[] from = new long[rank];
    long[] ones = new long[rank];
    java.util.Arrays.fill(ones, 1);
    from[0] = channel;
    System.arraycopy(tap, 0, from, 1, tap.length);
    long[] to = from.clone();
    for (int i = 0; i < rank; i++) {
      to[i]++;
    }
    to[rank - 1] = kernel.shape().dim(rank - 1);
    return b.slice(kernel, from, to, ones);
  }

  /** Channel number {@code channel} of each group, repeated for each output of the group. */
  static Value channels(Builder b, Value x, long groups, long channel, long features) {
    int last = x.shape().rank() - 1;
    long inGroup = x.shape().dim(last) / groups;
    Value one = x;
    if (inGroup > 1) {
      long[] from = new long[last + 1];
      long[] by = new long[last + 1];
      java.util.Arrays.fill(by, 1);
      from[last] = channel;
      by[last] = inGroup;
      one = b.slice(x, from, x.shape().dims(), by);
    }
    long repeats = features / groups;
    if (repeats == 1) {
      return one;
    }
    Shape wide = one.shape().insert(last + 1, repeats);
    long[] kept = new long[last + 1];
    java.util.Arrays.setAll(kept, i -> i);
    return b.reshape(b.broadcastInDim(one, wide, kept), x.shape().with(last, features));
  }
}
