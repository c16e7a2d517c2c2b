package org.cornu.layers;

import java.util.List;
import org.cornu.config.Catalog;
import org.cornu.config.Registry;
import org.cornu.config.Spec;

/** Registers the built-in layers. */
public final class LayerCatalog implements Catalog {
  private static final List<Spec> LAYERS =
      List.of(
          InputLayer.SPEC,
          Activation.SPEC,
          Conv2D.SPEC,
          Dense.SPEC,
          Dropout.SPEC,
          Flatten.SPEC,
          MaxPooling2D.SPEC,
          Rescaling.SPEC);

  @Override
  public void addTo(Registry registry) {
    registry.add(DTypePolicy.FAMILY, DTypePolicy.SPEC);
    for (String name : DTypePolicy.NAMES) {
      registry.add(DTypePolicy.FAMILY, name, new DTypePolicy(name));
    }
    LAYERS.forEach(spec -> registry.add(Layer.FAMILY, spec));
  }
}
