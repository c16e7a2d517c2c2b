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
  requires info.picocli;
  requires me.tongfei.progressbar;
  requires java.management;
  requires jdk.management;

  exports org.cornu.callbacks;
  exports org.cornu.check;
  exports org.cornu.cli;
  exports org.cornu.layers;
  exports org.cornu.models;
  exports org.cornu.saving;

  // picocli sets fields of the commands by reflection.
  opens org.cornu.cli to
      info.picocli;
  // Records of tensors pass through transforms.
  opens org.cornu.layers to
      org.cornu.tracer;
  opens org.cornu.models to
      org.cornu.tracer;

  provides org.cornu.config.Catalog with
      org.cornu.layers.LayerCatalog,
      org.cornu.models.ModelCatalog;
  provides org.cornu.cli.CommandProvider with
      org.cornu.check.CheckCommand;
  provides org.cornu.check.CaseRunner with
      org.cornu.check.InitializerRunner,
      org.cornu.check.LayerRunner,
      org.cornu.check.LossRunner,
      org.cornu.check.MetricRunner,
      org.cornu.check.OptimizerRunner,
      org.cornu.check.ScheduleRunner,
      org.cornu.check.UnaryRunner;
  provides org.cornu.check.OpCatalog.Provider with
      org.cornu.check.LossEntries,
      org.cornu.check.QuantizerEntries;
  provides org.cornu.models.OperationProvider with
      org.cornu.check.CatalogOperations;

  uses org.cornu.check.CaseRunner;
  uses org.cornu.check.OpCatalog.Provider;
  uses org.cornu.cli.BenchmarkProvider;
  uses org.cornu.cli.CommandProvider;
  uses org.cornu.cli.SampleProvider;
  uses org.cornu.models.OperationProvider;
}
