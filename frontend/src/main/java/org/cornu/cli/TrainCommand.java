package org.cornu.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.cornu.config.Names;
import org.cornu.tracer.runtime.Backend;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornu train NAME}: trains a sample. */
@Command(
    name = "train",
    description = "Trains a sample, evaluates it and saves the model; without NAME, lists them.",
    mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The sample.")
  private @Nullable String name;

  @Parameters(index = "1..*", hidden = true)
  private List<String> extra = new ArrayList<>();

  @Option(names = "--epochs", paramLabel = "N", description = "Passes over the data.")
  private @Nullable Integer epochs;

  @Option(names = "--batch-size", paramLabel = "N", description = "Examples per step.")
  private @Nullable Integer batchSize;

  @Option(names = "--out", paramLabel = "FILE", description = "Where to save the model.")
  private @Nullable Path out;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Decides the split of the data and the initial weights (default: 0).")
  private long seed;

  @Option(
      names = "--mesh",
      paramLabel = "AXIS=N,…",
      description = "A mesh of devices to train on: batch=2,model=4.")
  private @Nullable String mesh;

  @Option(
      names = "--print-program",
      description = "Prints the StableHLO text of a training step, with its shardings.")
  private boolean program;

  @Mixin private DeviceOptions device = new DeviceOptions();

  private final Console console;

  TrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    List<SampleProvider> samples = new ArrayList<>(Main.services(SampleProvider.class));
    samples.sort(Comparator.comparing(SampleProvider::name));
    if (name == null) {
      for (SampleProvider sample : samples) {
        console.result("%-16s %s", sample.name(), sample.description());
      }
      return 0;
    }
    for (SampleProvider sample : samples) {
      if (sample.name().equals(name)) {
        int devices = device.devices(meshSize());
        Backend.configure(device.device(), devices);
        return sample.run(
            new SampleOptions(
                positive("--epochs", epochs),
                positive("--batch-size", batchSize),
                device.device(),
                devices,
                seed,
                mesh,
                program,
                out,
                List.copyOf(extra)),
            console);
      }
    }
    List<String> names = samples.stream().map(SampleProvider::name).toList();
    throw new UsageException("no sample '" + name + "'" + Names.hint(name, names));
  }

  /** Number of devices of the mesh; 1 without one. */
  private int meshSize() {
    int size = 1;
    for (String axis : mesh == null ? new String[0] : mesh.split(",", -1)) {
      if (!axis.matches("[A-Za-z_]\\w*=[1-9]\\d{0,5}")) {
        throw new UsageException("--mesh must look like batch=2,model=4: got '" + mesh + "'");
      }
      size *= Integer.parseInt(axis.substring(axis.indexOf('=') + 1));
    }
    return size;
  }

  private static OptionalInt positive(String option, @Nullable Integer value) {
    if (value != null && value < 1) {
      throw new UsageException(option + " must be at least 1: got " + value);
    }
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
