package org.cornu.cli;

import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.cornu.saving.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cornu bench}: measures a workload and prints one line of JSON. */
@Command(
    name = "bench",
    description =
        "Measures a workload and prints one line of JSON; without --workload, lists them.",
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
  /** Status of a workload that there is not, as the benchmark's other runners have it. */
  private static final int UNSUPPORTED = 3;

  @Option(names = "--workload", paramLabel = "NAME", description = "The workload.")
  private @Nullable String workload;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Timed steps; 0 for the workload's own number (default).")
  private int steps;

  @Mixin private DeviceOptions device = new DeviceOptions();

  private final Console console;

  BenchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    List<BenchmarkProvider> providers = Main.services(BenchmarkProvider.class);
    if (workload == null) {
      TreeSet<String> names = new TreeSet<>();
      providers.forEach(provider -> names.addAll(provider.workloads()));
      names.forEach(console::result);
      return 0;
    }
    if (steps < 0) {
      throw new UsageException("--steps must not be negative: got " + steps);
    }
    System.setProperty("cornu.device", device.device());
    if (device.devices(0) > 0) {
      System.setProperty("cornu.devices", String.valueOf(device.devices(0)));
    }
    for (BenchmarkProvider provider : providers) {
      if (provider.workloads().contains(workload)) {
        return provider.run(workload, steps, console);
      }
    }
    console.result(
        "{\"peer\": \"cornu\", \"workload\": "
            + Json.write(workload)
            + ", \"error\": \"unsupported\"}");
    return UNSUPPORTED;
  }
}
