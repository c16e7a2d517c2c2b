package org.cornu.losses;

import java.util.function.BinaryOperator;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Rank alignment, masks, weights and reduction of losses (Keras' {@code reduce_weighted_values}).
 */
final class Reducing {
  private Reducing() {}

  static Tensor loss(
      BinaryOperator<Tensor> f,
      Tensor yTrue,
      Tensor yPred,
      @Nullable Tensor sampleWeight,
      @Nullable Tensor mask,
      Reduction reduction) {
    DType dtype = yPred.dtype().isFloat() ? yPred.dtype() : DType.F32;
    Tensor predictions = Lax.convertElementType(yPred, dtype);
    Tensor labels = Lax.convertElementType(yTrue, dtype);
    Tensor aligned = align(labels, predictions.shape());
    Tensor pred = align(predictions, labels.shape());
    return reduce(f.apply(aligned, pred), sampleWeight, mask, reduction);
  }

  /** Drops or adds a last dimension of 1 where the ranks differ by one. */
  static Tensor align(Tensor x, Shape other) {
    int rank = x.rank();
    if (rank == other.rank() + 1 && x.shape().dim(-1) == 1) {
      return Lax.reshape(x, x.shape().remove(rank - 1).dims());
    }
    return x;
  }

  static Tensor reduce(
      Tensor values, @Nullable Tensor sampleWeight, @Nullable Tensor mask, Reduction reduction) {
    Tensor weight =
        sampleWeight == null ? null : Lax.convertElementType(sampleWeight, values.dtype());
    if (mask != null) {
      Tensor valid = Lax.convertElementType(mask, values.dtype());
      boolean mean = reduction == Reduction.SUM_OVER_BATCH_SIZE || reduction == Reduction.MEAN;
      if (mean) {
        // Valid entries weigh total / valid, so that the mean is over them alone.
        Tensor total = Lax.full(values.dtype(), valid.count());
        valid = Np.multiply(valid, Np.divideNoNan(total, Np.sum(valid)));
      }
      weight = weight == null ? valid : Np.multiply(spread(weight, valid), valid);
    }
    Tensor weighted = values;
    if (weight != null) {
      weight = align(weight, values.shape());
      weighted = Np.multiply(values, spread(weight, values));
    }
    if (values.rank() == 0 && reduction != Reduction.NONE) {
      return weighted;
    }
    return switch (reduction) {
      case NONE -> weighted;
      case SUM -> Np.sum(weighted);
      case SUM_OVER_BATCH_SIZE, MEAN ->
          Np.divide(Np.sum(weighted), (double) Math.max(1, values.count()));
      case MEAN_WITH_SAMPLE_WEIGHT ->
          weight == null
              ? Np.divide(Np.sum(weighted), (double) Math.max(1, values.count()))
              : Np.divideNoNan(Np.sum(weighted), Np.sum(spread(weight, values)));
    };
  }

  /** {@code weight} over the trailing dimensions of {@code like} that it lacks. */
  private static Tensor spread(Tensor weight, Tensor like) {
    long[] dims = new long[like.rank()];
    for (int d = 0; d < dims.length; d++) {
      dims[d] = d < weight.rank() ? weight.shape().dim(d) : 1;
    }
    Tensor shaped = weight.rank() <= like.rank() ? Lax.reshape(weight, dims) : weight;
    return Np.broadcastTo(shaped, like.shape().dims());
  }
}
