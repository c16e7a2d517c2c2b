package org.cornu.tests.gradients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cornu.cli.Comparison;
import org.cornu.saving.TensorJson;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.junit.jupiter.api.Test;

/**
 * Derivatives at ties, kinks, poles and ends, and of complex numbers, equal those that JAX 0.10.2
 * gives ({@code edges.py} recorded them in {@code edges.json}).
 */
class EdgeValuesTest {
  private static final double RTOL = 1e-10;

  @Test
  void derivativesAtEdgesEqualJaxs() throws IOException {
    Map<String, Literal> recorded = recorded();
    List<EdgeCases.Case> cases = EdgeValues.all();
    assertThat(cases.stream().map(EdgeCases.Case::name))
        .containsExactlyInAnyOrderElementsOf(recorded.keySet());
    List<String> wrong = new ArrayList<>();
    List<List<Tensor>> inputs = new ArrayList<>();
    cases.forEach(c -> inputs.add(c.inputs().stream().map(Tensor::of).toList()));
    List<Tensor> got =
        Transforms.jit(
                (List<List<Tensor>> x) -> {
                  List<Tensor> out = new ArrayList<>();
                  for (int i = 0; i < cases.size(); i++) {
                    out.add(derivative(cases.get(i), x.get(i), wrong));
                  }
                  return out;
                })
            .apply(inputs);
    for (int i = 0; i < cases.size(); i++) {
      String name = cases.get(i).name();
      Literal want = Objects.requireNonNull(recorded.get(name), name);
      Literal value = got.get(i).toLiteral();
      Comparison.of(List.of(value), List.of(want), RTOL, RTOL)
          .failures()
          .forEach(failure -> wrong.add(name + ": " + failure));
    }
    assertThat(wrong).isEmpty();
  }

  private static Tensor derivative(EdgeCases.Case c, List<Tensor> x, List<String> wrong) {
    try {
      return c.derivative().apply(x);
    } catch (RuntimeException e) {
      wrong.add(c.name() + ": " + e);
      return x.get(0);
    }
  }

  private static Map<String, Literal> recorded() throws IOException {
    Map<String, Literal> out = new LinkedHashMap<>();
    try (InputStream file =
            Objects.requireNonNull(EdgeValuesTest.class.getResourceAsStream("edges.json"));
        JsonParser in = TensorJson.parser(file)) {
      assertThat(in.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        in.nextToken();
        out.put(name, TensorJson.readList(in, name).get(0));
      }
    }
    return out;
  }
}
