/** The PJRT C API for Java: plugins, clients, devices, buffers and compiled executables. */
module org.cornu.pjrt {
  requires org.bytedeco.javacpp;
  requires com.google.protobuf;
  requires org.slf4j;
  requires java.management;
  requires jdk.management;
  requires jdk.jfr;
  requires static org.jspecify;
  requires static com.google.errorprone.annotations;

  exports org.cornu.pjrt;

  // JavaCPP's loader reads the generated classes and the preset by reflection.
  opens org.cornu.pjrt.capi;
  opens org.cornu.pjrt.preset;
}
