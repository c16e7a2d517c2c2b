/** State, losses, metrics, optimizers and configuration: what lies below the layers. */
module org.cornu.stateless {
  requires static org.jspecify;
  requires static com.google.errorprone.annotations;

  exports org.cornu.config;

  uses org.cornu.config.Catalog;
}
