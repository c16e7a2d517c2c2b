package org.cornu.metrics;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Mean intersection over union of all classes; labels are one-hot, predictions scores. */
public final class OneHotMeanIoU extends IoUMetric {
  static final Spec SPEC =
      spec("OneHotMeanIoU")
          .options(NUM_CLASSES, IGNORE_CLASS, SPARSE_Y_PRED.defaultTo(false), AXIS)
          .create(OneHotMeanIoU::new);

  private OneHotMeanIoU() {
    super(SPEC);
  }

  /**
   * Makes a metric.
   *
   * @param classes number of classes
   */
  public OneHotMeanIoU(int classes) {
    this();
    set(NUM_CLASSES, classes);
  }

  /** Label whose samples do not count; null: none. */
  @CanIgnoreReturnValue
  public OneHotMeanIoU ignoreClass(@Nullable Integer value) {
    set(IGNORE_CLASS, value);
    return this;
  }

  /** Whether predictions are class indices, not scores of classes (default). */
  @CanIgnoreReturnValue
  public OneHotMeanIoU sparseYPred(boolean value) {
    set(SPARSE_Y_PRED, value);
    return this;
  }

  /** Axis of the classes; default -1. */
  @CanIgnoreReturnValue
  public OneHotMeanIoU axis(int value) {
    set(AXIS, value);
    return this;
  }

  @Override
  @Nullable List<Integer> targets() {
    return null;
  }

  @Override
  Tensor labels(Tensor yTrue) {
    return best(yTrue, get(AXIS));
  }

  @Override
  Tensor predictions(Tensor yPred) {
    return get(SPARSE_Y_PRED) ? yPred : best(yPred, get(AXIS));
  }

  @Override
  @Nullable Integer ignored() {
    return getOrNull(IGNORE_CLASS);
  }
}
