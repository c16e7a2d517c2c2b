package org.cornu.tests.random;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every distribution in every type against what JAX 0.10.2 drew. {@code record.py} beside {@code
 * distributions.json} makes the file; another one, with more numbers, can be named by {@code
 * -Dcornu.random.recorded}.
 */
class DistributionsTest {
  /** Made of rejections and special functions, whose rounding differs a little more. */
  private static final Set<String> COMPOSED =
      Set.of(
          "gamma",
          "loggamma",
          "beta",
          "dirichlet",
          "chisquare",
          "f",
          "t",
          "ball",
          "generalized_normal",
          "wald",
          "multivariate_normal",
          "orthogonal");

  /** Large programs that take long to compile; these are in prng.json too. */
  private static final Set<String> LARGE =
      Set.of("gamma", "loggamma", "beta", "dirichlet", "poisson", "binomial", "t");

  /** In the default run large programs are drawn in few types. */
  private static boolean isAsked(JsonNode row) {
    if (Boolean.getBoolean("cornu.test.thorough")
        || System.getProperty("cornu.random.recorded") != null) {
      return true;
    }
    String fn = row.get("fn").asText();
    String dtype = row.get("dtype").asText();
    boolean wideGamma = fn.equals("gamma") && dtype.equals("float64");
    return wideGamma || !LARGE.contains(fn) && (!COMPOSED.contains(fn) || dtype.equals("float32"));
  }

  @TestFactory
  List<DynamicTest> drawAsJaxDoes() throws IOException {
    Map<String, List<RecordedDraw>> groups = new LinkedHashMap<>();
    for (JsonNode row : read().get("rows")) {
      if (!isAsked(row)) {
        continue;
      }
      String group = row.get("fn").asText() + " " + row.get("dtype").asText();
      groups.computeIfAbsent(group, g -> new ArrayList<>()).add(new RecordedDraw(row));
    }
    List<DynamicTest> out = new ArrayList<>();
    groups.forEach((name, rows) -> out.add(DynamicTest.dynamicTest(name, () -> check(rows))));
    return out;
  }

  private static JsonNode read() throws IOException {
    String other = System.getProperty("cornu.random.recorded");
    if (other != null) {
      return new ObjectMapper().readTree(Files.readString(Path.of(other)));
    }
    try (InputStream in = DistributionsTest.class.getResourceAsStream("distributions.json")) {
      return new ObjectMapper().readTree(in);
    }
  }

  /** One program for all rows of a function and a type. */
  private static void check(List<RecordedDraw> rows) {
    List<Tensor> got =
        Transforms.jit((Integer none) -> rows.stream().map(RecordedDraw::draw).toList()).apply(0);
    for (int i = 0; i < rows.size(); i++) {
      compare(rows.get(i), got.get(i));
    }
  }

  private static void compare(RecordedDraw row, Tensor got) {
    JsonNode want = row.row().get("output");
    assertThat(got.shape().dims()).as(row.name()).isEqualTo(RecordedDraw.longs(want.get("shape")));
    assertThat(got.dtype())
        .as(row.name())
        .isEqualTo(RecordedDraw.dtype(want.get("dtype").asText()));
    Literal literal = got.toLiteral();
    double tolerance = tolerance(row, got.dtype());
    for (int i = 0; i < literal.count(); i++) {
      double value = want.get("data").get(i).asDouble();
      if (want.get("data").get(i).isTextual()) {
        value = special(want.get("data").get(i).asText());
      }
      double mine = literal.doubleAt(i);
      boolean same = mine == value || Double.isNaN(mine) && Double.isNaN(value);
      assertThat(same || Math.abs(mine - value) <= tolerance * Math.max(1, Math.abs(value)))
          .as("%s: element %d is %s, expected %s", row.name(), i, mine, value)
          .isTrue();
    }
  }

  private static double special(String text) {
    return switch (text) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.NaN;
    };
  }

  private static double tolerance(RecordedDraw row, DType dtype) {
    String fn = row.row().get("fn").asText();
    boolean exact =
        fn.equals("uniform") && row.row().get("kwargs").isEmpty()
            || Set.of("binomial", "multinomial", "permutation", "choice", "bits").contains(fn);
    if (exact || !dtype.isFloat()) {
      return 0;
    }
    boolean composed = COMPOSED.contains(fn);
    return switch (dtype) {
      case F64 -> 1e-12;
      case F16 -> composed ? 1e-2 : 2e-3;
      case BF16 -> composed ? 5e-2 : 1.6e-2;
      default -> composed ? 1e-5 : 1e-6;
    };
  }
}
