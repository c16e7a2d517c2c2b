package org.cornu.constraints;

import java.util.Arrays;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** Scales weights down to a norm of at most a maximum. */
public final class MaxNorm extends Constraint {
  private static final Option<Double> MAX_VALUE = Option.real("max_value").defaultTo(2);

  static final Spec SPEC =
      Spec.of("keras.constraints", "MaxNorm").options(MAX_VALUE, Norms.AXIS).create(MaxNorm::new);

  /** Norm at most 2 along axis 0. */
  public MaxNorm() {
    super(SPEC);
  }

  /**
   * Makes a constraint.
   *
   * @param max largest norm
   * @param axes along which norms are taken; none means axis 0, the inputs of a dense kernel
   */
  public MaxNorm(double max, int... axes) {
    this();
    set(MAX_VALUE, max);
    if (axes.length > 0) {
      set(Norms.AXIS, Arrays.stream(axes).boxed().toList());
    }
  }

  @Override
  public Tensor apply(Tensor weight) {
    Tensor norms = Norms.of(weight, get(Norms.AXIS));
    return Norms.scale(weight, norms, norms.clip(0, get(MAX_VALUE)));
  }
}
