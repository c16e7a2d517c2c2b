/** State, losses, metrics, optimizers and configuration: what lies below the layers. */
module org.cornu.stateless {
  requires transitive org.cornu.tracer;
  requires transitive org.cornu.distribution;
  requires static org.jspecify;
  requires static com.google.errorprone.annotations;

  exports org.cornu.activations;
  exports org.cornu.config;
  exports org.cornu.constraints;
  exports org.cornu.initializers;
  exports org.cornu.losses;
  exports org.cornu.metrics;
  exports org.cornu.optim;
  exports org.cornu.optimizers;
  exports org.cornu.optimizers.schedules;
  exports org.cornu.quantizers;
  exports org.cornu.random;
  exports org.cornu.regularizers;
  exports org.cornu.stateless;

  uses org.cornu.config.Catalog;

  provides org.cornu.config.Catalog with
      org.cornu.activations.ActivationCatalog,
      org.cornu.constraints.ConstraintCatalog,
      org.cornu.initializers.InitializerCatalog,
      org.cornu.losses.LossCatalog,
      org.cornu.metrics.MetricCatalog,
      org.cornu.optimizers.OptimizerCatalog,
      org.cornu.optimizers.schedules.ScheduleCatalog,
      org.cornu.quantizers.QuantizerCatalog,
      org.cornu.regularizers.RegularizerCatalog;
}
