package org.cornu.tests.stablehlo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.cornu.pjrt.CompileOptions;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.interpreter.Interpreter;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.text.Parser;
import org.cornu.stablehlo.text.Printer;
import org.junit.jupiter.api.Test;

/**
 * The programs that JAX exported, with recorded inputs and outputs, read, printed and run on the
 * plugin; the sharded ones on eight devices, in Shardy's and in GSPMD's spelling.
 */
class RecordedProgramsTest {

  @Test
  void recordedProgramsOnThePlugin() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    while (root != null && !Files.isDirectory(root.resolve("shared/programs"))) {
      root = root.getParent();
    }
    assumeTrue(root != null, "no shared/programs above the working directory");
    Path folder = Objects.requireNonNull(root).resolve("shared/programs");
    int programs = 0;
    try (Stream<Path> files = Files.walk(folder, 2)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".mlir")).sorted().toList()) {
        check(file, new ObjectMapper().readTree(file.resolveSibling("io.json").toFile()));
        programs++;
      }
    }
    assertThat(programs).isGreaterThanOrEqualTo(36);
  }

  private static void check(Path file, JsonNode io) throws IOException {
    String text = Printer.print(Parser.parse(file));
    List<Literal> inputs = literals(io.get("inputs"));
    List<Literal> outputs = literals(io.get("outputs"));
    int devices = io.path("num_devices").asInt(1);
    if (devices == 1) {
      compare(file + "", Xla.run(text, inputs, Xla.exact().build()), outputs, io);
      return;
    }
    List<List<Literal>> perDevice = new ArrayList<>();
    List<List<Literal>> expected = new ArrayList<>();
    for (int device = 0; device < devices; device++) {
      perDevice.add(shards(inputs, io.get("input_shards"), device));
      expected.add(shards(outputs, io.get("output_shards"), device));
    }
    CompileOptions options =
        Xla.exact()
            .partitions(devices)
            .useSpmd(true)
            .useShardy(file.toString().contains("sdy"))
            .build();
    List<List<Literal>> got = Xla.runOnDevices(text, perDevice, options);
    for (int device = 0; device < devices; device++) {
      compare(file + " on device " + device, got.get(device), expected.get(device), io);
    }
  }

  /** The parts of whole tensors that one device holds. */
  private static List<Literal> shards(List<Literal> whole, JsonNode ranges, int device) {
    List<Literal> out = new ArrayList<>();
    for (int i = 0; i < whole.size(); i++) {
      JsonNode range = ranges.get(i).get(device);
      int rank = whole.get(i).type().rank();
      long[] starts = new long[rank];
      long[] limits = new long[rank];
      long[] strides = new long[rank];
      Arrays.fill(strides, 1);
      for (int d = 0; d < rank; d++) {
        starts[d] = range.get(d).get(0).asLong();
        limits[d] = range.get(d).get(1).asLong();
      }
      Block body = new Block(List.of(whole.get(i).type()));
      body.returns(List.of(new Builder(body).slice(body.argument(0), starts, limits, strides)));
      out.add(new Interpreter().run(new Func("shard", body), List.of(whole.get(i))).get(0));
    }
    return out;
  }

  private static void compare(String name, List<Literal> got, List<Literal> outputs, JsonNode io) {
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
    int n = data.size();
    if (n == 0) {
      return Literal.ofBytes(type, new byte[0]);
    }
    if (type.dtype().isInexact()) {
      boolean complex = type.dtype().isComplex();
      double[] parts = new double[complex ? 2 * n : n];
      for (int i = 0; i < parts.length; i++) {
        parts[i] = number(complex ? data.get(i / 2).get(i % 2) : data.get(i));
      }
      return complex ? Literal.ofComplex(type, parts) : Literal.ofDoubles(type, parts);
    }
    long[] values = new long[n];
    for (int i = 0; i < n; i++) {
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
