package org.cornu.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.cornu.models.Model;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cornu summary}: the table of a saved model's layers. */
@Command(
    name = "summary",
    description = "Prints the layers, output shapes and parameter counts of a saved model.",
    mixinStandardHelpOptions = true)
final class SummaryCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "MODEL", description = "A .keras or .h5 file.")
  private Path model = Path.of("");

  @Mixin private DeviceOptions device = new DeviceOptions();

  private final Console console;

  SummaryCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    device.start(1);
    console.result("%s", Model.load(model).summary());
    return 0;
  }
}
