package org.cornu.metrics;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Arrays;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Lax;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;

/** Mean intersection over union of two classes; predictions are scores in [0, 1]. */
public final class BinaryIoU extends IoUMetric {
  private static final Option<Double> THRESHOLD = Option.real("threshold").defaultTo(0.5);

  static final Spec SPEC =
      spec("BinaryIoU")
          .options(TARGET_CLASS_IDS.defaultTo(List.of(0, 1)), THRESHOLD)
          .create(BinaryIoU::new);

  /** Of both classes, with threshold 0.5. */
  public BinaryIoU() {
    super(SPEC);
  }

  /** The classes that count; default both. */
  @CanIgnoreReturnValue
  public BinaryIoU targetClassIds(int... values) {
    set(TARGET_CLASS_IDS, Arrays.stream(values).boxed().toList());
    return this;
  }

  /** Predictions from here on are of class 1; default 0.5. */
  @CanIgnoreReturnValue
  public BinaryIoU threshold(double value) {
    set(THRESHOLD, value);
    return this;
  }

  @Override
  int classes() {
    return 2;
  }

  @Override
  List<Integer> targets() {
    return get(TARGET_CLASS_IDS);
  }

  @Override
  Tensor predictions(Tensor yPred) {
    return Lax.convertElementType(yPred, DType.F32).ge(get(THRESHOLD));
  }
}
