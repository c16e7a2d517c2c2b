package org.cornu.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornu.config.ConfigException;
import org.cornu.losses.Reducing;
import org.cornu.ops.Lax;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Counts of right and wrong decisions at thresholds: a prediction is positive where it is strictly
 * above the threshold.
 *
 * @param thresholds rising
 * @param even whether they divide [0, 1] evenly; predictions are then put into buckets, as Keras
 *     does, which differs from comparisons in rounding
 * @param padded whether the first and last threshold lie outside [0, 1]
 */
record Confusion(double[] thresholds, boolean even, boolean padded) {
  private static final double EPSILON = 1e-7;

  /** What predictions beyond the best k become. */
  static final double LEAST = -1e10;

  /** Weighted counts, {@code [thresholds]}, or {@code [thresholds, labels]}. */
  record Counts(Tensor tp, Tensor fp, Tensor tn, Tensor fn) {}

  /** How predictions are looked at. */
  record View(
      @Nullable Integer topK,
      @Nullable Integer classId,
      boolean multiLabel,
      @Nullable List<Double> labelWeights) {
    static final View PLAIN = new View(null, null, false, null);
  }

  /** The thresholds of an option that is a number, a list, or null. */
  static Confusion of(@Nullable Object option, double otherwise) {
    List<Double> values = new ArrayList<>();
    if (option instanceof List<?> list) {
      list.forEach(v -> values.add(((Number) v).doubleValue()));
    } else {
      values.add(option instanceof Number number ? number.doubleValue() : otherwise);
    }
    for (double value : values) {
      if (option != null && (value < 0 || value > 1)) {
        throw new ConfigException("thresholds must be in [0, 1]: got " + option);
      }
    }
    double[] thresholds = values.stream().mapToDouble(Double::doubleValue).toArray();
    return new Confusion(thresholds, isEven(thresholds), false);
  }

  /** A number of thresholds that divide [0, 1] evenly. */
  static Confusion evenly(int count) {
    if (count == 1) {
      return new Confusion(new double[] {0.5}, false, false);
    }
    double[] thresholds = new double[count];
    Arrays.setAll(thresholds, i -> i / (count - 1.0));
    return new Confusion(thresholds, true, false);
  }

  /** The same thresholds, the first and last moved just outside [0, 1]. */
  Confusion widened() {
    double[] wide = thresholds.clone();
    wide[0] = -EPSILON;
    wide[wide.length - 1] = 1 + EPSILON;
    return new Confusion(wide, even, true);
  }

  static boolean isEven(double... thresholds) {
    int n = thresholds.length;
    for (int i = 0; i < n; i++) {
      double want = (double) (float) (i / (n - 1.0));
      if (n < 3 || Math.abs(thresholds[i] - want) > EPSILON + 1e-5 * want) {
        return false;
      }
    }
    return true;
  }

  Counts count(Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight, View view) {
    Tensor t = Lax.convertElementType(yTrue, DType.F32);
    Tensor p = Lax.convertElementType(yPred, DType.F32);
    Tensor labels = Reducing.align(t, p);
    Tensor scores = Reducing.align(p, t);
    Tensor weight = sampleWeight == null ? null : Lax.convertElementType(sampleWeight, DType.F32);
    if (view.topK() != null) {
      scores = onlyBest(scores, view.topK());
    }
    if (view.classId() != null) {
      int id = view.classId();
      if (scores.rank() < 2) {
        throw new OpException(
            "class_id: predictions must be [batch, classes]: got " + scores.type().brief());
      }
      labels = Lax.sliceInDim(labels, id, id + 1L, 1, labels.rank() - 1);
      scores = Lax.sliceInDim(scores, id, id + 1L, 1, scores.rank() - 1);
    }
    if (weight != null) {
      // As in Keras: a weight per sample also counts for each of its classes.
      Tensor spread = Np.expandDims(weight, -1);
      weight =
          broadcast(spread.rank() == labels.rank() + 1 ? Np.squeeze(spread, -1) : spread, scores);
    }
    if (view.labelWeights() != null && !view.multiLabel()) {
      Tensor each = vector(view.labelWeights());
      Tensor spread = Np.broadcastTo(each, scores.shape().dims());
      weight = weight == null ? spread : weight.mul(spread);
    }
    Tensor isPositive = labels.ne(0.0);
    if (!view.multiLabel()) {
      isPositive = Np.ravel(isPositive);
      scores = Np.ravel(scores);
      weight = weight == null ? null : Np.ravel(weight);
    }
    return tally(isPositive, scores, weight);
  }

  private static Tensor broadcast(Tensor weight, Tensor scores) {
    try {
      return Np.broadcastTo(weight, scores.shape().dims());
    } catch (OpException e) {
      throw new OpException(
          "metric: the sample weight must broadcast to the predictions: got "
              + weight.type().brief()
              + " for "
              + scores.type().brief());
    }
  }

  static Tensor vector(List<Double> values) {
    float[] out = new float[values.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (double) values.get(i);
    }
    return Tensor.of(out, out.length);
  }

  private Tensor exceed(Tensor scores) {
    Tensor row = Np.expandDims(scores, 0);
    long[] dims = new long[row.rank()];
    Arrays.fill(dims, 1);
    dims[0] = thresholds.length;
    if (!even) {
      float[] values = new float[thresholds.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) thresholds[i];
      }
      return row.gt(Tensor.of(values, values.length).reshape(dims));
    }
    Tensor bucket = Np.ceil(row.clip(0, 1).mul(thresholds.length - 1.0)).sub(1.0);
    if (padded) {
      bucket = bucket.maximum(0.0);
    }
    return bucket.ge(Lax.iota(DType.F32, thresholds.length).reshape(dims));
  }

  private Counts tally(Tensor isPositive, Tensor scores, @Nullable Tensor weight) {
    Tensor found = exceed(scores);
    Tensor w = weight == null ? Lax.full(DType.F32, 1) : Np.expandDims(weight, 0);
    Tensor actual = Np.expandDims(isPositive, 0);
    Tensor tp = sum(Np.logicalAnd(actual, found), w);
    Tensor fp = sum(Np.logicalAnd(actual.not(), found), w);
    Tensor fn = sum(Np.logicalAnd(actual, found.not()), w);
    Tensor tn = sum(Np.logicalAnd(actual.not(), found.not()), w);
    return new Counts(tp, fp, tn, fn);
  }

  private static Tensor sum(Tensor chosen, Tensor weight) {
    return Np.sum(Np.where(chosen, weight, 0.0), 1);
  }

  private static Tensor onlyBest(Tensor scores, int k) {
    List<Tensor> best = Np.topK(scores, k);
    Tensor mask = Np.sum(Nn.oneHot(best.get(1), scores.size(-1), -1, DType.F32), -2);
    return scores.mul(mask).add(Np.subtract(1.0, mask).mul(LEAST));
  }
}
