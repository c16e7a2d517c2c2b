/** Samples and benchmarks of the command line. */
module org.cornu.samples {
  requires transitive org.cornu.frontend;
  requires static org.jspecify;
  requires static com.google.errorprone.annotations;
  requires java.management;

  exports org.cornu.samples.digits;
  exports org.cornu.samples.bench;

  opens org.cornu.samples.digits to
      org.cornu.tracer;
  opens org.cornu.samples.bench to
      org.cornu.tracer;

  provides org.cornu.cli.SampleProvider with
      org.cornu.samples.digits.DigitsSample,
      org.cornu.samples.digits.FunctionalDigits,
      org.cornu.samples.digits.StatelessDigits;
  provides org.cornu.cli.BenchmarkProvider with
      org.cornu.samples.bench.Benchmarks;
}
