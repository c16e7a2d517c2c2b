package org.cornu.stablehlo.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.passes.Passes;
import org.cornu.stablehlo.text.Parser;
import org.junit.jupiter.api.Test;

/**
 * Programs that JAX exported, with the inputs and outputs recorded on XLA's CPU backend: as they
 * are, and after all passes.
 */
class RecordedProgramsTest {

  @Test
  void programsOfThisProject() throws IOException, URISyntaxException {
    Path here = Path.of(Objects.requireNonNull(getClass().getResource("/recorded")).toURI());
    assertThat(check(here)).isGreaterThanOrEqualTo(11);
  }

  @Test
  void allRecordedPrograms() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    while (root != null && !Files.isDirectory(root.resolve("shared/programs"))) {
      root = root.getParent();
    }
    assumeTrue(root != null, "no shared/programs above the working directory");
    assertThat(check(Objects.requireNonNull(root).resolve("shared/programs")))
        .isGreaterThanOrEqualTo(36);
  }

  private static int check(Path folder) throws IOException {
    int programs = 0;
    try (Stream<Path> files = Files.walk(folder, 2)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".mlir")).sorted().toList()) {
        JsonNode io = new ObjectMapper().readTree(file.resolveSibling("io.json").toFile());
        Module module = Parser.parse(file);
        check(file + "", module, io);
        check(file + " after all passes", Passes.simplify(module), io);
        programs++;
      }
    }
    return programs;
  }

  private static void check(String name, Module module, JsonNode io) {
    List<Literal> inputs = literals(io.get("inputs"));
    List<Literal> outputs = literals(io.get("outputs"));
    List<Literal> got = new Interpreter().run(module, inputs);
    double rtol = io.get("rtol").asDouble();
    double atol = io.get("atol").asDouble();
    assertThat(got).as(name).hasSameSizeAs(outputs);
    for (int i = 0; i < outputs.size(); i++) {
      Literal want = outputs.get(i);
      assertThat(got.get(i).type()).as(name + " output " + i).isEqualTo(want.type());
      boolean exact = !want.type().dtype().isInexact();
      for (int k = 0; k < want.count(); k++) {
        boolean near =
            exact
                ? got.get(i).longAt(k) == want.longAt(k)
                : near(got.get(i).doubleAt(k), want.doubleAt(k), rtol, atol)
                    && near(got.get(i).imagAt(k), want.imagAt(k), rtol, atol);
        if (!near) {
          assertThat(got.get(i).doubleAt(k))
              .as(name + " output " + i + " element " + k)
              .isEqualTo(want.doubleAt(k));
        }
      }
    }
  }

  private static boolean near(double x, double y, double rtol, double atol) {
    return x == y
        || (Double.isNaN(x) && Double.isNaN(y))
        || Math.abs(x - y) <= atol + rtol * Math.abs(y);
  }

  private static List<Literal> literals(JsonNode tensors) {
    List<Literal> out = new ArrayList<>();
    for (JsonNode tensor : tensors) {
      long[] dims = new long[tensor.get("shape").size()];
      for (int i = 0; i < dims.length; i++) {
        dims[i] = tensor.get("shape").get(i).asLong();
      }
      DType dtype = Objects.requireNonNull(DType.byName(tensor.get("dtype").asText()));
      out.add(literal(TensorType.of(dtype, Shape.of(dims)), tensor.get("data")));
    }
    return out;
  }

  private static Literal literal(TensorType type, JsonNode data) {
    if (data.isEmpty()) {
      return Literal.ofBytes(type, new byte[0]);
    }
    if (type.dtype().isComplex()) {
      double[] parts = new double[2 * data.size()];
      for (int i = 0; i < data.size(); i++) {
        parts[2 * i] = number(data.get(i).get(0));
        parts[2 * i + 1] = number(data.get(i).get(1));
      }
      return Literal.ofComplex(type, parts);
    }
    if (type.dtype().isFloat()) {
      double[] values = new double[data.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = number(data.get(i));
      }
      return Literal.ofDoubles(type, values);
    }
    long[] values = new long[data.size()];
    for (int i = 0; i < values.length; i++) {
      JsonNode node = data.get(i);
      values[i] =
          node.isBoolean() ? (node.asBoolean() ? 1 : 0) : node.bigIntegerValue().longValue();
    }
    return Literal.ofLongs(type, values);
  }

  private static double number(JsonNode node) {
    return node.isTextual() ? Double.parseDouble(node.asText()) : node.asDouble();
  }
}
