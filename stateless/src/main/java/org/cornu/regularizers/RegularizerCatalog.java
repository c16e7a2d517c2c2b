package org.cornu.regularizers;

import java.util.List;
import org.cornu.config.Catalog;
import org.cornu.config.Registry;
import org.cornu.config.Spec;

/** Registers the built-in regularizers. */
public final class RegularizerCatalog implements Catalog {
  /** For the service loader. */
  public RegularizerCatalog() {}

  @Override
  public void addTo(Registry registry) {
    for (Spec spec :
        List.of(L1.SPEC, L1L2.SPEC.aliases("l1_l2"), L2.SPEC, OrthogonalRegularizer.SPEC)) {
      registry.add(Regularizer.FAMILY, spec);
    }
  }
}
