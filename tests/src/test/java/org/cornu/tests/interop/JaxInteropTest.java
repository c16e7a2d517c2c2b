package org.cornu.tests.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.cornu.cli.Console;
import org.cornu.cli.Main;
import org.cornu.saving.TensorJson;
import org.cornu.stablehlo.build.Verifier;
import org.cornu.stablehlo.bytecode.JaxExport;
import org.cornu.stablehlo.bytecode.PortableArtifact;
import org.cornu.stablehlo.bytecode.ProgramFile;
import org.cornu.stablehlo.interpreter.Interpreter;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.text.Parser;
import org.cornu.stablehlo.text.Printer;
import org.cornu.tests.stablehlo.WrittenPrograms;
import org.cornu.tracer.Imported;
import org.cornu.tracer.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that JAX and Cornu write for each other. */
class JaxInteropTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void whatJaxExportsIsReadAndComputesTheSame() throws Exception {
    assumeTrue(KerasProcess.isWanted(), "skipped: run with -Pinterop to check against JAX");
    Path exports = Files.createDirectory(folder.resolve("exports"));
    Path written = Files.createDirectory(folder.resolve("written"));
    KerasProcess.run("exports.py", folder, exports);
    Set<Integer> conventions = new TreeSet<>();
    List<Path> files = list(exports, ".jax");
    assertThat(files).hasSizeGreaterThanOrEqualTo(25);
    for (Path file : files) {
      String name = file.getFileName().toString().replace(".jax", "");
      ProgramFile program = ProgramFile.read(file);
      JaxExport export = Objects.requireNonNull(program.export());
      conventions.add(export.callingConvention());
      Map<String, List<Literal>> call = new HashMap<>();
      double tolerance = read(exports.resolve(name + ".json"), call);
      List<Literal> inputs = Objects.requireNonNull(call.get("inputs"));
      List<Literal> results =
          export.devices() > 1
              ? new Interpreter().run(program.module(), inputs)
              : Imported.of(program).apply(inputs.stream().map(Tensor::of).toList()).stream()
                  .map(Tensor::toLiteral)
                  .toList();
      compare(name, results, Objects.requireNonNull(call.get("outputs")), tolerance);
      for (JaxExport gradient = export.vjp(); gradient != null; gradient = gradient.vjp()) {
        Verifier.verify(gradient.module());
      }
      Module module = program.module();
      Files.writeString(written.resolve(name + ".mlir"), Printer.print(module));
      byte[] artifact = PortableArtifact.write(module, Objects.requireNonNull(program.version()));
      Files.write(written.resolve(name + ".bc"), artifact);
    }
    assertThat(conventions).hasSizeGreaterThan(1);
    KerasProcess.run("accepts.py", folder, written);
  }

  @Test
  void theOfficialParserReadsWhatCornuWrites() throws Exception {
    assumeTrue(KerasProcess.isWanted(), "skipped: run with -Pinterop to check against JAX");
    Path written = Files.createDirectory(folder.resolve("written"));
    int number = 0;
    for (Module module : WrittenPrograms.random(300)) {
      Files.writeString(written.resolve("random" + number++ + ".mlir"), Printer.print(module));
    }
    for (String mesh : List.of("batch=1", "batch=2,model=2")) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
      int status =
          Main.run(
              new Console(stream, stream),
              "train",
              "digits",
              "--epochs",
              "1",
              "--mesh",
              mesh,
              "--print-program",
              "--out",
              folder.resolve("digits.keras").toString());
      String text = out.toString(StandardCharsets.UTF_8);
      assertThat(status).as(text).isZero();
      Files.writeString(written.resolve("digits" + number++ + ".mlir"), program(text));
    }
    for (Path file : WrittenPrograms.files()) {
      String name = file.toString().replace('/', '-');
      Module module = Parser.parse(file);
      Files.writeString(written.resolve(name), Printer.print(module));
    }
    KerasProcess.run("accepts.py", folder, written);
  }

  /** The program in what a command printed, with the locations that follow it. */
  private static String program(String printed) {
    int from = printed.indexOf("module");
    int end = printed.indexOf("\n}", from) + 3;
    StringBuilder out = new StringBuilder(printed.substring(from, end));
    printed
        .substring(end)
        .lines()
        .filter(line -> line.startsWith("#"))
        .forEach(line -> out.append(line).append('\n'));
    return out.toString();
  }

  private static List<Path> list(Path directory, String ending) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  /** Reads a recorded call; its relative and absolute tolerance. */
  private static double read(Path file, Map<String, List<Literal>> call) throws IOException {
    double tolerance = 0;
    try (InputStream bytes = Files.newInputStream(file);
        JsonParser in = TensorJson.parser(bytes)) {
      assertThat(in.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String field = in.currentName();
        in.nextToken();
        if (field.endsWith("tol")) {
          tolerance = TensorJson.number(in, 0);
        } else {
          call.put(field, new ArrayList<>(TensorJson.readList(in, file + " " + field)));
        }
      }
    }
    return tolerance;
  }

  private static void compare(
      String name, List<Literal> got, List<Literal> want, double tolerance) {
    assertThat(got).as(name).hasSameSizeAs(want);
    for (int i = 0; i < want.size(); i++) {
      Literal a = got.get(i);
      Literal b = want.get(i);
      assertThat(a.type()).as(name + " result " + i).isEqualTo(b.type());
      for (int k = 0; k < b.count(); k++) {
        double bound = tolerance * (1 + Math.hypot(b.doubleAt(k), b.imagAt(k)));
        boolean near =
            b.type().dtype().isInexact()
                ? Math.abs(a.doubleAt(k) - b.doubleAt(k)) <= bound
                    && Math.abs(a.imagAt(k) - b.imagAt(k)) <= bound
                : a.longAt(k) == b.longAt(k);
        assertThat(near)
            .as(
                "%s result %d element %d: got %s, want %s",
                name, i, k, a.doubleAt(k), b.doubleAt(k))
            .isTrue();
      }
    }
  }
}
