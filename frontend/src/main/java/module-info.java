/** Layers, models, training, saving and the command line. */
module org.cornu.frontend {
  requires static org.jspecify;
  requires static com.google.errorprone.annotations;
  requires transitive org.cornu.stablehlo;
  requires transitive org.cornu.stateless;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires org.bytedeco.hdf5;
  requires org.bytedeco.javacpp;

  exports org.cornu.saving;
}
