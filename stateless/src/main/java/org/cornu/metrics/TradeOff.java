package org.cornu.metrics;

import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** The best value of one rate over the thresholds at which another reaches a minimum. */
abstract class TradeOff extends ConfusionMetric {
  static final Option<Integer> NUM_THRESHOLDS =
      Option.integer("num_thresholds").defaultTo(200).positive();

  /** A share of decisions. */
  enum Rate {
    SENSITIVITY(Count.TRUE_POSITIVES, Count.FALSE_NEGATIVES),
    SPECIFICITY(Count.TRUE_NEGATIVES, Count.FALSE_POSITIVES),
    PRECISION(Count.TRUE_POSITIVES, Count.FALSE_POSITIVES);

    final Count right;
    final Count wrong;

    Rate(Count right, Count wrong) {
      this.right = right;
      this.wrong = wrong;
    }
  }

  private final Rate constrained;
  private final Rate best;
  private final Option<Double> minimum;

  TradeOff(Spec spec, Rate constrained, Option<Double> minimum, Rate best) {
    super(
        spec,
        Count.TRUE_POSITIVES,
        Count.FALSE_POSITIVES,
        Count.TRUE_NEGATIVES,
        Count.FALSE_NEGATIVES);
    this.constrained = constrained;
    this.minimum = minimum;
    this.best = best;
  }

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  Confusion confusion() {
    return Confusion.evenly(get(NUM_THRESHOLDS));
  }

  @Override
  Confusion.View view() {
    @Nullable Integer classId = getOrNull(CLASS_ID);
    return new Confusion.View(null, classId, false, null);
  }

  private Tensor share(Rate rate) {
    Tensor right = get(rate.right);
    return Np.divideNoNan(right, right.add(get(rate.wrong)));
  }

  @Override
  public Tensor result() {
    Tensor feasible = share(constrained).ge(get(minimum));
    return Np.max(Np.where(feasible, share(best), 0.0)).maximum(0.0);
  }
}
