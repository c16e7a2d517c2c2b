package org.cornu.losses;

import org.cornu.ops.Lax;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Losses as functions of labels and predictions: a value per sample, unreduced. The classes of this
 * package, and the metrics of the same names, are made of them.
 *
 * <p>Unless said otherwise, labels and predictions have the shape {@code [batch, ..., n]} and the
 * values the shape {@code [batch, ...]}: the last axis is averaged or summed. Labels are cast to
 * the type of the predictions; where the ranks differ by one and the additional last dimension is
 * 1, it is dropped. Formulas are those of Keras 3.
 */
public final class Losses {
  /** Keeps logarithms and quotients finite: Keras' {@code epsilon}. */
  static final double EPSILON = 1e-7;

  private Losses() {}

  /** Labels and predictions of one rank and type. */
  private record Pair(Tensor labels, Tensor predictions) {
    static Pair of(Tensor labels, Tensor predictions) {
      Tensor p = inexact(predictions);
      Tensor t = Lax.convertElementType(labels, p.dtype());
      return new Pair(Reducing.align(t, p), Reducing.align(p, t));
    }
  }

  private static Tensor inexact(Tensor x) {
    return x.dtype().isFloat() ? x : Lax.convertElementType(x, DType.F32);
  }

  // ---- regression

  /** {@code mean((yTrue - yPred)²)}. */
  public static Tensor meanSquaredError(Tensor yTrue, Tensor yPred) {
    Pair pair = Pair.of(yTrue, yPred);
    return Np.mean(pair.labels.sub(pair.predictions).square(), -1);
  }

  /** {@code mean(|yTrue - yPred|)}. */
  public static Tensor meanAbsoluteError(Tensor yTrue, Tensor yPred) {
    Pair pair = Pair.of(yTrue, yPred);
    return Np.mean(pair.labels.sub(pair.predictions).abs(), -1);
  }

  /** {@code 100 mean(|yTrue - yPred| / max(|yTrue|, 1e-7))}. */
  public static Tensor meanAbsolutePercentageError(Tensor yTrue, Tensor yPred) {
    Pair pair = Pair.of(yTrue, yPred);
    Tensor t = pair.labels;
    Tensor share = t.sub(pair.predictions).div(t.abs().maximum(EPSILON)).abs();
    return Np.mean(share, -1).mul(100.0);
  }

  /** {@code mean((log(1 + yTrue) - log(1 + yPred))²)}; negative values count as 1e-7. */
  public static Tensor meanSquaredLogarithmicError(Tensor yTrue, Tensor yPred) {
    Pair pair = Pair.of(yTrue, yPred);
    Tensor p = pair.predictions.maximum(EPSILON).add(1.0).log();
    Tensor t = pair.labels.maximum(EPSILON).add(1.0).log();
    return Np.mean(p.sub(t).square(), -1);
  }

  /**
   * Half the squared error up to {@code delta}, beyond it a straight line; the mean.
   *
   * @param delta where the two meet
   */
  public static Tensor huber(Tensor yTrue, Tensor yPred, double delta) {
    Pair pair = Pair.of(yTrue, yPred);
    Tensor error = pair.predictions.sub(pair.labels);
    Tensor size = error.abs();
    Tensor line = size.mul(delta).sub(0.5 * delta * delta);
    return Np.mean(Np.where(size.le(delta), error.square().mul(0.5), line), -1);
  }

  /** {@code mean(log(cosh(yPred - yTrue)))}. */
  public static Tensor logCosh(Tensor yTrue, Tensor yPred) {
    Pair pair = Pair.of(yTrue, yPred);
    Tensor error = pair.predictions.sub(pair.labels);
    Tensor values = error.add(Nn.softplus(error.mul(-2.0))).sub(Math.log(2));
    return Np.mean(values, -1);
  }

  /**
   * Minus the cosine of the angle between labels and predictions.
   *
   * @param axis along which vectors lie
   */
  public static Tensor cosineSimilarity(Tensor yTrue, Tensor yPred, int axis) {
    Pair pair = Pair.of(yTrue, yPred);
    Tensor p = Nn.normalize(pair.predictions, 2, EPSILON, axis);
    Tensor t = Nn.normalize(pair.labels, 2, EPSILON, axis);
    return Np.sum(t.mul(p), axis).neg();
  }

  // ---- distributions

  /** {@code sum(yTrue log(yTrue / yPred))}, both clipped to {@code [1e-7, 1]}. */
  public static Tensor klDivergence(Tensor yTrue, Tensor yPred) {
    Pair pair = Pair.of(yTrue, yPred);
    Tensor t = pair.labels.clip(EPSILON, 1);
    Tensor p = pair.predictions.clip(EPSILON, 1);
    return Np.sum(t.mul(t.div(p).log()), -1);
  }

  /** {@code mean(yPred - yTrue log(yPred + 1e-7))}. */
  public static Tensor poisson(Tensor yTrue, Tensor yPred) {
    Pair pair = Pair.of(yTrue, yPred);
    Tensor p = pair.predictions;
    return Np.mean(p.sub(pair.labels.mul(p.add(EPSILON).log())), -1);
  }

  // ---- margins

  /** {@code mean(max(1 - yTrue yPred, 0))}; labels of 0 and 1 alone are taken as -1 and 1. */
  public static Tensor hinge(Tensor yTrue, Tensor yPred) {
    return Np.mean(margin(yTrue, yPred), -1);
  }

  /** {@code mean(max(1 - yTrue yPred, 0)²)}; labels of 0 and 1 alone are taken as -1 and 1. */
  public static Tensor squaredHinge(Tensor yTrue, Tensor yPred) {
    return Np.mean(margin(yTrue, yPred).square(), -1);
  }

  private static Tensor margin(Tensor yTrue, Tensor yPred) {
    Pair pair = Pair.of(yTrue, yPred);
    Tensor t = pair.labels;
    Tensor binary = Np.all(Np.logicalOr(t.eq(0L), t.eq(1L)));
    Tensor signs = Np.where(binary, t.mul(2.0).sub(1.0), t);
    return Np.subtract(1.0, signs.mul(pair.predictions)).maximum(0.0);
  }

  /** {@code max(neg - pos + 1, 0)}: the score of the label, and the best of the others. */
  public static Tensor categoricalHinge(Tensor yTrue, Tensor yPred) {
    Pair pair = Pair.of(yTrue, yPred);
    Tensor pos = Np.sum(pair.labels.mul(pair.predictions), -1);
    Tensor neg = Np.max(Np.subtract(1.0, pair.labels).mul(pair.predictions), -1);
    return neg.sub(pos).add(1.0).maximum(0.0);
  }

  // ---- classes

  /**
   * Cross-entropy of logits.
   *
   * @param logits {@code [..., classes]}
   * @param labels class indices {@code [...]} (integers), or probabilities {@code [..., classes]}
   * @return {@code [...]}
   */
  public static Tensor softmaxCrossEntropy(Tensor logits, Tensor labels) {
    return labels.dtype().isFloat() && labels.rank() == logits.rank()
        ? categoricalCrossentropy(labels, logits, true, 0, -1)
        : sparseCategoricalCrossentropy(labels, logits, true, null, -1);
  }

  /**
   * Cross-entropy of independent yes-or-no logits, elementwise.
   *
   * @param labels 0 or 1, or probabilities, of the shape of {@code logits}
   */
  public static Tensor sigmoidCrossEntropy(Tensor logits, Tensor labels) {
    Tensor p = inexact(logits);
    return Nn.binaryCrossentropy(Lax.convertElementType(labels, p.dtype()), p, true);
  }

  /**
   * {@code -sum(yTrue log p)} over the classes.
   *
   * @param yTrue probabilities, such as one-hot labels
   * @param yPred probabilities, normalized here, or logits
   * @param labelSmoothing share of the labels spread evenly over all classes
   * @param axis of the classes
   */
  public static Tensor categoricalCrossentropy(
      Tensor yTrue, Tensor yPred, boolean fromLogits, double labelSmoothing, int axis) {
    Tensor p = inexact(yPred);
    Tensor t = smoothed(Lax.convertElementType(yTrue, p.dtype()), labelSmoothing, axis);
    return Nn.categoricalCrossentropy(t, p, fromLogits, axis);
  }

  /**
   * Cross-entropy that counts hard samples more (Lin et al. 2017).
   *
   * @param alpha factor of all classes
   * @param gamma power of {@code 1 - p}
   */
  public static Tensor categoricalFocalCrossentropy(
      Tensor yTrue,
      Tensor yPred,
      double alpha,
      double gamma,
      boolean fromLogits,
      double labelSmoothing,
      int axis) {
    Tensor p = inexact(yPred);
    Tensor t = smoothed(Lax.convertElementType(yTrue, p.dtype()), labelSmoothing, -1);
    if (fromLogits) {
      p = Nn.softmax(p, axis);
    }
    p = p.div(Np.sum(p, true, axis)).clip(EPSILON, 1 - EPSILON);
    Tensor weight = Np.subtract(1.0, p).pow(gamma).mul(alpha);
    return Np.sum(weight.mul(t.neg().mul(p.log())), axis);
  }

  private static Tensor smoothed(Tensor labels, double share, int axis) {
    return share == 0 ? labels : labels.mul(1 - share).add(share / labels.size(axis));
  }

  /**
   * {@code -log p[yTrue]}.
   *
   * @param yTrue class indices {@code [...]} or {@code [..., 1]}
   * @param yPred probabilities, normalized here, or logits, {@code [..., classes]}
   * @param ignoreClass label whose samples get value 0, or null
   * @param axis of the classes
   */
  public static Tensor sparseCategoricalCrossentropy(
      Tensor yTrue, Tensor yPred, boolean fromLogits, @Nullable Integer ignoreClass, int axis) {
    Tensor p = inexact(yPred);
    Tensor t = labels(yTrue, p, axis);
    if (ignoreClass == null) {
      return Nn.sparseCategoricalCrossentropy(t, p, fromLogits, axis);
    }
    Tensor valid = t.ne((long) ignoreClass);
    Tensor scores = Np.where(Np.expandDims(valid, axis), p, 0.0);
    Tensor values =
        Nn.sparseCategoricalCrossentropy(Np.where(valid, t, 0L), scores, fromLogits, axis);
    return Np.where(valid, values, 0.0);
  }

  /** Class indices, i32, without the axis of the classes. */
  public static Tensor labels(Tensor yTrue, Tensor yPred, int axis) {
    Tensor t = Lax.convertElementType(yTrue, DType.I32);
    return t.rank() == yPred.rank() && t.size(axis) == 1 ? Np.squeeze(t, axis) : t;
  }

  /**
   * {@code -yTrue log p - (1 - yTrue) log(1 - p)}, the mean.
   *
   * @param yPred probabilities or logits, of the shape of the labels
   * @param labelSmoothing share of the labels moved to one half
   * @param axis that is averaged
   */
  public static Tensor binaryCrossentropy(
      Tensor yTrue, Tensor yPred, boolean fromLogits, double labelSmoothing, int axis) {
    Pair pair = Pair.of(yTrue, yPred);
    Tensor t = halved(pair.labels, labelSmoothing);
    return Np.mean(Nn.binaryCrossentropy(t, pair.predictions, fromLogits), axis);
  }

  private static Tensor halved(Tensor labels, double share) {
    return share == 0 ? labels : labels.mul(1 - share).add(0.5 * share);
  }

  /**
   * Binary cross-entropy that counts hard samples more (Lin et al. 2017).
   *
   * @param balance whether positive samples count {@code alpha} and negative ones {@code 1 - alpha}
   * @param gamma power of {@code 1 - p}
   */
  public static Tensor binaryFocalCrossentropy(
      Tensor yTrue,
      Tensor yPred,
      boolean balance,
      double alpha,
      double gamma,
      boolean fromLogits,
      double labelSmoothing,
      int axis) {
    Pair pair = Pair.of(yTrue, yPred);
    Tensor t = halved(pair.labels, labelSmoothing);
    Tensor p = fromLogits ? Nn.sigmoid(pair.predictions) : pair.predictions;
    Tensor others = Np.subtract(1.0, t);
    Tensor right = t.mul(p).add(others.mul(Np.subtract(1.0, p)));
    Tensor values = Np.subtract(1.0, right).pow(gamma).mul(Nn.binaryCrossentropy(t, p, false));
    if (balance) {
      values = values.mul(t.mul(alpha).add(others.mul(1 - alpha)));
    }
    return Np.mean(values, axis);
  }

  /**
   * {@code (1 - p[yTrue]^q) / q}, which noisy labels disturb less (Zhang and Sabuncu 2018).
   *
   * @param yTrue class indices
   * @param yPred probabilities {@code [batch, classes]}
   * @param q from cross-entropy (0) to absolute error (1)
   */
  public static Tensor categoricalGeneralizedCrossEntropy(Tensor yTrue, Tensor yPred, double q) {
    Tensor p = inexact(yPred);
    Tensor hot = Nn.oneHot(labels(yTrue, p, -1), p.size(-1), -1, p.dtype());
    return Np.subtract(1.0, Np.sum(p.mul(hot), -1).pow(q)).div(q);
  }

  // ---- regions

  /**
   * {@code 1 - 2 |A B| / (|A| + |B|)} of soft regions.
   *
   * @param axes that are summed; none means all, for one value of the whole batch
   */
  public static Tensor dice(Tensor yTrue, Tensor yPred, int... axes) {
    Pair pair = Pair.of(yTrue, yPred);
    Tensor common = Np.sum(pair.labels.mul(pair.predictions), axes).mul(2.0);
    Tensor both = Np.sum(pair.labels, axes).add(Np.sum(pair.predictions, axes));
    return Np.subtract(1.0, common.div(both.add(EPSILON)));
  }

  /**
   * Dice loss with different weights for what is missed and what is wrongly found (Salehi et al.
   * 2017).
   *
   * @param alpha weight of labels that were not predicted
   * @param beta weight of predictions without label
   * @param axes that are summed; none means all
   */
  public static Tensor tversky(Tensor yTrue, Tensor yPred, double alpha, double beta, int... axes) {
    Pair pair = Pair.of(yTrue, yPred);
    Tensor t = pair.labels;
    Tensor p = pair.predictions;
    Tensor common = Np.sum(t.mul(p), axes);
    Tensor missed = Np.sum(Np.subtract(1.0, p).mul(t), axes);
    Tensor wrong = Np.sum(p.mul(Np.subtract(1.0, t)), axes);
    Tensor all = common.add(missed.mul(alpha)).add(wrong.mul(beta)).add(EPSILON);
    return Np.subtract(1.0, common.div(all));
  }

  // ---- embeddings and sequences

  /**
   * Circle loss (Sun et al. 2020) of embeddings among themselves.
   *
   * @param labels classes {@code [batch]}
   * @param embeddings unit vectors {@code [batch, n]}
   * @param gamma scale
   * @param margin relaxation
   * @param removeDiagonal whether a sample is not its own positive
   * @return {@code [batch]}
   */
  public static Tensor circle(
      Tensor labels, Tensor embeddings, double gamma, double margin, boolean removeDiagonal) {
    return circle(labels, embeddings, labels, embeddings, gamma, margin, removeDiagonal);
  }

  /**
   * Circle loss of embeddings against reference embeddings.
   *
   * @param referenceLabels classes {@code [m]}
   * @param references unit vectors {@code [m, n]}
   */
  public static Tensor circle(
      Tensor labels,
      Tensor embeddings,
      Tensor referenceLabels,
      Tensor references,
      double gamma,
      double margin,
      boolean removeDiagonal) {
    Tensor x = inexact(embeddings);
    Tensor row = Lax.convertElementType(labels, DType.I32).reshape(labels.count(), 1);
    Tensor column =
        Lax.convertElementType(referenceLabels, DType.I32).reshape(1, referenceLabels.count());
    Tensor distances = Np.subtract(1.0, x.matmul(inexact(references).transpose())).maximum(0.0);
    Tensor same = row.eq(column);
    Tensor other = same.not();
    if (removeDiagonal) {
      Tensor diagonal = Np.eye(DType.BOOL, row.size(0), column.size(1), 0);
      same = Np.logicalAnd(same, diagonal.not());
    }
    Tensor pull = Np.where(same, distances.add(margin), 0.0).maximum(0.0);
    Tensor push = Np.where(other, Np.subtract(1 + margin, distances), 0.0).maximum(0.0);
    Tensor near = pull.mul(-gamma).mul(Np.subtract(margin, distances));
    Tensor far = push.mul(gamma).mul(Np.subtract(1 - margin, distances));
    double none = Double.NEGATIVE_INFINITY;
    Tensor positive = Np.logsumexp(Np.where(same, near, none), 1);
    Tensor negative = Np.logsumexp(Np.where(other, far, none), 1);
    return Nn.softplus(positive.add(negative));
  }

  /**
   * Connectionist temporal classification: minus the log probability of all alignments.
   *
   * @param yTrue labels {@code [batch, labels]}, padded with 0, which is also the blank
   * @param yPred logits {@code [batch, time, classes]}
   * @return {@code [batch]}
   */
  public static Tensor ctc(Tensor yTrue, Tensor yPred) {
    if (yTrue.rank() != 2 || yPred.rank() != 3) {
      throw new OpException(
          "ctc: labels [batch, labels] and logits [batch, time, classes] are needed: got "
              + yTrue.type().brief()
              + " and "
              + yPred.type().brief());
    }
    Tensor lengths = Np.sum(Lax.convertElementType(yTrue.ne(0L), DType.I32), -1);
    Tensor frames = Lax.full(DType.I32, yPred.size(1), yPred.size(0));
    return Nn.ctcLoss(yTrue, yPred, lengths, frames, 0);
  }
}
