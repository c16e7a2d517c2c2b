package org.cornu.tests.gradients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.F1;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Programs written again through Cornu's functions give the results that JAX 0.10.2 recorded. */
class RebuiltProgramsTest {
  /**
   * Sums of large terms that cancel: small elements have the rounding of the large ones, in JAX's
   * recording too (3.2750344 where f64 gives 3.2750239), so the tolerance is relative to these.
   */
  private static final Set<String> SCALED = Set.of("nested_scan_remat_grad");

  @TestFactory
  List<DynamicTest> resultsEqualJaxs() {
    List<DynamicTest> out = new ArrayList<>();
    RebuiltPrograms.all()
        .forEach((name, f) -> out.add(DynamicTest.dynamicTest(name, () -> check(name, f))));
    return out;
  }

  private static void check(String name, F1<List<Tensor>, List<Tensor>> f) throws IOException {
    JsonNode io = read(name);
    List<Tensor> inputs = new ArrayList<>();
    io.get("inputs").forEach(node -> inputs.add(Tensor.of(literal(node))));
    List<Tensor> got = Transforms.jit(f).apply(inputs);
    JsonNode outputs = io.get("outputs");
    assertThat(got).hasSize(outputs.size());
    for (int i = 0; i < got.size(); i++) {
      Literal want = literal(outputs.get(i));
      Literal mine = got.get(i).toLiteral();
      assertThat(mine.type()).as("%s: result %d", name, i).isEqualTo(want.type());
      double scale = 0;
      for (int k = 0; k < want.count() && SCALED.contains(name); k++) {
        scale = Math.max(scale, Math.abs(want.doubleAt(k)));
      }
      for (int k = 0; k < want.count(); k++) {
        double a = mine.doubleAt(k);
        double b = want.doubleAt(k);
        double allowed =
            io.get("atol").asDouble() + io.get("rtol").asDouble() * Math.max(scale, Math.abs(b));
        boolean same = a == b || Double.isNaN(a) && Double.isNaN(b);
        boolean close = mine.type().dtype().isFloat() && Math.abs(a - b) <= allowed;
        assertThat(same || close)
            .as("%s: result %d: element %d is %s, expected %s", name, i, k, a, b)
            .isTrue();
      }
    }
  }

  private static JsonNode read(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            RebuiltProgramsTest.class.getResourceAsStream("programs/" + name + ".json"), name)) {
      return new ObjectMapper().readTree(in);
    }
  }

  private static Literal literal(JsonNode node) {
    long[] dims = new long[node.get("shape").size()];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = node.get("shape").get(i).asLong();
    }
    DType dtype = node.get("dtype").asText().equals("i32") ? DType.I32 : DType.F32;
    double[] data = new double[node.get("data").size()];
    for (int i = 0; i < data.length; i++) {
      data[i] = number(node.get("data").get(i));
    }
    return Literal.ofDoubles(TensorType.of(dtype, dims), data);
  }

  private static double number(JsonNode value) {
    return switch (value.asText()) {
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      case "NaN" -> Double.NaN;
      default -> value.asDouble();
    };
  }
}
