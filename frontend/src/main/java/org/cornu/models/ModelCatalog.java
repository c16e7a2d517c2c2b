package org.cornu.models;

import org.cornu.config.Catalog;
import org.cornu.config.Registry;
import org.cornu.layers.Layer;

/** Registers the model classes. */
public final class ModelCatalog implements Catalog {
  @Override
  public void addTo(Registry registry) {
    registry.add(Layer.FAMILY, Model.SPEC);
    registry.add(Layer.FAMILY, Sequential.SPEC);
  }
}
