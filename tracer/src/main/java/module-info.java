/** Tensors, operations, and the function transforms over the StableHLO graph. */
module org.cornu.tracer {
  requires transitive org.cornu.stablehlo;
  requires transitive org.cornu.pjrt;
  requires org.slf4j;
  requires jdk.jfr;
  requires static org.jspecify;
  requires static com.google.errorprone.annotations;

  exports org.cornu.tracer;
  exports org.cornu.tracer.runtime;
  exports org.cornu.tracer.graph;
  exports org.cornu.tracer.lowering;
  exports org.cornu.tracer.autodiff;
  exports org.cornu.ops;
}
