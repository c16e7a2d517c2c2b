package org.cornu.metrics;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Share of true positives among these and the errors of one kind.
 *
 * @param <M> the metric class itself
 */
public abstract sealed class PositiveShare<M extends PositiveShare<M>> extends ConfusionMetric
    permits Precision, Recall {
  private static final Option<Integer> TOP_K = Option.integer("top_k").nullable();

  private final Count errors;

  PositiveShare(Spec spec, Count errors) {
    super(spec, Count.TRUE_POSITIVES, errors);
    this.errors = errors;
  }

  static Spec options(String className) {
    return spec(className).options(THRESHOLDS, TOP_K, CLASS_ID);
  }

  @SuppressWarnings("unchecked") // each permitted class names itself
  private M own() {
    return (M) this;
  }

  /** Predictions above it are positive; several give one number each; none means 0.5. */
  @CanIgnoreReturnValue
  public final M thresholds(double... values) {
    set(THRESHOLDS, option(values));
    return own();
  }

  /** Only the k largest predictions of a sample can be positive; null: all. */
  @CanIgnoreReturnValue
  public final M topK(@Nullable Integer value) {
    set(TOP_K, value);
    return own();
  }

  /** The only class that counts; null: all. */
  @CanIgnoreReturnValue
  public final M classId(@Nullable Integer value) {
    set(CLASS_ID, value);
    return own();
  }

  @Override
  public final Direction direction() {
    return Direction.UP;
  }

  @Override
  final Confusion confusion() {
    return Confusion.of(getOrNull(THRESHOLDS), getOrNull(TOP_K) == null ? 0.5 : Confusion.LEAST);
  }

  @Override
  final Confusion.View view() {
    return new Confusion.View(getOrNull(TOP_K), getOrNull(CLASS_ID), false, null);
  }

  @Override
  public final Tensor result() {
    Tensor right = get(Count.TRUE_POSITIVES);
    return single(Np.divideNoNan(right, right.add(get(errors))));
  }
}
