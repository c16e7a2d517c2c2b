package org.cornu.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.cornu.config.Registry;
import org.cornu.constraints.NonNeg;
import org.cornu.layers.AdaptableLayer;
import org.cornu.layers.BaseConv;
import org.cornu.layers.BaseEmbedding;
import org.cornu.layers.Call;
import org.cornu.layers.DTypePolicy;
import org.cornu.layers.DTypePolicyMap;
import org.cornu.layers.Dense;
import org.cornu.layers.Embedding;
import org.cornu.layers.Flatten;
import org.cornu.layers.Input;
import org.cornu.layers.Layer;
import org.cornu.models.Compile;
import org.cornu.models.Data;
import org.cornu.models.Fit;
import org.cornu.models.Model;
import org.cornu.models.Sequential;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.optimizers.Adam;
import org.cornu.optimizers.LossScaleOptimizer;
import org.cornu.quantizers.QuantizationConfig;
import org.cornu.quantizers.Quantizers;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Scope;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Quantized and adapted layers against values recorded from Keras, and in models and files. */
final class QuantizationTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A recorded layer. */
  record Recording(String name, JsonNode tree) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Output, gradients by the trainable weights, and by the input where that is a number. */
  private record Result(Tensor output, List<Tensor> weights, List<Tensor> inputs) {}

  @TempDir @Nullable Path folder;

  static Stream<Recording> cases() throws IOException {
    try (InputStream in = Layer.class.getResourceAsStream("quantized.json")) {
      JsonNode cases = JSON.readTree(Objects.requireNonNull(in)).get("cases");
      return StreamSupport.stream(cases.spliterator(), false)
          .map(c -> new Recording(c.get("name").asText(), c))
          .toList()
          .stream();
    }
  }

  private static Layer<?> layer(JsonNode tree) {
    return (Layer<?>)
        Objects.requireNonNull(Registry.global().deserialize(RecordedObject.tree(tree)));
  }

  private static void lora(Layer<?> layer, JsonNode arguments) {
    Integer alpha = arguments.size() > 1 ? (Integer) arguments.get(1).asInt() : null;
    if (layer instanceof AdaptableLayer<?> adaptable) {
      adaptable.enableLora(arguments.get(0).asInt(), alpha);
    } else if (layer instanceof BaseConv<?> convolution) {
      convolution.enableLora(arguments.get(0).asInt(), alpha);
    } else {
      ((BaseEmbedding<?>) layer).enableLora(arguments.get(0).asInt(), alpha);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithKeras(Recording recording) {
    JsonNode c = recording.tree();
    try (Scope scope = Scope.open()) {
      Layer<?> layer = layer(c.get("object"));
      Tensor x = Tensor.of(Recorded.literal(c.get("input")));
      layer.buildFor(List.of(x.shape()));
      List<Variable> floats = layer.weights();
      for (int i = 0; i < floats.size(); i++) {
        floats.get(i).assign(Tensor.of(Recorded.literal(c.get("float_weights").get(i))));
      }
      if (!c.get("config").isNull()) {
        Object config = RecordedObject.tree(c.get("config"));
        layer.quantize(Registry.global().get(QuantizationConfig.FAMILY, config));
      } else if (!c.get("mode").isNull()) {
        layer.quantize(c.get("mode").asText());
      }
      if (c.has("lora")) {
        lora(layer, c.get("lora"));
        List<Variable> factors =
            layer.weights().stream().filter(v -> v.name().startsWith("lora")).toList();
        for (int i = 0; i < factors.size(); i++) {
          factors.get(i).assign(Tensor.of(Recorded.literal(c.get("lora_weights").get(i))));
        }
      }
      assertThat(layer.policy().name()).isEqualTo(c.get("policy").asText());
      checkWeights(layer, c);
      checkConfig(layer, c);
      checkValues(layer, c, x);
      if (c.has("reverse")) {
        Tensor back = Tensor.of(Recorded.literal(c.get("reverse").get("input")));
        Tensor scores = layer.applyWith(back, Call.DEFAULT.with("reverse", true));
        compare("way back", scores, c.get("reverse").get("output"), 5e-6);
      }
      if (c.has("saved")) {
        compareAll("saved", layer.savedValues(), c.get("saved"), 1e-6);
      }
      // Built from its own config, the layer has the same variables.
      Layer<?> again = layer(c.get("after"));
      again.buildFor(List.of(x.shape()));
      assertThat(again.savedVariables().stream().map(v -> v.name() + v.type().brief()))
          .isEqualTo(
              layer.savedVariables().stream().map(v -> v.name() + v.type().brief()).toList());
    }
  }

  private static void checkWeights(Layer<?> layer, JsonNode c) {
    List<String> got = new ArrayList<>();
    List<String> want = new ArrayList<>();
    for (Variable weight : layer.weights()) {
      got.add(weight.name() + weight.type().brief() + weight.isTrainable());
    }
    for (JsonNode weight : c.get("weights")) {
      want.add(
          weight.get("path").asText()
              + Recorded.literal(weight).type().brief()
              + weight.get("trainable").asBoolean());
    }
    assertThat(got).isEqualTo(want);
    compareAll(
        "weight", layer.weights().stream().map(Variable::value).toList(), c.get("weights"), 1e-6);
  }

  private static void checkConfig(Layer<?> layer, JsonNode c) {
    List<String> wrong = new ArrayList<>();
    JsonNode got = JSON.valueToTree(Registry.global().serialize(layer));
    ConfigGoldenTest.compare("config", c.get("after").get("config"), got.get("config"), wrong);
    assertThat(wrong).isEmpty();
  }

  private static void checkValues(Layer<?> layer, JsonNode c, Tensor x) {
    List<Tensor> trainable = layer.trainableVariables().stream().map(Variable::value).toList();
    List<Tensor> other = layer.nonTrainableVariables().stream().map(Variable::value).toList();
    boolean numbers = x.dtype().isFloat();
    Tensor cotangent = Lax.constant(Recorded.literal(c.get("cotangent")));
    Result got =
        Transforms.jit(
                (List<Tensor> weights, Tensor input) -> {
                  Tensor output = layer.statelessCall(weights, other, input).output();
                  if (!numbers) {
                    return new Result(output, List.of(), List.of());
                  }
                  List<Tensor> all = new ArrayList<>(weights);
                  all.add(input);
                  List<Tensor> gradients =
                      Transforms.grad(
                              (List<Tensor> at) ->
                                  Np.sum(
                                      Np.cast(
                                              layer
                                                  .statelessCall(
                                                      at.subList(0, weights.size()),
                                                      other,
                                                      List.of(at.get(weights.size())),
                                                      Call.training(true))
                                                  .output(),
                                              DType.F32)
                                          .mul(cotangent)))
                          .apply(all);
                  return new Result(
                      output,
                      gradients.subList(0, weights.size()),
                      gradients.subList(weights.size(), gradients.size()));
                })
            .apply(trainable, x);
    boolean narrow = layer.computeDType() == DType.BF16;
    compare("output", got.output(), c.get("output"), narrow ? 2e-2 : 5e-6);
    if (numbers) {
      compare(
          "gradient by the input", got.inputs().get(0), c.get("grad_input"), narrow ? 2e-2 : 2e-5);
      compareAll("gradient", got.weights(), c.get("grads"), narrow ? 2e-2 : 2e-5);
    }
  }

  private static void compareAll(String what, List<Tensor> got, JsonNode want, double tolerance) {
    assertThat(got).as(what).hasSameSizeAs(want);
    for (int i = 0; i < got.size(); i++) {
      compare(what + " " + i, got.get(i), want.get(i), tolerance);
    }
  }

  private static void compare(String what, Tensor got, JsonNode want, double tolerance) {
    Literal expected = Recorded.literal(want);
    assertThat(Agreement.difference(what, got.toLiteral(), expected, tolerance)).isNull();
  }

  @Test
  void packsTwoNumbersInAByte() {
    Tensor x = Tensor.of(new int[][] {{-8, 7, 3}, {0, -1, 5}}).astype(DType.I8);
    Tensor packed = Quantizers.packInt4(x);
    assertThat(packed.astype(DType.I32).toIntArray()).containsExactly(0x78, 3, -16, 5);
    assertThat(Quantizers.unpackInt4(packed, 3).astype(DType.I32).toIntArray())
        .containsExactly(-8, 7, 3, 0, -1, 5);
  }

  @Test
  void aQuantizedModelIsSavedAndLoaded() {
    for (String mode : List.of("int8", "int4")) {
      Sequential model =
          new Sequential(Input.of(DType.I32, 4), new Embedding(9, 6), new Flatten(), new Dense(3));
      Tensor x = Tensor.of(new int[][] {{1, 2, 3, 4}, {8, 0, 5, 1}});
      float[] before = model.predict(x).toFloatArray();
      model.quantize(mode);
      float[] after = model.predict(x).toFloatArray();
      assertThat(after).isNotEqualTo(before);
      for (int i = 0; i < after.length; i++) {
        assertThat(Math.abs(after[i] - before[i])).isLessThan(0.1f);
      }
      assertThatThrownBy(() -> model.layers().get(2).quantize(mode))
          .hasMessageContaining("already quantized");
      Path file = Objects.requireNonNull(folder).resolve(mode + ".keras");
      model.save(file);
      Model loaded = Model.load(file);
      assertThat(loaded.predict(x).toFloatArray()).isEqualTo(after);
      assertThat(loaded.layers().get(2).policy().name()).startsWith(mode);
    }
  }

  @Test
  void adaptationTrainsAloneAndIsMergedInFiles() {
    Dense dense = new Dense(3);
    Sequential model = new Sequential(Input.of(4), dense);
    Tensor x = Tensor.of(new float[][] {{1, 2, 3, 4}, {0, -1, 1, 2}});
    Tensor y = Tensor.of(new float[][] {{1, 0, 2}, {0, 1, 1}});
    dense.enableLora(2, 4);
    float[] kernel = dense.weights().get(0).value().toFloatArray();
    assertThat(dense.trainableVariables().stream().map(Variable::name))
        .containsExactly("bias", "lora_kernel_a", "lora_kernel_b");
    model.compile(new Compile(new Adam(0.05)).loss("mse"));
    var history = model.fit(Data.of(x, y), Fit.epochs(20).verbose(false));
    List<Double> losses = history.get("loss");
    assertThat(losses.get(19)).isLessThan(losses.get(0));
    assertThat(dense.weights().get(0).value().toFloatArray()).isEqualTo(kernel);
    float[] predictions = model.predict(x).toFloatArray();
    Path file = Objects.requireNonNull(folder).resolve("lora.weights.h5");
    model.saveWeights(file);
    Sequential plain = new Sequential(Input.of(4), new Dense(3));
    plain.loadWeights(file);
    assertThat(plain.predict(x).toFloatArray())
        .containsExactly(predictions, org.assertj.core.api.Assertions.within(1e-5f));
    model.loadWeights(file); // the product starts anew
    assertThat(model.predict(x).toFloatArray())
        .containsExactly(predictions, org.assertj.core.api.Assertions.within(1e-5f));
  }

  @Test
  void float8Trains() {
    Sequential model = new Sequential(Input.of(4), new Dense(8).activation("relu"), new Dense(1));
    model.quantize("float8");
    Tensor x = Tensor.of(new float[][] {{1, 2, 3, 4}, {0, -1, 1, 2}, {2, 2, 0, 1}, {1, 0, 0, -1}});
    Tensor y = Tensor.of(new float[][] {{1}, {0}, {2}, {-1}});
    model.compile(new Compile(new Adam(0.05)).loss("mse"));
    List<Double> losses = model.fit(Data.of(x, y), Fit.epochs(40).verbose(false)).get("loss");
    assertThat(losses.get(39)).isLessThan(losses.get(0) * 0.5);
    Variable scale =
        model.layers().get(0).variables().stream()
            .filter(v -> v.name().equals("inputs_scale"))
            .findFirst()
            .orElseThrow();
    assertThat(scale.value().item()).isNotEqualTo(1);
  }

  @Test
  void halfPrecisionTrainsWithAScaledLoss() {
    DTypePolicy before = DTypePolicy.global();
    DTypePolicy.global(new DTypePolicy("mixed_float16"));
    try {
      Sequential model =
          new Sequential(
              Input.of(4),
              new Dense(8).activation("relu").kernelConstraint(new NonNeg()),
              new Dense(1));
      Tensor x = Tensor.of(new float[][] {{1, 2, 3, 4}, {0, -1, 1, 2}});
      Tensor y = Tensor.of(new float[][] {{1}, {0}});
      model.compile(new Compile(new Adam(0.02)).loss("mse"));
      List<Double> losses = model.fit(Data.of(x, y), Fit.epochs(30).verbose(false)).get("loss");
      assertThat(losses.get(29)).isLessThan(losses.get(0) * 0.7);
      assertThat(model.predict(x).dtype()).isEqualTo(DType.F16);
      assertThat(model.optimizer()).isInstanceOf(LossScaleOptimizer.class);
      for (float w : model.weights().get(0).value().toFloatArray()) {
        assertThat(w).isNotNegative();
      }
      // Labels beyond float16 give no finite gradient: nothing changes but the scale, which halves.
      Variable scale =
          model.optimizer().variables().stream()
              .filter(v -> v.name().equals("dynamic_scale"))
              .findFirst()
              .orElseThrow();
      double old = scale.value().item();
      float[] weights = model.weights().get(0).value().toFloatArray();
      model.trainOnBatch(x, Tensor.of(new float[][] {{1e30f}, {0}}));
      assertThat(scale.value().item()).isEqualTo(old / 2);
      assertThat(model.weights().get(0).value().toFloatArray()).isEqualTo(weights);
    } finally {
      DTypePolicy.global(before);
    }
  }

  @Test
  void aMapGivesEachLayerItsPolicy() {
    DTypePolicyMap map =
        new DTypePolicyMap("float32").put("low", "mixed_bfloat16").put("q.*", "int8_from_float32");
    Dense low = new Dense(2).name("low").dtype(map);
    Dense plain = new Dense(2).name("plain").dtype(map);
    Dense small = new Dense(2).name("q1").dtype(map);
    Tensor x = Np.ones(3, 4);
    assertThat(low.apply(x).dtype()).isEqualTo(DType.BF16);
    assertThat(plain.apply(x).dtype()).isEqualTo(DType.F32);
    small.apply(x);
    assertThat(small.weights().stream().map(v -> v.name() + v.type().brief()))
        .contains("kerneli8[4,2]");
    Layer<?> again = (Layer<?>) small.spec().fromConfig(small.getConfig());
    assertThat(again.getConfig()).isEqualTo(small.getConfig());
    assertThatThrownBy(
            () ->
                new DTypePolicyMap("float32").put("a.*", "float16").put(".*b", "float16").at("ab"))
        .hasMessageContaining("matches several keys");
    assertThat(DTypePolicy.of("int4/128_from_mixed_bfloat16").compute()).isEqualTo(DType.BF16);
    assertThatThrownBy(() -> DTypePolicy.of("int3_from_float32")).hasMessageContaining("int3");
  }
}
