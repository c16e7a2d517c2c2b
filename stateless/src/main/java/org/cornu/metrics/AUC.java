package org.cornu.metrics;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cornu.config.ObjectWriter;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Lax;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Area under a curve of decisions at many thresholds: ROC, precision-recall, or their gains. */
public final class AUC extends ConfusionMetric {
  private static final Option<Integer> NUM_THRESHOLDS =
      Option.integer("num_thresholds").defaultTo(200).where("must be greater than 1", v -> v > 1);
  private static final Option<String> CURVE =
      Option.choice("curve", "ROC", "PR", "PRGAIN", "roc", "pr", "prgain").defaultTo("ROC");
  private static final Option<String> SUMMATION_METHOD =
      Option.choice(
              "summation_method",
              "interpolation",
              "minoring",
              "majoring",
              "Interpolation",
              "Minoring",
              "Majoring")
          .defaultTo("interpolation");
  private static final Option<List<Double>> LIST =
      Option.reals("thresholds").nullable().omittedWhenNull();
  private static final Option<Boolean> MULTI_LABEL = Option.bool("multi_label").defaultTo(false);
  private static final Option<Integer> NUM_LABELS = Option.integer("num_labels").nullable();
  private static final Option<List<Double>> LABEL_WEIGHTS =
      Option.reals("label_weights").nullable();
  private static final Option<Boolean> FROM_LOGITS = Option.bool("from_logits").defaultTo(false);

  static final Spec SPEC =
      spec("AUC")
          .options(
              NUM_THRESHOLDS,
              CURVE,
              SUMMATION_METHOD,
              LIST,
              MULTI_LABEL,
              NUM_LABELS,
              LABEL_WEIGHTS,
              FROM_LOGITS)
          .create(AUC::new);

  /** Of the ROC curve at 200 thresholds. */
  public AUC() {
    super(
        SPEC,
        Count.TRUE_POSITIVES,
        Count.FALSE_POSITIVES,
        Count.TRUE_NEGATIVES,
        Count.FALSE_NEGATIVES);
  }

  /** Number of thresholds between 0 and 1; default 200. */
  @CanIgnoreReturnValue
  public AUC numThresholds(int value) {
    set(NUM_THRESHOLDS, value);
    return this;
  }

  /** {@code ROC} (default), {@code PR} or {@code PRGAIN}. */
  @CanIgnoreReturnValue
  public AUC curve(String value) {
    set(CURVE, value);
    return this;
  }

  /**
   * How strips are summed: {@code interpolation} (default), {@code minoring} or {@code majoring}.
   */
  @CanIgnoreReturnValue
  public AUC summationMethod(String value) {
    set(SUMMATION_METHOD, value);
    return this;
  }

  /** Thresholds between 0 and 1, to which both are added. */
  @CanIgnoreReturnValue
  public AUC thresholds(double... values) {
    List<Double> list = new ArrayList<>();
    for (double value : values) {
      list.add(value);
    }
    set(LIST, list);
    return this;
  }

  /** One curve per label {@code [batch, labels]}, whose areas are averaged. */
  @CanIgnoreReturnValue
  public AUC multiLabel(boolean value) {
    set(MULTI_LABEL, value);
    return this;
  }

  /** Number of labels, where it is known before the first batch. */
  @CanIgnoreReturnValue
  public AUC numLabels(@Nullable Integer value) {
    set(NUM_LABELS, value);
    return this;
  }

  /** Weights of the labels. */
  @CanIgnoreReturnValue
  public AUC labelWeights(double... values) {
    List<Double> list = new ArrayList<>();
    for (double value : values) {
      list.add(value);
    }
    set(LABEL_WEIGHTS, list);
    return this;
  }

  /** Whether predictions are logits; default false: probabilities. */
  @CanIgnoreReturnValue
  public AUC fromLogits(boolean value) {
    set(FROM_LOGITS, value);
    return this;
  }

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  Confusion confusion() {
    List<Double> given = getOrNull(LIST);
    if (given == null) {
      return Confusion.evenly(get(NUM_THRESHOLDS)).widened();
    }
    List<Double> sorted = new ArrayList<>(given);
    Collections.sort(sorted);
    sorted.add(0, 0.0);
    sorted.add(1.0);
    return Confusion.of(sorted, 0).widened();
  }

  @Override
  Confusion.View view() {
    return new Confusion.View(null, null, get(MULTI_LABEL), getOrNull(LABEL_WEIGHTS));
  }

  @Override
  protected boolean dependsOnInputs() {
    return get(MULTI_LABEL) && getOrNull(NUM_LABELS) == null;
  }

  @Override
  protected void addState(List<Shape> inputs) {
    if (!get(MULTI_LABEL)) {
      super.addState(inputs);
      return;
    }
    Integer labels = getOrNull(NUM_LABELS);
    if (labels == null && inputs.get(1).rank() != 2) {
      throw new OpException(
          "AUC: with multi_label, predictions must be [batch, labels]: got " + inputs.get(1));
    }
    addCounts(thresholdCount(), labels != null ? labels : inputs.get(1).dim(1));
  }

  @Override
  Tensor predictions(Tensor yPred) {
    return get(FROM_LOGITS) ? Nn.sigmoid(yPred) : yPred;
  }

  private Tensor head(Tensor x) {
    return Lax.sliceInDim(x, 0, x.size(0) - 1L, 1, 0);
  }

  private Tensor tail(Tensor x) {
    return Lax.sliceInDim(x, 1, x.size(0), 1, 0);
  }

  @Override
  public Tensor result() {
    Tensor tp = get(Count.TRUE_POSITIVES);
    Tensor fp = get(Count.FALSE_POSITIVES);
    Tensor tn = get(Count.TRUE_NEGATIVES);
    Tensor fn = get(Count.FALSE_NEGATIVES);
    boolean interpolates = get(SUMMATION_METHOD).equalsIgnoreCase("interpolation");
    Tensor recall = Np.divideNoNan(tp, tp.add(fn));
    Tensor x;
    Tensor y;
    switch (get(CURVE).toUpperCase(Locale.ROOT)) {
      case "ROC" -> {
        x = Np.divideNoNan(fp, fp.add(tn));
        y = recall;
      }
      case "PR" -> {
        if (interpolates) {
          return total(interpolated(tp, fp, fn));
        }
        x = recall;
        y = Np.divideNoNan(tp, tp.add(fp));
      }
      default -> {
        Tensor odds = Np.divideNoNan(tp.add(fn), tn.add(fp));
        Tensor none = tp.eq(0.0);
        x = Np.where(none, 0.0, Np.subtract(1.0, odds.mul(Np.divideNoNan(fn, tp)))).maximum(0.0);
        y = Np.where(none, 1.0, Np.subtract(1.0, odds.mul(Np.divideNoNan(fp, tp))));
      }
    }
    Tensor left = head(y);
    Tensor right = tail(y);
    Tensor height =
        interpolates
            ? left.add(right).div(2.0)
            : get(SUMMATION_METHOD).equalsIgnoreCase("minoring")
                ? left.minimum(right)
                : left.maximum(right);
    return total(head(x).sub(tail(x)).mul(height));
  }

  /** Strips under the precision-recall curve between thresholds (Davis and Goadrich 2006). */
  private Tensor interpolated(Tensor tp, Tensor fp, Tensor fn) {
    Tensor found = tp.add(fp);
    Tensor right = head(tp).sub(tail(tp));
    Tensor slope = Np.divideNoNan(right, head(found).sub(tail(found)).maximum(0.0));
    Tensor intercept = tail(tp).sub(slope.mul(tail(found)));
    Tensor both = Np.logicalAnd(head(found).gt(0.0), tail(found).gt(0.0));
    Tensor ratio = Np.where(both, Np.divideNoNan(head(found), tail(found).maximum(0.0)), 1.0);
    Tensor strip = slope.mul(right.add(intercept.mul(ratio.log())));
    return Np.divideNoNan(strip, tail(tp).add(tail(fn)).maximum(0.0));
  }

  private Tensor total(Tensor strips) {
    if (!get(MULTI_LABEL)) {
      return Np.sum(strips);
    }
    Tensor areas = Np.sum(strips, 0);
    List<Double> weights = getOrNull(LABEL_WEIGHTS);
    if (weights == null) {
      return Np.mean(areas);
    }
    Tensor w = Confusion.vector(weights);
    return Np.divideNoNan(Np.sum(areas.mul(w)), Np.sum(w));
  }

  @Override
  public Map<String, @Nullable Object> getConfig(ObjectWriter writer) {
    Map<String, @Nullable Object> config = new LinkedHashMap<>(super.getConfig(writer));
    config.put(NUM_THRESHOLDS.key(), thresholdCount());
    config.put(CURVE.key(), get(CURVE).toUpperCase(Locale.ROOT));
    config.put(SUMMATION_METHOD.key(), get(SUMMATION_METHOD).toLowerCase(Locale.ROOT));
    return config;
  }
}
