/** State, losses, metrics, optimizers and configuration: what lies below the layers. */
module org.cornu.stateless {
  requires transitive org.cornu.tracer;
  requires transitive org.cornu.distribution;
  requires static org.jspecify;
  requires static com.google.errorprone.annotations;

  exports org.cornu.config;
  exports org.cornu.stateless;

  uses org.cornu.config.Catalog;
}
