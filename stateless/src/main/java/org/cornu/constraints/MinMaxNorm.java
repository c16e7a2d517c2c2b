package org.cornu.constraints;

import java.util.Arrays;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** Scales weights towards norms between two bounds. */
public final class MinMaxNorm extends Constraint {
  private static final Option<Double> MIN_VALUE = Option.real("min_value").defaultTo(0.0);
  private static final Option<Double> MAX_VALUE = Option.real("max_value").defaultTo(1.0);
  private static final Option<Double> RATE = Option.real("rate").defaultTo(1.0);

  static final Spec SPEC =
      Spec.of("keras.constraints", "MinMaxNorm")
          .options(MIN_VALUE, MAX_VALUE, RATE, Norms.AXIS)
          .create(MinMaxNorm::new);

  /** Norm at most 1 along axis 0. */
  public MinMaxNorm() {
    super(SPEC);
  }

  /**
   * Makes a constraint.
   *
   * @param min least norm
   * @param max largest norm
   * @param rate share of the way to the bounds that one update goes
   * @param axes along which norms are taken; none means axis 0
   */
  public MinMaxNorm(double min, double max, double rate, int... axes) {
    this();
    set(MIN_VALUE, min);
    set(MAX_VALUE, max);
    set(RATE, rate);
    if (axes.length > 0) {
      set(Norms.AXIS, Arrays.stream(axes).boxed().toList());
    }
  }

  @Override
  public Tensor apply(Tensor weight) {
    Tensor norms = Norms.of(weight, get(Norms.AXIS));
    Tensor bounded = norms.clip(get(MIN_VALUE), get(MAX_VALUE));
    double rate = get(RATE);
    return Norms.scale(weight, norms, bounded.mul(rate).add(norms.mul(1 - rate)));
  }
}
