package org.cornu.losses;

import java.util.List;
import org.cornu.config.Catalog;
import org.cornu.config.Registry;
import org.cornu.config.Spec;

/** Registers the built-in losses. */
public final class LossCatalog implements Catalog {
  /** For the service loader. */
  public LossCatalog() {}

  @Override
  public void addTo(Registry registry) {
    for (Spec spec :
        List.of(
            BinaryCrossentropy.SPEC,
            BinaryFocalCrossentropy.SPEC,
            CTC.SPEC,
            CategoricalCrossentropy.SPEC,
            CategoricalFocalCrossentropy.SPEC,
            CategoricalGeneralizedCrossEntropy.SPEC,
            CategoricalHinge.SPEC,
            Circle.SPEC,
            CosineSimilarity.SPEC,
            Dice.SPEC,
            Hinge.SPEC,
            Huber.SPEC,
            KLDivergence.SPEC,
            LogCosh.SPEC,
            MeanAbsoluteError.SPEC,
            MeanAbsolutePercentageError.SPEC,
            MeanSquaredError.SPEC,
            MeanSquaredLogarithmicError.SPEC,
            Poisson.SPEC,
            SparseCategoricalCrossentropy.SPEC,
            SquaredHinge.SPEC,
            Tversky.SPEC)) {
      registry.add(Loss.FAMILY, spec);
    }
  }
}
