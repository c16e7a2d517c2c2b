package org.cornu.quantizers;

import java.util.stream.IntStream;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.jspecify.annotations.Nullable;

/**
 * Rounds numbers to the levels of few bits between bounds that can be trained (Jacob et al. 2018,
 * section 3): the gradient passes where a number lies within the bounds, and goes to the bound
 * where it does not.
 *
 * @param bits number of bits
 * @param narrow whether the lowest level is left out
 * @param axis the axis of the channels that bounds are given for; null for one pair of bounds
 */
record FakeQuantization(int bits, boolean narrow, @Nullable Integer axis) {
  private record Arguments(Tensor x, Tensor min, Tensor max) {}

  private record Levels(Tensor min, Tensor max, Tensor scale, Tensor inverse) {}

  FakeQuantization {
    if (bits < 2 || bits > 16) {
      throw new OpException(
          "fakeQuantWithMinMaxVars: numBits must be between 2 and 16: got " + bits);
    }
  }

  Tensor apply(Tensor x, Tensor min, Tensor max) {
    return Transforms.customVjp(
            this::rounded, (Arguments a) -> new Transforms.Forward<>(rounded(a), a), this::gradient)
        .apply(new Arguments(x, min, max));
  }

  /** Bounds moved so that zero is a level. */
  private Levels levels(Arguments a) {
    DType type = a.min().dtype().bits() < 32 ? DType.F32 : a.min().dtype();
    Tensor min = Np.cast(channels(a.min(), a.x().rank()), type);
    Tensor max = Np.cast(channels(a.max(), a.x().rank()), type);
    double low = narrow ? 1 : 0;
    double high = (1 << bits) - 1;
    Tensor range = max.sub(min);
    Tensor scale = range.div(high - low);
    Tensor zero = Np.round(Np.clip(Np.subtract(low, min.div(scale)), low, high));
    return new Levels(
        Np.subtract(low, zero).mul(scale),
        Np.subtract(high, zero).mul(scale),
        scale,
        Np.divide(high - low, range));
  }

  /** A vector over the channels, in the rank of the numbers. */
  private Tensor channels(Tensor bound, int rank) {
    if (axis == null || bound.rank() != 1) {
      return bound;
    }
    long[] dims = new long[rank];
    java.util.Arrays.fill(dims, 1);
    dims[axis < 0 ? axis + rank : axis] = bound.size(0);
    return Np.reshape(bound, dims);
  }

  private Tensor rounded(Arguments a) {
    Levels levels = levels(a);
    Tensor zero = Np.floor(levels.min().neg().mul(levels.inverse()).add(0.5));
    Tensor x = Np.cast(a.x(), levels.min().dtype());
    Tensor above = Np.clip(x, levels.min(), levels.max()).sub(levels.min());
    Tensor level = Np.floor(above.mul(levels.inverse()).sub(zero).add(0.5));
    return Np.cast(level.mul(levels.scale()), a.x().dtype());
  }

  private Arguments gradient(Arguments a, Tensor cotangent) {
    Levels levels = levels(a);
    Tensor none = Np.zerosLike(cotangent);
    Tensor within =
        Np.logicalAnd(Np.greaterEqual(a.x(), levels.min()), Np.lessEqual(a.x(), levels.max()));
    return new Arguments(
        Np.where(within, cotangent, none),
        bound(Np.where(Np.lessEqual(a.x(), levels.min()), cotangent, none), a.min()),
        bound(Np.where(Np.greaterEqual(a.x(), levels.max()), cotangent, none), a.max()));
  }

  private Tensor bound(Tensor gradient, Tensor bound) {
    int rank = gradient.rank();
    int kept = axis == null ? -1 : axis < 0 ? axis + rank : axis;
    int[] axes = IntStream.range(0, rank).filter(d -> d != kept).toArray();
    Tensor sum = axes.length == 0 ? gradient : Np.sum(gradient, axes);
    return Np.cast(Np.reshape(sum, bound.shape().dims()), bound.dtype());
  }
}
