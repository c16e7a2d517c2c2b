package org.cornu.constraints;

import org.cornu.config.Configured;
import org.cornu.config.Family;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** A projection of a weight onto the values it may take, applied after each update. */
public abstract class Constraint extends Configured<Constraint> {
  /** All constraints, by name. */
  public static final Family<Constraint> FAMILY = Family.of("constraint", Constraint.class);

  /** Makes a constraint of this table. */
  protected Constraint(Spec spec) {
    super(spec);
  }

  /** The projected weight, of the same shape. */
  public abstract Tensor apply(Tensor weight);
}
