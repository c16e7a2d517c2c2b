package org.cornu.check;

import org.cornu.losses.Losses;
import org.cornu.metrics.Metrics;
import org.cornu.tracer.Tensor;

/** {@code keras.losses} and {@code keras.metrics} as functions. */
public final class LossEntries implements OpCatalog.Provider {
  /** For the service loader. */
  public LossEntries() {}

  @Override
  public void addTo(OpCatalog catalog) {
    regression(catalog);
    classes(catalog);
    metrics(catalog);
  }

  private interface Plain {
    Tensor apply(Tensor yTrue, Tensor yPred);
  }

  private static void plain(OpCatalog catalog, String name, String method, Plain f) {
    catalog.add(
        "keras.losses." + name + "(y_true, y_pred)",
        "Losses." + method,
        a -> f.apply(a.tensor("y_true"), a.tensor("y_pred")));
  }

  private static void regression(OpCatalog catalog) {
    plain(catalog, "mean_squared_error", "meanSquaredError", Losses::meanSquaredError);
    plain(catalog, "mean_absolute_error", "meanAbsoluteError", Losses::meanAbsoluteError);
    plain(
        catalog,
        "mean_absolute_percentage_error",
        "meanAbsolutePercentageError",
        Losses::meanAbsolutePercentageError);
    plain(
        catalog,
        "mean_squared_logarithmic_error",
        "meanSquaredLogarithmicError",
        Losses::meanSquaredLogarithmicError);
    plain(catalog, "log_cosh", "logCosh", Losses::logCosh);
    plain(catalog, "kl_divergence", "klDivergence", Losses::klDivergence);
    plain(catalog, "poisson", "poisson", Losses::poisson);
    plain(catalog, "hinge", "hinge", Losses::hinge);
    plain(catalog, "squared_hinge", "squaredHinge", Losses::squaredHinge);
    plain(catalog, "categorical_hinge", "categoricalHinge", Losses::categoricalHinge);
    plain(catalog, "ctc", "ctc", Losses::ctc);
    catalog.add(
        "keras.losses.huber(y_true, y_pred, delta=1.0)",
        "Losses.huber",
        a -> Losses.huber(a.tensor("y_true"), a.tensor("y_pred"), a.number("delta")));
    catalog.add(
        "keras.losses.cosine_similarity(y_true, y_pred, axis=-1)",
        "Losses.cosineSimilarity",
        a -> Losses.cosineSimilarity(a.tensor("y_true"), a.tensor("y_pred"), a.integer("axis")));
    catalog.add(
        "keras.losses.dice(y_true, y_pred, axis=None)",
        "Losses.dice",
        a -> Losses.dice(a.tensor("y_true"), a.tensor("y_pred"), axes(a)));
    catalog.add(
        "keras.losses.tversky(y_true, y_pred, alpha=0.5, beta=0.5, axis=None)",
        "Losses.tversky",
        a ->
            Losses.tversky(
                a.tensor("y_true"),
                a.tensor("y_pred"),
                a.number("alpha"),
                a.number("beta"),
                axes(a)));
    catalog.add(
        "keras.losses.circle(y_true, y_pred, ref_labels=None, ref_embeddings=None,"
            + " remove_diagonal=True, gamma=80, margin=0.4)",
        "Losses.circle",
        a ->
            Losses.circle(
                a.tensor("y_true"),
                a.tensor("y_pred"),
                a.has("ref_labels") ? a.tensor("ref_labels") : a.tensor("y_true"),
                a.has("ref_embeddings") ? a.tensor("ref_embeddings") : a.tensor("y_pred"),
                a.number("gamma"),
                a.number("margin"),
                a.flag("remove_diagonal")));
  }

  private static int[] axes(Arguments a) {
    return a.has("axis") ? a.ints("axis") : new int[0];
  }

  private static void classes(OpCatalog catalog) {
    catalog.add(
        "keras.losses.binary_crossentropy(y_true, y_pred, from_logits=False, label_smoothing=0.0,"
            + " axis=-1)",
        "Losses.binaryCrossentropy",
        a ->
            Losses.binaryCrossentropy(
                a.tensor("y_true"),
                a.tensor("y_pred"),
                a.flag("from_logits"),
                a.number("label_smoothing"),
                a.integer("axis")));
    catalog.add(
        "keras.losses.binary_focal_crossentropy(y_true, y_pred, apply_class_balancing=False,"
            + " alpha=0.25, gamma=2.0, from_logits=False, label_smoothing=0.0, axis=-1)",
        "Losses.binaryFocalCrossentropy",
        a ->
            Losses.binaryFocalCrossentropy(
                a.tensor("y_true"),
                a.tensor("y_pred"),
                a.flag("apply_class_balancing"),
                a.number("alpha"),
                a.number("gamma"),
                a.flag("from_logits"),
                a.number("label_smoothing"),
                a.integer("axis")));
    catalog.add(
        "keras.losses.categorical_crossentropy(y_true, y_pred, from_logits=False,"
            + " label_smoothing=0.0, axis=-1)",
        "Losses.categoricalCrossentropy",
        a ->
            Losses.categoricalCrossentropy(
                a.tensor("y_true"),
                a.tensor("y_pred"),
                a.flag("from_logits"),
                a.number("label_smoothing"),
                a.integer("axis")));
    catalog.add(
        "keras.losses.categorical_focal_crossentropy(y_true, y_pred, alpha=0.25, gamma=2.0,"
            + " from_logits=False, label_smoothing=0.0, axis=-1)",
        "Losses.categoricalFocalCrossentropy",
        a ->
            Losses.categoricalFocalCrossentropy(
                a.tensor("y_true"),
                a.tensor("y_pred"),
                a.number("alpha"),
                a.number("gamma"),
                a.flag("from_logits"),
                a.number("label_smoothing"),
                a.integer("axis")));
    catalog.add(
        "keras.losses.sparse_categorical_crossentropy(y_true, y_pred, from_logits=False,"
            + " ignore_class=None, axis=-1)",
        "Losses.sparseCategoricalCrossentropy",
        a ->
            Losses.sparseCategoricalCrossentropy(
                a.tensor("y_true"),
                a.tensor("y_pred"),
                a.flag("from_logits"),
                a.has("ignore_class") ? a.integer("ignore_class") : null,
                a.integer("axis")));
    catalog.add(
        "keras.losses.categorical_generalized_cross_entropy(y_true, y_pred, q)",
        "Losses.categoricalGeneralizedCrossEntropy",
        a ->
            Losses.categoricalGeneralizedCrossEntropy(
                a.tensor("y_true"), a.tensor("y_pred"), a.number("q")));
  }

  private static void metrics(OpCatalog catalog) {
    catalog.add(
        "keras.metrics.binary_accuracy(y_true, y_pred, threshold=0.5)",
        "Metrics.binaryAccuracy",
        a -> Metrics.binaryAccuracy(a.tensor("y_true"), a.tensor("y_pred"), a.number("threshold")));
    catalog.add(
        "keras.metrics.categorical_accuracy(y_true, y_pred)",
        "Metrics.categoricalAccuracy",
        a -> Metrics.categoricalAccuracy(a.tensor("y_true"), a.tensor("y_pred")));
    catalog.add(
        "keras.metrics.sparse_categorical_accuracy(y_true, y_pred)",
        "Metrics.sparseCategoricalAccuracy",
        a -> Metrics.sparseCategoricalAccuracy(a.tensor("y_true"), a.tensor("y_pred")));
    catalog.add(
        "keras.metrics.top_k_categorical_accuracy(y_true, y_pred, k=5)",
        "Metrics.topKCategoricalAccuracy",
        a ->
            Metrics.topKCategoricalAccuracy(
                a.tensor("y_true"), a.tensor("y_pred"), a.integer("k")));
    catalog.add(
        "keras.metrics.sparse_top_k_categorical_accuracy(y_true, y_pred, k=5,"
            + " from_sorted_ids=False)",
        "Metrics.sparseTopKCategoricalAccuracy",
        a ->
            Metrics.sparseTopKCategoricalAccuracy(
                a.tensor("y_true"), a.tensor("y_pred"), a.integer("k"), a.flag("from_sorted_ids")));
    catalog.add(
        "keras.metrics.pearson_correlation(y_true, y_pred, axis=-1)",
        "Metrics.pearsonCorrelation",
        a -> Metrics.pearsonCorrelation(a.tensor("y_true"), a.tensor("y_pred"), a.integer("axis")));
    catalog.add(
        "keras.metrics.concordance_correlation(y_true, y_pred, axis=-1)",
        "Metrics.concordanceCorrelation",
        a ->
            Metrics.concordanceCorrelation(
                a.tensor("y_true"), a.tensor("y_pred"), a.integer("axis")));
  }
}
