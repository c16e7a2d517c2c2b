package org.cornu.constraints;

import java.util.List;
import org.cornu.config.Catalog;
import org.cornu.config.Registry;
import org.cornu.config.Spec;

/** Registers the built-in constraints. */
public final class ConstraintCatalog implements Catalog {
  /** For the service loader. */
  public ConstraintCatalog() {}

  @Override
  public void addTo(Registry registry) {
    for (Spec spec : List.of(MaxNorm.SPEC, MinMaxNorm.SPEC, NonNeg.SPEC, UnitNorm.SPEC)) {
      registry.add(Constraint.FAMILY, spec);
    }
  }
}
