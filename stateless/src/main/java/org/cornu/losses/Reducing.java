package org.cornu.losses;

import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Rank alignment, masks, weights and reduction of losses and metrics, by Keras' rules. */
public final class Reducing {
  private Reducing() {}

  /**
   * {@code x} with the rank of {@code other}, where they differ by one and the additional last
   * dimension is 1: a vector gets it, anything else loses it.
   */
  public static Tensor align(Tensor x, Tensor other) {
    int rank = x.rank();
    if (rank == other.rank() + 1 && x.size(-1) == 1 && other.rank() != 1) {
      return Np.squeeze(x, -1);
    }
    if (rank + 1 == other.rank() && other.size(-1) == 1 && rank == 1) {
      return Np.expandDims(x, -1);
    }
    return x;
  }

  /**
   * Weights joined with a mask.
   *
   * @param spread whether the entries that count get weight {@code all / counted}, so that a later
   *     mean over all is the mean over them
   */
  public static @Nullable Tensor joinMask(
      @Nullable Tensor weight, @Nullable Tensor mask, DType dtype, boolean spread) {
    if (mask == null) {
      return weight;
    }
    Tensor counted = Lax.convertElementType(mask, dtype);
    if (spread) {
      Tensor total = Lax.full(dtype, mask.count());
      counted = counted.mul(Np.divideNoNan(total, Np.sum(counted)));
    }
    if (weight == null) {
      return counted;
    }
    Tensor w = Lax.convertElementType(weight, dtype);
    Tensor left = align(counted, w);
    Tensor right = align(w, counted);
    return leading(right, left).mul(leading(left, right));
  }

  /**
   * {@code x} made to broadcast against {@code like} from the first dimension on: a weight per
   * sample. Where that does not fit it is left as it is, to broadcast from the last dimension.
   */
  public static Tensor leading(Tensor x, Tensor like) {
    if (x.rank() >= like.rank()) {
      return x;
    }
    for (int d = 0; d < x.rank(); d++) {
      if (x.size(d) != 1 && x.size(d) != like.size(d)) {
        return x;
      }
    }
    long[] dims = new long[like.rank()];
    for (int d = 0; d < dims.length; d++) {
      dims[d] = d < x.rank() ? x.shape().dim(d) : 1;
    }
    return Lax.reshape(x, dims);
  }

  static Tensor reduce(
      Tensor values, @Nullable Tensor sampleWeight, @Nullable Tensor mask, Reduction reduction) {
    boolean spread = reduction == Reduction.SUM_OVER_BATCH_SIZE || reduction == Reduction.MEAN;
    Tensor weight =
        joinMask(
            sampleWeight == null ? null : Lax.convertElementType(sampleWeight, values.dtype()),
            mask,
            values.dtype(),
            spread);
    Tensor weighted = values;
    if (weight != null) {
      Tensor v = align(values, weight);
      weight = leading(align(weight, values), v);
      try {
        weighted = v.mul(weight);
      } catch (OpException e) {
        throw new OpException(
            "loss: the sample weight must broadcast to the values: got "
                + weight.type().brief()
                + " for values "
                + v.type().brief());
      }
    }
    if (weighted.rank() == 0 || weighted.count() == 0) {
      return weighted;
    }
    double count = weighted.count();
    return switch (reduction) {
      case NONE -> weighted;
      case SUM -> Np.sum(weighted);
      case SUM_OVER_BATCH_SIZE, MEAN -> Np.sum(weighted).div(count);
      case MEAN_WITH_SAMPLE_WEIGHT ->
          weight == null
              ? Np.sum(weighted).div(count)
              : Np.divideNoNan(Np.sum(weighted), Np.sum(weight));
    };
  }
}
