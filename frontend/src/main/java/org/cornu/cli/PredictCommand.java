package org.cornu.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.cornu.models.Data;
import org.cornu.models.Model;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornu predict}: runs a saved model. */
@Command(
    name = "predict",
    description = {
      "Runs a saved model (.keras, .h5) on the inputs in IO.json. Where the file has outputs,",
      "compares with them and prints max_abs_diff and max_rel_diff; status 1 beyond the tolerance."
    },
    mixinStandardHelpOptions = true)
final class PredictCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "MODEL", description = "The model.")
  private Path model = Path.of("");

  @Option(
      names = "--io",
      required = true,
      paramLabel = "IO.json",
      description = "Inputs, and outputs to compare with: {inputs, outputs, rtol, atol}.")
  private Path io = Path.of("");

  @Option(names = "--batch-size", paramLabel = "N", description = "Samples at a time.")
  private int batchSize = 32;

  @Option(names = "--out", paramLabel = "OUT.json", description = "Where to write the outputs.")
  private @Nullable Path out;

  @Mixin private DeviceOptions device = new DeviceOptions();

  private final Console console;

  PredictCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    device.start(1);
    ProgramIo recorded = ProgramIo.read(io);
    Data data = Data.ofLiterals(recorded.inputs(), List.of(), null);
    List<Literal> outputs =
        Model.load(model).predict(data, batchSize).stream().map(Tensor::toLiteral).toList();
    if (out != null) {
      ProgramIo.writeOutputs(out, outputs);
    }
    List<Literal> expected = recorded.outputs();
    if (expected == null) {
      if (out == null) {
        outputs.forEach(output -> console.result("%s", Tensor.of(output)));
      }
      return 0;
    }
    Comparison comparison = Comparison.of(outputs, expected, recorded.rtol(), recorded.atol());
    console.result(comparison.summary());
    comparison.failures().forEach(console::note);
    return comparison.passed() ? 0 : 1;
  }
}
