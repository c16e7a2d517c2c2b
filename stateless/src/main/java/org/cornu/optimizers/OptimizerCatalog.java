package org.cornu.optimizers;

import org.cornu.config.Catalog;
import org.cornu.config.Registry;

/** Registers the built-in optimizers. */
public final class OptimizerCatalog implements Catalog {
  @Override
  public void addTo(Registry registry) {
    registry.add(Optimizer.FAMILY, SGD.SPEC);
    registry.add(Optimizer.FAMILY, Adam.SPEC);
  }
}
