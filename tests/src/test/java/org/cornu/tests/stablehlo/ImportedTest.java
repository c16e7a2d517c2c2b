package org.cornu.tests.stablehlo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cornu.tracer.Transforms.grad;
import static org.cornu.tracer.Transforms.jit;
import static org.cornu.tracer.Transforms.jvp;
import static org.cornu.tracer.Transforms.vmap;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.cornu.saving.TensorJson;
import org.cornu.stablehlo.bytecode.PortableArtifact;
import org.cornu.stablehlo.bytecode.Version;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.text.Parser;
import org.cornu.tracer.Axes;
import org.cornu.tracer.F1;
import org.cornu.tracer.Imported;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs that JAX exported as functions: their values, gradients, directional derivatives and
 * values over a batch are those that JAX recorded ({@code imports/record.py}).
 */
class ImportedTest {
  private static final String FOLDER = "/org/cornu/tests/imports/";

  static Stream<String> programs() {
    return Stream.of(
        "activations",
        "attention",
        "branches",
        "checkpointed_scan",
        "choices",
        "convnet",
        "counted_loop",
        "cross_entropy",
        "cumulative",
        "indexing",
        "logs",
        "nested_scan",
        "normalization",
        "open_loop",
        "relu_mlp",
        "reversed_scan",
        "rnn",
        "special",
        "spectrum");
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = ImportedTest.class.getResourceAsStream(FOLDER + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  /** A program and what JAX says about it. */
  private static final class Recorded {
    final String name;
    final Imported program;
    final Map<String, List<Tensor>> tensors = new HashMap<>();
    double rtol;
    double atol;

    Recorded(String name) throws IOException {
      this.name = name;
      this.program = Imported.of(Parser.parse(resource(name + ".mlir"), name));
      try (JsonParser in = TensorJson.parser(new ByteArrayInputStream(resource(name + ".json")))) {
        assertThat(in.nextToken()).isEqualTo(JsonToken.START_OBJECT);
        while (in.nextToken() == JsonToken.FIELD_NAME) {
          String field = in.currentName();
          in.nextToken();
          switch (field) {
            case "rtol" -> rtol = TensorJson.number(in, 0);
            case "atol" -> atol = TensorJson.number(in, 0);
            default -> {
              List<Literal> literals = TensorJson.readList(in, field);
              tensors.put(field, literals.stream().map(Tensor::of).toList());
            }
          }
        }
      }
    }

    List<Tensor> get(String field) {
      return Objects.requireNonNull(tensors.get(field), field);
    }

    /** The program as a function of its floating-point arguments alone. */
    F1<List<Tensor>, List<Tensor>> ofFloats() {
      return floats -> {
        List<Tensor> all = new ArrayList<>();
        int next = 0;
        for (Tensor input : get("inputs")) {
          all.add(input.dtype().isFloat() ? floats.get(next++) : input);
        }
        return program.apply(all);
      };
    }

    List<Tensor> floats() {
      return get("inputs").stream().filter(t -> t.dtype().isFloat()).toList();
    }

    Tensor loss(List<Tensor> floats) {
      List<Tensor> results = ofFloats().apply(floats);
      Tensor sum = null;
      for (int i = 0; i < results.size(); i++) {
        Tensor part = results.get(i).mul(get("weights").get(i)).sum();
        sum = sum == null ? part : sum.add(part);
      }
      return Objects.requireNonNull(sum);
    }

    void check(String what, List<Tensor> got, List<Tensor> want) {
      assertThat(got).as(name + " " + what).hasSameSizeAs(want);
      for (int i = 0; i < want.size(); i++) {
        String where = name + " " + what + " " + i;
        Literal a = got.get(i).toLiteral();
        Literal b = want.get(i).toLiteral();
        assertThat(a.type()).as(where).isEqualTo(b.type());
        for (int k = 0; k < b.count(); k++) {
          double x = a.doubleAt(k);
          double y = b.doubleAt(k);
          if (!(Math.abs(x - y) <= atol + rtol * Math.abs(y)) && Double.compare(x, y) != 0) {
            assertThat(x).as(where + " element " + k).isEqualTo(y);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("programs")
  void transformsAsJaxDoes(String name) throws IOException {
    Recorded r = new Recorded(name);
    r.check("result", jit(r.program).apply(r.get("inputs")), r.get("outputs"));
    Transforms.Jvp<List<Tensor>> forward =
        jit((List<List<Tensor>> a) -> jvp(r.ofFloats(), a.get(0), a.get(1)))
            .apply(List.of(r.floats(), r.get("tangents")));
    r.check("directional derivative", forward.tangent(), r.get("directional"));
    if (r.tensors.containsKey("gradients")) {
      List<Tensor> gradients = jit(grad(r::loss)).apply(r.floats());
      r.check("gradient", gradients, r.get("gradients"));
    }
    F1<List<Tensor>, List<Tensor>> batched = vmap(r.program, Axes.all(0), 0);
    r.check("batch", jit(batched).apply(r.get("batch")), r.get("batched"));
  }

  @ParameterizedTest
  @MethodSource("programs")
  void artifactsCompileOnThePlugin(String name) throws IOException {
    Recorded r = new Recorded(name);
    byte[] artifact = PortableArtifact.write(r.program.module(), Version.parse("1.11.0"));
    List<Literal> inputs = r.get("inputs").stream().map(Tensor::toLiteral).toList();
    List<List<Literal>> results = Xla.runOnDevices(artifact, List.of(inputs), Xla.exact().build());
    r.check("artifact", results.get(0).stream().map(Tensor::of).toList(), r.get("outputs"));
  }

  @Test
  void anOpenLoopHasNoReverseDerivativeAndSaysSo() throws IOException {
    Recorded r = new Recorded("open_loop");
    assertThatThrownBy(() -> grad(r::loss).apply(r.floats()))
        .hasMessageContaining("while")
        .hasMessageNotContaining("null");
  }

  @Test
  void treesAreTheArgumentsInLeafOrder() {
    Imported program =
        Imported.of(
            Parser.parse(
                """
                func.func @main(%b: tensor<2xf32>, %w: tensor<f32>, %x: tensor<2xf32>)
                    -> (tensor<2xf32>, tensor<f32>) {
                  %0 = stablehlo.broadcast_in_dim %w, dims = [] : (tensor<f32>) -> tensor<2xf32>
                  %1 = stablehlo.multiply %0, %x : tensor<2xf32>
                  %2 = stablehlo.add %1, %b : tensor<2xf32>
                  return %2, %w : tensor<2xf32>, tensor<f32>
                }
                """));
    Tensor b = Tensor.of(new float[] {1, 2});
    Tensor w = Tensor.of(3f);
    Tensor x = Tensor.of(new float[] {10, 20});
    F1<List<Object>, Map<String, Tensor>> f = program.on(Map.of("y", x, "z", w));
    Map<String, Tensor> out = f.apply(List.of(Map.of("w", w, "b", b), x));
    assertThat(Objects.requireNonNull(out.get("y")).toFloatArray()).containsExactly(31, 62);
    assertThat(Objects.requireNonNull(out.get("z")).toFloatArray()).containsExactly(3);
    assertThatThrownBy(() -> program.on(x))
        .isInstanceOf(OpException.class)
        .hasMessageContaining("has 2 results: the tree given for them has 1 tensors");
    assertThatThrownBy(() -> program.call(b, w)).hasMessageContaining("takes 3 tensors: got 2");
    assertThatThrownBy(() -> program.call(b, b, x))
        .hasMessageContaining("argument 1 of @main is f32[]: got f32[2]");
    assertThatThrownBy(() -> program.one(b, w, x)).hasMessageContaining("expected one");
  }

  @Test
  void openSizesAreThoseOfTheArguments() {
    Imported program =
        Imported.of(
            Parser.parse(
                """
                func.func @main(%x: tensor<?x2xf32>) -> tensor<?x2xf32> {
                  %0 = stablehlo.multiply %x, %x : tensor<?x2xf32>
                  return %0 : tensor<?x2xf32>
                }
                """));
    for (int n : Arrays.asList(1, 3)) {
      Tensor x = org.cornu.ops.Np.ones(org.cornu.stablehlo.ir.DType.F32, n, 2).mul(2);
      assertThat(program.one(x).toFloatArray()).hasSize(2 * n).containsOnly(4);
      Tensor gradient = grad((Tensor v) -> program.one(v).sum()).apply(x);
      assertThat(gradient.toFloatArray()).hasSize(2 * n).containsOnly(4);
    }
    assertThatThrownBy(() -> program.one(Tensor.of(new float[] {1, 2})))
        .hasMessageContaining("argument 0 of @main is f32[?,2]: got f32[2]");
  }
}
