package org.cornu.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.cornu.stablehlo.interpreter.Interpreter;
import org.cornu.stablehlo.interpreter.ProcessGrid;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.passes.Passes;
import org.cornu.stablehlo.text.Printer;
import org.cornu.tracer.Divergence;
import org.cornu.tracer.runtime.HostProgram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornu run}: runs a StableHLO program on recorded inputs and compares the outputs. */
@Command(
    name = "run",
    description = {
      "Runs a StableHLO program on the inputs in IO.json. Where the file has outputs, compares",
      "with them and prints max_abs_diff and max_rel_diff; status 1 beyond the tolerance."
    },
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "PROGRAM",
      description = "The program: MLIR text, a portable artifact, or a JAX export.")
  private Path program = Path.of("");

  @Option(
      names = "--io",
      required = true,
      paramLabel = "IO.json",
      description = "Inputs, and outputs to compare with: {inputs, outputs, rtol, atol}.")
  private Path io = Path.of("");

  @Option(
      names = "--on",
      paramLabel = "ENGINE",
      description = "pjrt (default) or interpreter, the reference in plain Java.")
  private Engine engine = Engine.PJRT;

  @Option(
      names = "--diverge",
      description = {
        "Runs on both engines and names the first op whose results differ beyond the tolerance,",
        "with its source line; status 1 where there is one. For programs of one device."
      })
  private boolean diverge;

  @Option(names = "--out", paramLabel = "OUT.json", description = "Where to write the outputs.")
  private @Nullable Path out;

  @Mixin private DeviceOptions device = new DeviceOptions();

  private final Console console;

  /** What runs the program. */
  enum Engine {
    PJRT,
    INTERPRETER
  }

  RunCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Module module = IrCommand.read(program).module();
    ProgramIo recorded = ProgramIo.read(io);
    recorded.replicaInputs().forEach(inputs -> checkInputs(module.main(), inputs));
    if (diverge) {
      return diverge(module.main(), recorded);
    }
    List<Literal> outputs =
        switch (engine) {
          case PJRT -> onDevices(Printer.print(compiled(module, recorded)), recorded);
          case INTERPRETER -> interpreted(module, recorded);
        };
    if (out != null) {
      ProgramIo.writeOutputs(out, outputs);
    }
    if (recorded.outputs() == null) {
      for (Literal output : outputs) {
        console.result(output.type().brief());
      }
      return 0;
    }
    Comparison comparison =
        Comparison.of(outputs, recorded.outputs(), recorded.rtol(), recorded.atol());
    console.result(comparison.summary());
    comparison.failures().forEach(console::note);
    return comparison.passed() ? 0 : 1;
  }

  private static List<Literal> interpreted(Module module, ProgramIo recorded) {
    Interpreter interpreter = new Interpreter();
    if (recorded.replicas() == 1) {
      return interpreter.run(module, recorded.inputs());
    }
    ProcessGrid grid = new ProcessGrid(interpreter, recorded.replicas(), 1);
    return grid.run(List.of(module.main()), recorded.replicaInputs()).stream()
        .flatMap(List::stream)
        .toList();
  }

  private int diverge(Func main, ProgramIo recorded) {
    device.start(1);
    Optional<Divergence.Found> found =
        Divergence.find(
            main,
            recorded.inputs(),
            recorded.rtol(),
            recorded.atol(),
            Divergence.Engine.PJRT,
            Divergence.Engine.INTERPRETER);
    console.result(found.map(Divergence.Found::toString).orElse("no difference"));
    return found.isPresent() ? 1 : 0;
  }

  /** The program as the plugin gets it, with open sizes as those of the inputs. */
  private static Module compiled(Module module, ProgramIo recorded) {
    List<Type> types = new ArrayList<>(module.main().type().inputs());
    for (int i = 0; i < types.size(); i++) {
      if (types.get(i) instanceof TensorType type && !type.shape().isStatic()) {
        types.set(i, recorded.inputs().get(i).type());
      }
    }
    return Passes.forCompiler(module, types);
  }

  private static void checkInputs(Func main, List<Literal> inputs) {
    List<Type> expected = main.type().inputs();
    if (inputs.size() != expected.size()) {
      throw new IllegalArgumentException(
          "run: the program takes " + expected.size() + " inputs, got " + inputs.size());
    }
    for (int i = 0; i < inputs.size(); i++) {
      TensorType got = inputs.get(i).type();
      if (expected.get(i) instanceof TensorType type
          && type.shape().isStatic()
          && !(got.shape().equals(type.shape()) && got.dtype() == type.dtype())) {
        throw new IllegalArgumentException(
            "run: input " + i + " is " + type.brief() + " in the program, got " + got.brief());
      }
    }
  }

  private List<Literal> onDevices(String text, ProgramIo recorded) {
    if (recorded.replicas() > 1) {
      device.start(device.devices(recorded.replicas()));
      return HostProgram.run(text, recorded.replicaInputs()).stream()
          .flatMap(List::stream)
          .toList();
    }
    int devices = device.devices(recorded.devices());
    if (!recorded.inputShards().isEmpty() && devices != recorded.devices()) {
      throw new UsageException(
          "--devices "
              + devices
              + ": the recorded shards are for "
              + recorded.devices()
              + " devices");
    }
    device.start(devices);
    List<List<Literal>> arguments = new ArrayList<>();
    for (int d = 0; d < devices; d++) {
      List<Literal> parts = new ArrayList<>();
      for (int i = 0; i < recorded.inputs().size(); i++) {
        Literal whole = recorded.inputs().get(i);
        parts.add(
            recorded.inputShards().isEmpty()
                ? whole
                : recorded.inputShards().get(i).get(d).cut(whole));
      }
      arguments.add(parts);
    }
    List<List<Literal>> results = HostProgram.run(text, arguments);
    List<Literal> outputs = new ArrayList<>();
    for (int k = 0; k < results.get(0).size(); k++) {
      outputs.add(join(results, recorded, k));
    }
    return outputs;
  }

  /** One output from its parts; where devices hold the same part, the first device counts. */
  private static Literal join(List<List<Literal>> results, ProgramIo recorded, int k) {
    Literal first = results.get(0).get(k);
    List<Literal> expected = recorded.outputs();
    if (recorded.outputShards().isEmpty() || expected == null || k >= expected.size()) {
      return first;
    }
    Shape shape = expected.get(k).type().shape();
    TensorType type = first.type().withShape(shape);
    int elementBytes = type.dtype().bytes();
    byte[] whole = new byte[Math.toIntExact(shape.count() * elementBytes)];
    for (int d = results.size() - 1; d >= 0; d--) {
      Slice slice = recorded.outputShards().get(k).get(d);
      Literal part = results.get(d).get(k);
      if (!part.type().shape().equals(slice.shape())) {
        return part; // of another shape than expected, which the comparison reports
      }
      slice.paste(part.expandedBytes(), whole, shape, elementBytes);
    }
    return Literal.ofBytes(type, whole);
  }
}
