package org.cornu.metrics;

import org.cornu.config.Registry;
import org.cornu.stablehlo.ir.Shape;

/** Finds the metric that an argument of {@code compile} means. */
public final class Metrics {
  private Metrics() {}

  /**
   * The metric itself, or the one of this name. {@code accuracy} ({@code acc}) depends on the
   * shapes: sparse labels, one-hot labels, or a single output.
   *
   * @param yTrue shape of the labels
   * @param yPred shape of the predictions
   */
  public static Metric resolve(Object identifier, Shape yTrue, Shape yPred) {
    if (identifier.equals("accuracy") || identifier.equals("acc")) {
      boolean sparse = yTrue.rank() < yPred.rank() || yTrue.rank() > 0 && yTrue.dim(-1) == 1;
      String kind =
          yPred.rank() > 0 && yPred.dim(-1) == 1
              ? "BinaryAccuracy"
              : sparse ? "SparseCategoricalAccuracy" : "CategoricalAccuracy";
      return Registry.global().get(Metric.FAMILY, kind).name((String) identifier);
    }
    return Registry.global().get(Metric.FAMILY, identifier);
  }
}
