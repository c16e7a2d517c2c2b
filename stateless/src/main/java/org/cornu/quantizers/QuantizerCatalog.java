package org.cornu.quantizers;

import java.util.List;
import org.cornu.config.Catalog;
import org.cornu.config.Registry;
import org.cornu.config.Spec;

/** Registers the built-in quantizers and configs. */
public final class QuantizerCatalog implements Catalog {
  /** For the service loader. */
  public QuantizerCatalog() {}

  @Override
  public void addTo(Registry registry) {
    registry.add(Quantizer.FAMILY, AbsMaxQuantizer.SPEC);
    for (Spec spec :
        List.of(
            Int8QuantizationConfig.SPEC,
            Int4QuantizationConfig.SPEC,
            Float8QuantizationConfig.SPEC)) {
      registry.add(QuantizationConfig.FAMILY, spec);
    }
  }
}
