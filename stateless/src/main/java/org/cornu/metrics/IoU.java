package org.cornu.metrics;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Arrays;
import java.util.List;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Mean intersection over union of some classes; labels and predictions are class indices. */
public final class IoU extends IoUMetric {
  static final Spec SPEC =
      spec("IoU")
          .options(NUM_CLASSES, TARGET_CLASS_IDS, IGNORE_CLASS, SPARSE_Y_TRUE, SPARSE_Y_PRED, AXIS)
          .create(IoU::new);

  private IoU() {
    super(SPEC);
  }

  /**
   * Makes a metric.
   *
   * @param classes number of classes
   * @param targets the classes that count
   */
  public IoU(int classes, int... targets) {
    this();
    set(NUM_CLASSES, classes);
    set(TARGET_CLASS_IDS, Arrays.stream(targets).boxed().toList());
  }

  /** Label whose samples do not count; null: none. */
  @CanIgnoreReturnValue
  public IoU ignoreClass(@Nullable Integer value) {
    set(IGNORE_CLASS, value);
    return this;
  }

  /** Whether labels are class indices (default), not scores of classes. */
  @CanIgnoreReturnValue
  public IoU sparseYTrue(boolean value) {
    set(SPARSE_Y_TRUE, value);
    return this;
  }

  /** Whether predictions are class indices (default), not scores of classes. */
  @CanIgnoreReturnValue
  public IoU sparseYPred(boolean value) {
    set(SPARSE_Y_PRED, value);
    return this;
  }

  /** Axis of the classes; default -1. */
  @CanIgnoreReturnValue
  public IoU axis(int value) {
    set(AXIS, value);
    return this;
  }

  @Override
  @Nullable List<Integer> targets() {
    return get(TARGET_CLASS_IDS);
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
