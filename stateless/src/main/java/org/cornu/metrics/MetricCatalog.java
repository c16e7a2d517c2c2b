package org.cornu.metrics;

import java.util.List;
import org.cornu.config.Catalog;
import org.cornu.config.Registry;
import org.cornu.config.Spec;
import org.cornu.losses.Losses;

/** Registers the built-in metrics, and the functions that can be named as metrics. */
public final class MetricCatalog implements Catalog {
  /** For the service loader. */
  public MetricCatalog() {}

  @Override
  public void addTo(Registry registry) {
    for (Spec spec :
        List.of(
            AUC.SPEC,
            Accuracy.SPEC,
            BinaryAccuracy.SPEC,
            BinaryCrossentropy.SPEC,
            BinaryIoU.SPEC,
            CategoricalAccuracy.SPEC,
            CategoricalCrossentropy.SPEC,
            CategoricalHinge.SPEC,
            ConcordanceCorrelation.SPEC,
            CosineSimilarity.SPEC,
            F1Score.SPEC,
            FBetaScore.SPEC,
            FalseNegatives.SPEC,
            FalsePositives.SPEC,
            Hinge.SPEC,
            IoU.SPEC,
            KLDivergence.SPEC,
            LogCoshError.SPEC,
            Mean.SPEC,
            MeanAbsoluteError.SPEC,
            MeanAbsolutePercentageError.SPEC,
            MeanIoU.SPEC,
            MeanMetricWrapper.SPEC,
            MeanSquaredError.SPEC,
            MeanSquaredLogarithmicError.SPEC,
            OneHotIoU.SPEC,
            OneHotMeanIoU.SPEC,
            PearsonCorrelation.SPEC,
            Poisson.SPEC,
            Precision.SPEC,
            PrecisionAtRecall.SPEC,
            R2Score.SPEC,
            Recall.SPEC,
            RecallAtPrecision.SPEC,
            RootMeanSquaredError.SPEC,
            SensitivityAtSpecificity.SPEC,
            SparseCategoricalAccuracy.SPEC,
            SparseCategoricalCrossentropy.SPEC,
            SparseTopKCategoricalAccuracy.SPEC,
            SpecificityAtSensitivity.SPEC,
            SquaredHinge.SPEC,
            Sum.SPEC,
            TopKCategoricalAccuracy.SPEC,
            TrueNegatives.SPEC,
            TruePositives.SPEC)) {
      registry.add(Metric.FAMILY, spec);
    }
    losses(registry);
    accuracies(registry);
  }

  private static void losses(Registry registry) {
    add(registry, "mean_squared_error", Losses::meanSquaredError, "mse", "MSE");
    add(registry, "mean_absolute_error", Losses::meanAbsoluteError, "mae", "MAE");
    add(
        registry,
        "mean_absolute_percentage_error",
        Losses::meanAbsolutePercentageError,
        "mape",
        "MAPE");
    add(
        registry,
        "mean_squared_logarithmic_error",
        Losses::meanSquaredLogarithmicError,
        "msle",
        "MSLE");
    add(registry, "huber", (t, p) -> Losses.huber(t, p, 1));
    add(registry, "log_cosh", Losses::logCosh);
    add(registry, "cosine_similarity", (t, p) -> Losses.cosineSimilarity(t, p, -1));
    add(registry, "kl_divergence", Losses::klDivergence, "kld", "KLD");
    add(registry, "poisson", Losses::poisson);
    add(registry, "hinge", Losses::hinge);
    add(registry, "squared_hinge", Losses::squaredHinge);
    add(registry, "categorical_hinge", Losses::categoricalHinge);
    add(
        registry,
        "binary_crossentropy",
        (t, p) -> Losses.binaryCrossentropy(t, p, false, 0, -1),
        "bce",
        "BCE");
    add(
        registry,
        "binary_focal_crossentropy",
        (t, p) -> Losses.binaryFocalCrossentropy(t, p, false, 0.25, 2, false, 0, -1));
    add(
        registry,
        "categorical_crossentropy",
        (t, p) -> Losses.categoricalCrossentropy(t, p, false, 0, -1));
    add(
        registry,
        "categorical_focal_crossentropy",
        (t, p) -> Losses.categoricalFocalCrossentropy(t, p, 0.25, 2, false, 0, -1));
    add(
        registry,
        "sparse_categorical_crossentropy",
        (t, p) -> Losses.sparseCategoricalCrossentropy(t, p, false, null, -1));
    add(registry, "dice", Losses::dice);
    add(registry, "tversky", (t, p) -> Losses.tversky(t, p, 0.5, 0.5));
    add(registry, "circle", (t, p) -> Losses.circle(t, p, 80, 0.4, true));
    add(registry, "ctc", Losses::ctc);
  }

  private static void accuracies(Registry registry) {
    add(registry, "accuracy", Metrics::accuracy);
    add(registry, "binary_accuracy", (t, p) -> Metrics.binaryAccuracy(t, p, 0.5));
    add(registry, "categorical_accuracy", Metrics::categoricalAccuracy);
    add(registry, "sparse_categorical_accuracy", Metrics::sparseCategoricalAccuracy);
    add(registry, "top_k_categorical_accuracy", (t, p) -> Metrics.topKCategoricalAccuracy(t, p, 5));
    add(
        registry,
        "sparse_top_k_categorical_accuracy",
        (t, p) -> Metrics.sparseTopKCategoricalAccuracy(t, p, 5, false));
    add(registry, "pearson_correlation", (t, p) -> Metrics.pearsonCorrelation(t, p, -1));
    add(registry, "concordance_correlation", (t, p) -> Metrics.concordanceCorrelation(t, p, -1));
  }

  private static void add(
      Registry registry, String name, MetricFunction function, String... aliases) {
    registry.add(MetricFunction.FAMILY, name, function, aliases);
  }
}
