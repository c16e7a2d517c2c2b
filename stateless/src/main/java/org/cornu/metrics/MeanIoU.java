package org.cornu.metrics;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Mean intersection over union of all classes; labels and predictions are class indices. */
public final class MeanIoU extends IoUMetric {
  static final Spec SPEC =
      spec("MeanIoU")
          .options(NUM_CLASSES, IGNORE_CLASS, SPARSE_Y_TRUE, SPARSE_Y_PRED, AXIS)
          .create(MeanIoU::new);

  private MeanIoU() {
    super(SPEC);
  }

  /**
   * Makes a metric.
   *
   * @param classes number of classes
   */
  public MeanIoU(int classes) {
    this();
    set(NUM_CLASSES, classes);
  }

  /** Label whose samples do not count; null: none. */
  @CanIgnoreReturnValue
  public MeanIoU ignoreClass(@Nullable Integer value) {
    set(IGNORE_CLASS, value);
    return this;
  }

  /** Whether labels are class indices (default), not scores of classes. */
  @CanIgnoreReturnValue
  public MeanIoU sparseYTrue(boolean value) {
    set(SPARSE_Y_TRUE, value);
    return this;
  }

  /** Whether predictions are class indices (default), not scores of classes. */
  @CanIgnoreReturnValue
  public MeanIoU sparseYPred(boolean value) {
    set(SPARSE_Y_PRED, value);
    return this;
  }

  /** Axis of the classes; default -1. */
  @CanIgnoreReturnValue
  public MeanIoU axis(int value) {
    set(AXIS, value);
    return this;
  }

  @Override
  @Nullable List<Integer> targets() {
    return null;
  }

  @Override
  Tensor labels(Tensor yTrue) {
    return get(SPARSE_Y_TRUE) ? yTrue : best(yTrue, get(AXIS));
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
