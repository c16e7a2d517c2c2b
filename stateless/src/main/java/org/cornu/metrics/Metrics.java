package org.cornu.metrics;

import org.cornu.config.Registry;
import org.cornu.losses.Reducing;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;

/**
 * Accuracies and correlations as functions of labels and predictions, and the metrics that
 * arguments of {@code compile} mean. Values are f32, one per sample.
 */
public final class Metrics {
  private static final double EPSILON = 1e-7;

  private Metrics() {}

  /**
   * The metric itself, or the one of this name: a class ({@code AUC}, {@code auc}), a function
   * ({@code mean_squared_error}), or an alias ({@code mse}); {@code accuracy} ({@code acc}) depends
   * on the shapes: one output, sparse labels, or one-hot labels. A metric found by name bears that
   * name.
   *
   * @param yTrue shape of the labels
   * @param yPred shape of the predictions
   */
  public static Metric resolve(Object identifier, Shape yTrue, Shape yPred) {
    Metric metric;
    if (identifier instanceof String name) {
      metric = named(name, yTrue, yPred);
      metric.name(name);
    } else if (identifier instanceof MetricFunction function) {
      metric = new MeanMetricWrapper(function);
    } else {
      metric = Registry.global().get(Metric.FAMILY, identifier);
    }
    if (metric.dependsOnInputs()) {
      metric.build(yTrue, yPred);
    }
    return metric;
  }

  private static Metric named(String name, Shape yTrue, Shape yPred) {
    Registry registry = Registry.global();
    if (name.equalsIgnoreCase("accuracy") || name.equalsIgnoreCase("acc")) {
      if (yPred.rank() > 0 && yPred.dim(-1) == 1) {
        return new BinaryAccuracy();
      }
      boolean sparse = yTrue.rank() < yPred.rank() || (yTrue.rank() > 0 && yTrue.dim(-1) == 1);
      return sparse ? new SparseCategoricalAccuracy() : new CategoricalAccuracy();
    }
    boolean onlyFunction =
        !registry.knownNames(Metric.FAMILY).contains(name)
            && registry.knownNames(MetricFunction.FAMILY).contains(name);
    return onlyFunction ? new MeanMetricWrapper(name) : registry.get(Metric.FAMILY, name);
  }

  private static Tensor indicator(Tensor hits) {
    return Lax.convertElementType(hits, DType.F32);
  }

  /** 1 where predictions equal labels. */
  public static Tensor accuracy(Tensor yTrue, Tensor yPred) {
    Tensor t = Lax.convertElementType(yTrue, yPred.dtype());
    return indicator(Reducing.align(t, yPred).eq(Reducing.align(yPred, t)));
  }

  /** 1 where predictions above the threshold meet labels of 1, and others labels of 0. */
  public static Tensor binaryAccuracy(Tensor yTrue, Tensor yPred, double threshold) {
    Tensor t = Reducing.align(yTrue, yPred);
    Tensor p = Reducing.align(yPred, yTrue);
    return indicator(Lax.convertElementType(p.gt(threshold), t.dtype()).eq(t));
  }

  /** 1 where labels {@code [..., classes]} and predictions are largest at the same class. */
  public static Tensor categoricalAccuracy(Tensor yTrue, Tensor yPred) {
    return indicator(Np.argmax(yTrue, -1).eq(Np.argmax(yPred, -1)));
  }

  /** 1 where predictions {@code [..., classes]} are largest at the label {@code [...]}. */
  public static Tensor sparseCategoricalAccuracy(Tensor yTrue, Tensor yPred) {
    Tensor labels =
        yTrue.rank() == yPred.rank() && yTrue.size(-1) == 1 ? Np.squeeze(yTrue, -1) : yTrue;
    Tensor hits = Np.argmax(yPred, -1).eq(Lax.convertElementType(labels, DType.I32));
    return indicator(hits.rank() > 1 && hits.size(-1) == 1 ? Np.squeeze(hits, -1) : hits);
  }

  /** 1 where the label {@code [..., classes]} is among the k largest predictions. */
  public static Tensor topKCategoricalAccuracy(Tensor yTrue, Tensor yPred, int k) {
    return sparseTopKCategoricalAccuracy(Np.argmax(yTrue, -1), yPred, k, false);
  }

  /**
   * 1 where the label {@code [...]} is among the k largest predictions {@code [..., classes]}.
   *
   * @param fromSortedIds whether predictions are class indices, best first, instead of scores
   */
  public static Tensor sparseTopKCategoricalAccuracy(
      Tensor yTrue, Tensor yPred, int k, boolean fromSortedIds) {
    Tensor labels = Lax.convertElementType(yTrue, fromSortedIds ? yPred.dtype() : DType.I32);
    Shape shape = labels.shape();
    Tensor flat = labels.rank() > 1 ? Np.ravel(labels) : labels;
    Tensor scores = yPred.rank() > 2 ? yPred.reshape(-1, yPred.size(-1)) : yPred;
    Tensor hits;
    if (fromSortedIds) {
      Tensor best = Lax.sliceInDim(scores, 0, Math.min(k, scores.size(1)), 1, 1);
      hits = Np.any(Np.expandDims(flat, 1).eq(best), 1);
    } else {
      hits = Np.inTopK(flat, scores, k);
    }
    return indicator(Lax.reshape(hits, shape.dims()));
  }

  /** Linear correlation along an axis. */
  public static Tensor pearsonCorrelation(Tensor yTrue, Tensor yPred, int axis) {
    Tensor t = Lax.convertElementType(yTrue, yPred.dtype());
    return Np.mean(
        standardized(Reducing.align(t, yPred), axis)
            .mul(standardized(Reducing.align(yPred, t), axis)),
        axis);
  }

  private static Tensor standardized(Tensor x, int axis) {
    Tensor centered = x.sub(Np.mean(x, true, axis));
    return centered.div(Np.std(centered, true, axis));
  }

  /** Concordance correlation (Lin 1989) along an axis, by Keras' formula. */
  public static Tensor concordanceCorrelation(Tensor yTrue, Tensor yPred, int axis) {
    Tensor labels = Lax.convertElementType(yTrue, yPred.dtype());
    Tensor t = Reducing.align(labels, yPred);
    Tensor p = Reducing.align(yPred, labels);
    Tensor meanT = Np.mean(t, true, axis);
    Tensor meanP = Np.mean(p, true, axis);
    Tensor spread =
        Np.var(t.sub(meanT), true, axis)
            .add(Np.var(p.sub(meanP), true, axis))
            .add(meanT.sub(meanP).square());
    Tensor covariance = t.sub(meanP).mul(p.sub(meanP));
    return Np.mean(covariance.mul(2.0).div(spread.add(EPSILON)), axis);
  }
}
