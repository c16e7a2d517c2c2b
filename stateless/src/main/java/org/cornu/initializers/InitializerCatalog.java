package org.cornu.initializers;

import java.util.List;
import org.cornu.config.Catalog;
import org.cornu.config.Registry;
import org.cornu.config.Spec;

/** Registers the built-in initializers. */
public final class InitializerCatalog implements Catalog {
  /** For the service loader. */
  public InitializerCatalog() {}

  @Override
  public void addTo(Registry registry) {
    for (Spec spec :
        List.of(
            Constant.SPEC,
            GlorotNormal.SPEC,
            GlorotUniform.SPEC,
            HeNormal.SPEC,
            HeUniform.SPEC,
            Identity.SPEC,
            LecunNormal.SPEC,
            LecunUniform.SPEC,
            Ones.SPEC,
            Orthogonal.SPEC,
            RandomNormal.SPEC,
            RandomUniform.SPEC,
            STFT.SPEC,
            TruncatedNormal.SPEC,
            VarianceScaling.SPEC,
            Zeros.SPEC)) {
      registry.add(Initializer.FAMILY, spec);
    }
  }
}
