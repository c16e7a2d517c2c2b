package org.cornu.optimizers;

import java.util.List;
import org.cornu.config.Catalog;
import org.cornu.config.Registry;
import org.cornu.config.Spec;

public final class OptimizerCatalog implements Catalog {
  /** For the service loader. */
  public OptimizerCatalog() {}

  @Override
  public void addTo(Registry registry) {
    for (Spec spec :
        List.of(
            Adadelta.SPEC,
            Adafactor.SPEC,
            Adagrad.SPEC,
            Adam.SPEC,
            AdamW.SPEC,
            Adamax.SPEC,
            Ftrl.SPEC,
            Lamb.SPEC,
            Lion.SPEC,
            LossScaleOptimizer.SPEC,
            MultiOptimizer.SPEC,
            Muon.SPEC,
            Nadam.SPEC,
            RMSprop.SPEC,
            SGD.SPEC,
            ScheduleFreeAdamW.SPEC)) {
      registry.add(Optimizer.FAMILY, spec);
    }
    registry.add(OptimizerMap.FAMILY, OptimizerMap.SPEC);
  }
}
