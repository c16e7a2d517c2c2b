package org.cornu.tracer.autodiff;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.text.Parser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Derivatives of programs that JAX exported, against central differences: each program is read with
 * its 32-bit floats made 64-bit ones. Runs where the recorded programs lie beside the project.
 */
class ExportedProgramsTest {
  private static final Path PROGRAMS = Path.of("../../shared/programs");

  /** Programs whose bits, keys, devices or kinks differences cannot follow. */
  private static final List<String> LEFT_OUT =
      List.of(
          "shard",
          "while",
          "random",
          "threefry",
          "int",
          "argmax",
          "scatter",
          "special",
          "ew_nan",
          "grad_edge",
          "complex64");

  static List<Path> programs() throws IOException {
    if (!Files.isDirectory(PROGRAMS)) {
      return List.of(PROGRAMS);
    }
    try (Stream<Path> all = Files.list(PROGRAMS)) {
      return all.filter(
              path -> LEFT_OUT.stream().noneMatch(path.getFileName().toString()::startsWith))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
  void derivativesAgreeWithDifferences(Path program) throws IOException {
    assumeTrue(Files.isDirectory(program), "no recorded programs at " + program);
    String text =
        Files.readString(program.resolve("prog.mlir"))
            .replaceAll("\\b0x7F800000\\b", "0x7FF0000000000000")
            .replaceAll("\\b0xFF800000\\b", "0xFFF0000000000000")
            .replaceAll("\\b0x7FC00000\\b", "0x7FF8000000000000")
            .replace("f32", "f64");
    Func main = Parser.parse(text).main();
    Random random = new Random(11);
    List<Literal> inputs = new ArrayList<>();
    for (Type type : main.type().inputs()) {
      TensorType tensor = (TensorType) type;
      inputs.add(Masks.isInexact(type) ? positive(tensor, random) : ints(tensor, random));
    }
    boolean[] active = GradientCheck.active(main);
    assumeTrue(Masks.any(active), "no argument of floating-point type");
    GradientCheck.check(main, inputs, active, 1, 1e-5, random);
  }

  /** Between 0.2 and 1.2, where logarithms and roots are smooth. */
  private static Literal positive(TensorType type, Random random) {
    int parts = type.dtype().isComplex() ? 2 : 1;
    double[] values = new double[Math.toIntExact(type.shape().count()) * parts];
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.2 + random.nextDouble();
    }
    return GradientCheck.real(type, values);
  }

  private static Literal ints(TensorType type, Random random) {
    long[] values = new long[Math.toIntExact(type.shape().count())];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(2);
    }
    return Literal.ofLongs(type, values);
  }
}
