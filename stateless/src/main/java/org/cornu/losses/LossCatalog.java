package org.cornu.losses;

import org.cornu.config.Catalog;
import org.cornu.config.Registry;

/** Registers the built-in losses. */
public final class LossCatalog implements Catalog {
  /** For the service loader. */
  public LossCatalog() {}

  @Override
  public void addTo(Registry registry) {
    registry.add(Loss.FAMILY, MeanSquaredError.SPEC);
    registry.add(Loss.FAMILY, SparseCategoricalCrossentropy.SPEC);
  }
}
