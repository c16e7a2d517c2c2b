package org.cornu.constraints;

import java.util.Arrays;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** Scales weights to norm one. */
public final class UnitNorm extends Constraint {
  static final Spec SPEC =
      Spec.of("keras.constraints", "UnitNorm").options(Norms.AXIS).create(UnitNorm::new);

  /**
   * Makes a constraint.
   *
   * @param axes along which norms are taken; none means axis 0
   */
  public UnitNorm(int... axes) {
    super(SPEC);
    if (axes.length > 0) {
      set(Norms.AXIS, Arrays.stream(axes).boxed().toList());
    }
  }

  @Override
  public Tensor apply(Tensor weight) {
    return Norms.unit(weight, Norms.of(weight, get(Norms.AXIS)));
  }
}
