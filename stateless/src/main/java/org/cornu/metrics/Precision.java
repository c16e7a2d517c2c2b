package org.cornu.metrics;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Share of positive labels among positive predictions. */
public final class Precision extends ConfusionMetric {
  private static final Option<Integer> TOP_K = Option.integer("top_k").nullable();

  static final Spec SPEC =
      spec("Precision").options(THRESHOLDS, TOP_K, CLASS_ID).create(Precision::new);

  /** With threshold 0.5. */
  public Precision() {
    super(SPEC, Count.TRUE_POSITIVES, Count.FALSE_POSITIVES);
  }

  /** Predictions above it are positive; several give one number each; none means 0.5. */
  @CanIgnoreReturnValue
  public Precision thresholds(double... values) {
    set(THRESHOLDS, option(values));
    return this;
  }

  /** Only the k largest predictions of a sample can be positive; null: all. */
  @CanIgnoreReturnValue
  public Precision topK(@Nullable Integer value) {
    set(TOP_K, value);
    return this;
  }

  /** The only class that counts; null: all. */
  @CanIgnoreReturnValue
  public Precision classId(@Nullable Integer value) {
    set(CLASS_ID, value);
    return this;
  }

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  Confusion confusion() {
    return Confusion.of(getOrNull(THRESHOLDS), getOrNull(TOP_K) == null ? 0.5 : Confusion.LEAST);
  }

  @Override
  Confusion.View view() {
    return new Confusion.View(getOrNull(TOP_K), getOrNull(CLASS_ID), false, null);
  }

  @Override
  public Tensor result() {
    Tensor right = get(Count.TRUE_POSITIVES);
    return single(Np.divideNoNan(right, right.add(get(Count.FALSE_POSITIVES))));
  }
}
