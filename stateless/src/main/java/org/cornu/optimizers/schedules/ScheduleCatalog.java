package org.cornu.optimizers.schedules;

import java.util.List;
import org.cornu.config.Catalog;
import org.cornu.config.Registry;
import org.cornu.config.Spec;

/** Registers the built-in schedules. */
public final class ScheduleCatalog implements Catalog {
  /** For the service loader. */
  public ScheduleCatalog() {}

  @Override
  public void addTo(Registry registry) {
    for (Spec spec :
        List.of(
            CosineDecay.SPEC,
            CosineDecayRestarts.SPEC,
            ExponentialDecay.SPEC,
            InverseTimeDecay.SPEC,
            PiecewiseConstantDecay.SPEC,
            PolynomialDecay.SPEC)) {
      registry.add(LearningRateSchedule.FAMILY, spec);
    }
  }
}
