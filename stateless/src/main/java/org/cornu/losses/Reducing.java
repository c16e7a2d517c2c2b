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
    return weigh(align(counted, w), align(w, counted), "mask");
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
      weight = align(weight, values);
      weighted = weigh(v, weight, "values");
    }
    if (weighted.rank() == 0 || (weighted.rank() == 1 && weighted.count() == 0)) {
      return weighted;
    }
    return switch (reduction) {
      case NONE -> weighted;
      case SUM -> Np.sum(weighted);
      case SUM_OVER_BATCH_SIZE, MEAN -> mean(weighted);
      case MEAN_WITH_SAMPLE_WEIGHT ->
          weight == null ? mean(weighted) : Np.divideNoNan(Np.sum(weighted), Np.sum(weight));
    };
  }

  /** The mean; 0 where there are no values. */
  private static Tensor mean(Tensor values) {
    return values.count() == 0 ? Np.sum(values) : Np.sum(values).div((double) values.count());
  }

  /** The product, which broadcasts as NumPy does: from the last dimension. */
  private static Tensor weigh(Tensor values, Tensor weight, String of) {
    try {
      return values.mul(weight);
    } catch (OpException e) {
      throw new OpException(
          "loss: the sample weight must broadcast to the "
              + of
              + " from the last dimension: got "
              + weight.type().brief()
              + " for "
              + of
              + " "
              + values.type().brief()
              + (weight.rank() == 1
                  ? "\n  hint: a weight per sample is reshaped to [batch, 1] where there are values"
                      + " per step"
                  : ""));
    }
  }
}
