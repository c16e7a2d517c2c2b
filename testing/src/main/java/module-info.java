/** Arbitrary tensors and laws for tests. */
module org.cornu.testing {
  requires transitive org.cornu.tracer;
  requires transitive net.jqwik.api;
  requires static org.jspecify;
  requires static com.google.errorprone.annotations;

  exports org.cornu.testing;
}
