package org.cornu.tests.stablehlo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.cornu.cli.Comparison;
import org.cornu.cli.ProgramIo;
import org.cornu.cli.Slice;
import org.cornu.pjrt.CompileOptions;
import org.cornu.stablehlo.interpreter.Interpreter;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.passes.Passes;
import org.cornu.stablehlo.text.Parser;
import org.cornu.stablehlo.text.Printer;
import org.junit.jupiter.api.Test;

/**
 * The programs that JAX exported, with inputs and outputs recorded on XLA's CPU backend: read, and
 * run on the interpreter, as they are and after all passes; printed, and run on the plugin, the
 * sharded ones on eight devices, in Shardy's and in GSPMD's spelling.
 */
class RecordedProgramsTest {
  private static final Interpreter INTERPRETER = new Interpreter();

  /** Runs a program, and compares. */
  private interface Check {
    void run(Path program, ProgramIo io) throws IOException;
  }

  @Test
  void programsOfThisProjectOnTheInterpreter() throws IOException, URISyntaxException {
    Path here = Path.of(Objects.requireNonNull(getClass().getResource("/recorded")).toURI());
    assertThat(each(here, RecordedProgramsTest::interpreted)).isGreaterThanOrEqualTo(11);
  }

  @Test
  void recordedProgramsOnTheInterpreter() throws IOException {
    assertThat(each(recorded(), RecordedProgramsTest::interpreted)).isGreaterThanOrEqualTo(36);
  }

  @Test
  void recordedProgramsOnThePlugin() throws IOException {
    assertThat(each(recorded(), RecordedProgramsTest::compiled)).isGreaterThanOrEqualTo(36);
  }

  private static Path recorded() {
    Path root = Path.of("").toAbsolutePath();
    while (root != null && !Files.isDirectory(root.resolve("shared/programs"))) {
      root = root.getParent();
    }
    assumeTrue(root != null, "no shared/programs above the working directory");
    return Objects.requireNonNull(root).resolve("shared/programs");
  }

  private static int each(Path folder, Check check) throws IOException {
    int programs = 0;
    try (Stream<Path> files = Files.walk(folder, 2)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".mlir")).sorted().toList()) {
        check.run(file, ProgramIo.read(file.resolveSibling("io.json")));
        programs++;
      }
    }
    return programs;
  }

  private static void interpreted(Path file, ProgramIo io) throws IOException {
    Module module = Parser.parse(file);
    List<Literal> outputs = Objects.requireNonNull(io.outputs());
    compare(file + "", INTERPRETER.run(module, io.inputs()), outputs, io);
    Module simple = Passes.simplify(module);
    compare(file + " after all passes", INTERPRETER.run(simple, io.inputs()), outputs, io);
  }

  private static void compiled(Path file, ProgramIo io) throws IOException {
    String text = Printer.print(Parser.parse(file));
    List<Literal> outputs = Objects.requireNonNull(io.outputs());
    int devices = io.devices();
    if (devices == 1) {
      compare(file + "", Xla.run(text, io.inputs(), Xla.exact().build()), outputs, io);
      return;
    }
    List<List<Literal>> perDevice = new ArrayList<>();
    for (int device = 0; device < devices; device++) {
      perDevice.add(parts(io.inputs(), io.inputShards(), device));
    }
    CompileOptions options =
        Xla.exact()
            .partitions(devices)
            .useSpmd(true)
            .useShardy(file.toString().contains("sdy"))
            .build();
    List<List<Literal>> got = Xla.runOnDevices(text, perDevice, options);
    for (int device = 0; device < devices; device++) {
      List<Literal> expected = parts(outputs, io.outputShards(), device);
      compare(file + " on device " + device, got.get(device), expected, io);
    }
  }

  /** The parts of whole tensors that one device holds. */
  private static List<Literal> parts(List<Literal> whole, List<List<Slice>> slices, int device) {
    List<Literal> out = new ArrayList<>();
    for (int i = 0; i < whole.size(); i++) {
      out.add(slices.get(i).get(device).cut(whole.get(i)));
    }
    return out;
  }

  private static void compare(String name, List<Literal> got, List<Literal> want, ProgramIo io) {
    assertThat(Comparison.of(got, want, io.rtol(), io.atol()).failures()).as(name).isEmpty();
  }
}
