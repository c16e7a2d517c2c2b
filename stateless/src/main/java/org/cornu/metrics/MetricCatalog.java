package org.cornu.metrics;

import org.cornu.config.Catalog;
import org.cornu.config.Registry;

/** Registers the built-in metrics. */
public final class MetricCatalog implements Catalog {
  /** For the service loader. */
  public MetricCatalog() {}

  @Override
  public void addTo(Registry registry) {
    registry.add(Metric.FAMILY, Mean.SPEC);
    registry.add(Metric.FAMILY, SparseCategoricalAccuracy.SPEC);
  }
}
