package org.cornu.initializers;

import org.cornu.config.Catalog;
import org.cornu.config.Registry;

/** Registers the built-in initializers. */
public final class InitializerCatalog implements Catalog {
  @Override
  public void addTo(Registry registry) {
    registry.add(Initializer.FAMILY, GlorotUniform.SPEC);
    registry.add(Initializer.FAMILY, Zeros.SPEC);
  }
}
