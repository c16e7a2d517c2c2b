/** Meshes, layouts and distribution recipes. */
module org.cornu.distribution {
  requires transitive org.cornu.tracer;
  requires static org.jspecify;
  requires static com.google.errorprone.annotations;

  exports org.cornu.distribution;
}
