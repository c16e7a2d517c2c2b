package org.cornu.tests.interop;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;

/** How cases of each loss and metric class are drawn: labels, predictions, weights, options. */
final class ObjectPlans {
  /** Draws labels and predictions of one batch for a case. */
  private interface Batch {
    @CanIgnoreReturnValue
    List<Object> draw(DrawnCase c, int... dims);
  }

  private static final Map<String, Consumer<DrawnCase>> LOSSES = new TreeMap<>();
  private static final Map<String, Consumer<DrawnCase>> METRICS = new TreeMap<>();

  private static final Batch BITS = ObjectPlans::bits;

  private ObjectPlans() {}

  static Map<String, Consumer<DrawnCase>> losses() {
    return LOSSES;
  }

  static Map<String, Consumer<DrawnCase>> metrics() {
    return METRICS;
  }

  // ---- batches

  private static List<Object> numbers(DrawnCase c, int... dims) {
    return List.of(c.floats(-2, 2, dims), c.floats(-2, 2, dims));
  }

  private static List<Object> positive(DrawnCase c, int... dims) {
    return List.of(c.floats(0.1, 1, dims), c.floats(0.1, 1, dims));
  }

  @CanIgnoreReturnValue
  private static List<Object> bits(DrawnCase c, int... dims) {
    return List.of(c.whole(2, dims), c.floats(0.02, 0.98, dims));
  }

  private static List<Object> classes(DrawnCase c, int... dims) {
    int[] front = Arrays.copyOf(dims, dims.length - 1);
    return List.of(c.integers(dims[dims.length - 1], front), c.floats(0.02, 0.98, dims));
  }

  private static int[] sizes(DrawnCase c, int rank) {
    int[] dims = new int[rank];
    for (int d = 0; d < rank; d++) {
      dims[d] = c.in(2, 5);
    }
    return dims;
  }

  /** Weights that Keras broadcasts to values without the last dimension of {@code dims}. */
  private static Object weights(DrawnCase c, int[] dims) {
    if (dims.length == 2) {
      return c.coin() ? c.floats(0, 2, dims[0]) : c.floats(0, 2, dims[0], 1);
    }
    return c.floats(0, 2, dims[0], c.coin() ? 1 : dims[1]);
  }

  // ---- losses

  private static void losses(Batch batch, int ranks, String... names) {
    for (String name : names) {
      LOSSES.put(
          name,
          c -> {
            c.set(
                "reduction",
                c.pick("sum_over_batch_size", "sum", "mean", "mean_with_sample_weight", "none"));
            int[] dims = sizes(c, c.in(2, ranks));
            if (c.in(0, 4) == 0 && batch == BITS) {
              c.integers(2, dims); // labels of another type than the predictions
              c.floats(0.02, 0.98, dims);
            } else {
              batch.draw(c, dims);
            }
            if (c.has("axis") && dims.length == 3 && c.in(0, 2) == 0) {
              otherAxis(c, dims);
            } else {
              weightsAndMask(c, dims);
            }
          });
    }
  }

  /** An axis that is not the last; weights per sample fit whatever is left. */
  private static void otherAxis(DrawnCase c, int[] dims) {
    c.set("axis", c.pick(1, -2));
    if (c.coin()) {
      c.floats(0, 2, dims[0], 1);
    }
  }

  private static void weightsAndMask(DrawnCase c, int[] dims) {
    if (c.coin()) {
      weights(c, dims);
    }
    if (c.in(0, 2) == 0) {
      c.with("masked", true);
      c.booleans(dims.length == 2 ? new int[] {dims[0]} : new int[] {dims[0], dims[1]});
    }
  }

  private static Consumer<DrawnCase> before(Consumer<DrawnCase> options, Consumer<DrawnCase> rest) {
    return c -> {
      options.accept(c);
      rest.accept(c);
    };
  }

  private static void lossOptions(String name, Consumer<DrawnCase> options) {
    LOSSES.put(name, before(options, Objects.requireNonNull(LOSSES.get(name))));
  }

  static {
    losses(
        ObjectPlans::numbers,
        3,
        "MeanSquaredError",
        "MeanAbsoluteError",
        "MeanAbsolutePercentageError",
        "LogCosh",
        "Huber",
        "CosineSimilarity");
    losses(ObjectPlans::positive, 3, "MeanSquaredLogarithmicError", "KLDivergence", "Poisson");
    losses(BITS, 3, "Hinge", "SquaredHinge", "CategoricalHinge");
    losses(BITS, 3, "BinaryCrossentropy", "BinaryFocalCrossentropy");
    losses(BITS, 2, "CategoricalCrossentropy", "CategoricalFocalCrossentropy");
    losses(ObjectPlans::classes, 3, "SparseCategoricalCrossentropy");
    losses(ObjectPlans::classes, 2, "CategoricalGeneralizedCrossEntropy", "Circle");
    lossOptions("Huber", c -> c.leave("delta")); // Keras' config of it forgets the number
    lossOptions("BinaryCrossentropy", c -> c.maybe("label_smoothing", c.real(0, 0.3)));
    lossOptions(
        "BinaryFocalCrossentropy",
        c -> c.maybe("alpha", c.real(0.1, 0.9)).maybe("gamma", c.real(0.5, 3)));
    lossOptions("CategoricalCrossentropy", c -> c.maybe("label_smoothing", c.real(0, 0.3)));
    lossOptions(
        "CategoricalFocalCrossentropy",
        c -> c.maybe("alpha", c.real(0.1, 0.9)).maybe("gamma", c.real(0.5, 3)));
    lossOptions("SparseCategoricalCrossentropy", c -> c.maybe("ignore_class", c.in(0, 1)));
    lossOptions("CategoricalGeneralizedCrossEntropy", c -> c.set("q", c.real(0.2, 0.9)));
    lossOptions("Circle", c -> c.maybe("gamma", c.real(2, 60)).maybe("margin", c.real(0.1, 0.6)));
    for (String name : List.of("Dice", "Tversky")) {
      LOSSES.put(
          name,
          c -> {
            c.set("reduction", c.pick("sum_over_batch_size", "sum", "none"));
            if (name.equals("Tversky")) {
              c.maybe("alpha", c.real(0.1, 0.9)).maybe("beta", c.real(0.1, 0.9));
            }
            bits(c, sizes(c, c.in(2, 4)));
          });
    }
    LOSSES.put(
        "CTC",
        c -> {
          int batch = c.in(1, 3);
          int classes = c.in(3, 5);
          c.set("reduction", c.pick("sum_over_batch_size", "sum", "none"));
          c.integers(classes, batch, 3);
          c.floats(-2, 2, batch, c.in(7, 9), classes);
        });
  }

  // ---- metrics

  private static void metric(String name, Batch batch, int ranks, Consumer<DrawnCase> options) {
    METRICS.put(
        name,
        c -> {
          boolean masks = !c.has("axis") || Integer.valueOf(-1).equals(c.get("axis"));
          options.accept(c);
          int[] dims = sizes(c, c.in(2, ranks));
          if (c.has("axis") && dims.length == 3 && c.in(0, 2) == 0) {
            c.set("axis", c.pick(1, -2));
          }
          for (int i = 0; i < 3; i++) {
            Map<String, Object> named = new LinkedHashMap<>();
            dims[0] = c.in(1, 5);
            List<Object> arguments = batch.draw(c, dims);
            if (c.coin()) {
              named.put(
                  "sample_weight",
                  c.get("axis") instanceof Integer axis && axis != -1
                      ? c.floats(0, 2, dims[0], 1)
                      : weights(c, dims));
            }
            if (c.in(0, 2) == 0 && masks) {
              named.put("mask", c.booleans(Arrays.copyOf(dims, dims.length == 2 ? 1 : 2)));
            }
            c.update(arguments, named);
          }
        });
  }

  private static void metrics(Batch batch, int ranks, String... names) {
    for (String name : names) {
      metric(name, batch, ranks, c -> {});
    }
  }

  /** Of scores of bits, {@code [batch, n]}, with weights that fit all of them. */
  private static void confusion(String name, Consumer<DrawnCase> options) {
    METRICS.put(
        name,
        c -> {
          options.accept(c);
          for (int i = 0; i < 3; i++) {
            int[] dims = {c.in(1, 6), 4};
            Map<String, Object> named = new LinkedHashMap<>();
            List<Object> arguments = bits(c, dims);
            if (c.coin()) {
              named.put(
                  "sample_weight",
                  c.pick(
                      c.floats(0, 2, dims[0]), c.floats(0, 2, dims[0], 1), c.floats(0, 2, dims)));
            }
            c.update(arguments, named);
          }
        });
  }

  private static void thresholds(DrawnCase c) {
    c.maybe(
        "thresholds", c.coin() ? (Object) c.real(0.1, 0.9) : List.of(0.2, 0.5, c.real(0.6, 0.9)));
  }

  static {
    metrics(
        ObjectPlans::numbers,
        3,
        "MeanSquaredError",
        "MeanAbsoluteError",
        "MeanAbsolutePercentageError",
        "RootMeanSquaredError",
        "LogCoshError",
        "CosineSimilarity");
    metrics(ObjectPlans::positive, 3, "MeanSquaredLogarithmicError", "KLDivergence", "Poisson");
    metrics(BITS, 3, "Hinge", "SquaredHinge", "CategoricalHinge", "CategoricalAccuracy");
    metrics(ObjectPlans::classes, 3, "SparseCategoricalAccuracy");
    metrics(ObjectPlans::numbers, 3, "PearsonCorrelation", "ConcordanceCorrelation");
    metric("BinaryAccuracy", BITS, 3, c -> c.maybe("threshold", c.real(0.2, 0.8)));
    metric("BinaryCrossentropy", BITS, 3, c -> c.maybe("label_smoothing", c.real(0, 0.3)));
    metric("CategoricalCrossentropy", BITS, 2, c -> c.maybe("label_smoothing", c.real(0, 0.3)));
    metric(
        "SparseCategoricalCrossentropy",
        ObjectPlans::classes,
        2,
        c -> c.maybe("ignore_class", c.in(0, 1)));
    metric("TopKCategoricalAccuracy", BITS, 2, c -> c.set("k", c.in(1, 2)));
    metric("SparseTopKCategoricalAccuracy", ObjectPlans::classes, 2, c -> c.set("k", c.in(1, 2)));
    METRICS.put(
        "Accuracy",
        c -> {
          int[] dims = sizes(c, 2);
          for (int i = 0; i < 2; i++) {
            c.update(
                List.of(c.integers(3, dims), c.integers(3, dims)),
                c.coin() ? Map.of("sample_weight", weights(c, dims)) : Map.of());
          }
        });
    for (String name : List.of("Mean", "Sum")) {
      METRICS.put(
          name,
          c -> {
            int[] dims = sizes(c, c.in(1, 3));
            for (int i = 0; i < 3; i++) {
              Map<String, Object> named = new LinkedHashMap<>();
              dims[0] = c.in(1, 6);
              Object values = c.floats(0, 2, dims);
              if (c.coin()) {
                named.put("sample_weight", c.floats(0, 2, dims[0]));
              }
              c.update(List.of(values), named);
            }
          });
    }
    for (String name :
        List.of("TruePositives", "TrueNegatives", "FalsePositives", "FalseNegatives")) {
      confusion(name, ObjectPlans::thresholds);
    }
    for (String name : List.of("Precision", "Recall")) {
      confusion(
          name,
          c -> {
            thresholds(c);
            c.maybe("class_id", c.in(0, 3));
            if (c.get("thresholds") == null) {
              c.maybe("top_k", c.in(1, 3));
            }
          });
    }
    confusion(
        "AUC",
        c -> {
          c.set("num_thresholds", c.in(3, 20));
          if (c.coin()) {
            c.set("multi_label", true).set("num_labels", 4);
          } else {
            c.set("multi_label", false);
          }
          if (Boolean.TRUE.equals(c.get("multi_label"))) {
            c.maybe("label_weights", List.of(c.real(0.1, 2), 1.0, 0.5, c.real(0.1, 2)));
          }
          if (c.in(0, 3) == 0) {
            c.set("thresholds", List.of(c.real(0.1, 0.3), c.real(0.4, 0.6), c.real(0.7, 0.9)));
          }
          c.leave("thresholds", "label_weights", "num_labels");
        });
    confusion("PrecisionAtRecall", c -> c.set("recall", c.real(0.2, 0.9)));
    confusion("RecallAtPrecision", c -> c.set("precision", c.real(0.2, 0.9)));
    confusion("SensitivityAtSpecificity", c -> c.set("specificity", c.real(0.2, 0.9)));
    confusion("SpecificityAtSensitivity", c -> c.set("sensitivity", c.real(0.2, 0.9)));
    for (String name : List.of("F1Score", "FBetaScore")) {
      METRICS.put(
          name,
          c -> {
            c.maybe("average", c.pick("micro", "macro", "weighted"));
            c.maybe("threshold", c.real(0.2, 0.8));
            if (name.equals("FBetaScore")) {
              c.maybe("beta", c.real(0.5, 3));
            }
            int[] dims = sizes(c, 2);
            for (int i = 0; i < 2; i++) {
              List<Object> arguments = bits(c, dims);
              c.update(
                  arguments,
                  c.coin() ? Map.of("sample_weight", c.floats(0, 2, dims[0])) : Map.of());
            }
          });
    }
    METRICS.put(
        "R2Score",
        c -> {
          c.maybe("class_aggregation", c.pick("uniform_average", "variance_weighted_average"));
          c.maybe("num_regressors", c.in(0, 1));
          int outputs = c.in(1, 3);
          for (int i = 0; i < 2; i++) {
            int[] dims = {c.in(4, 7), outputs};
            Object weights = c.pick(c.floats(0.1, 2, dims[0], 1), c.floats(0.1, 2, dims));
            c.update(numbers(c, dims), c.coin() ? Map.of("sample_weight", weights) : Map.of());
          }
        });
    overlaps();
  }

  private static void overlaps() {
    for (String name : List.of("IoU", "MeanIoU", "OneHotIoU", "OneHotMeanIoU")) {
      boolean hot = name.startsWith("OneHot");
      METRICS.put(
          name,
          c -> {
            c.set("num_classes", 3).leave("sparse_y_true", "sparse_y_pred", "axis");
            c.maybe("ignore_class", c.in(0, 1));
            boolean scores = !hot && c.coin();
            if (scores) {
              c.set("sparse_y_pred", false);
            }
            if (c.has("target_class_ids")) {
              c.set("target_class_ids", c.coin() ? List.of(0, 2) : List.of(1));
            }
            int[] dims = hot ? new int[] {c.in(3, 6), 3} : new int[] {c.in(3, 6)};
            for (int i = 0; i < 2; i++) {
              Object labels = c.integers(3, dims[0]);
              Object sparse = scores ? c.floats(0, 1, dims[0], 3) : c.integers(3, dims[0]);
              List<Object> arguments = hot ? bits(c, dims) : List.of(labels, sparse);
              c.update(
                  arguments,
                  c.coin() ? Map.of("sample_weight", c.floats(0, 2, dims[0])) : Map.of());
            }
          });
    }
    METRICS.put(
        "BinaryIoU",
        c -> {
          c.maybe("target_class_ids", c.coin() ? List.of(0) : List.of(1));
          c.maybe("threshold", c.real(0.2, 0.8));
          int[] dims = c.coin() ? new int[] {c.in(3, 6)} : new int[] {c.in(2, 4), 3};
          for (int i = 0; i < 2; i++) {
            Map<String, Object> weights = Map.of("sample_weight", c.floats(0, 2, dims));
            c.update(bits(c, dims), c.coin() ? weights : Map.of());
          }
        });
  }
}
