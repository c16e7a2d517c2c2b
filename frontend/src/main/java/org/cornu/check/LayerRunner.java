package org.cornu.check;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornu.config.Registry;
import org.cornu.layers.HostLayer;
import org.cornu.layers.IntegerLookup;
import org.cornu.layers.Layer;
import org.cornu.layers.StringLookup;
import org.cornu.layers.Strings;
import org.cornu.layers.TextVectorization;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Scope;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.jspecify.annotations.Nullable;

/**
 * Runs cases of kind {@code layer}: the layer is made from its config, given the recorded weights,
 * and called; outputs, masks, losses, state and gradients come from one compiled program.
 */
public final class LayerRunner implements CaseRunner {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, @Nullable Object>> TREE = new TypeReference<>() {};

  @Override
  public String kind() {
    return "layer";
  }

  @Override
  public Outcome run(JsonNode recorded) {
    JsonNode object = recorded.get("object");
    String className = object.path("class_name").asText();
    boolean known =
        Registry.global().specs(Layer.FAMILY).stream()
            .anyMatch(spec -> spec.className().equals(className));
    if (!known) {
      return Outcome.unsupported("no layer " + className);
    }
    if (!(Registry.global().deserialize(JSON.convertValue(object, TREE))
        instanceof Layer<?> layer)) {
      return Outcome.failed(className + " is not a layer");
    }
    if (layer instanceof HostLayer host) {
      return onHost(host, recorded);
    }
    try (Scope scope = Scope.open()) {
      List<Literal> inputs = Recorded.literals(recorded.get("inputs"));
      layer.buildFor(shapes(recorded, inputs));
      String mismatch = checkWeights(layer, recorded.get("weights"));
      if (mismatch != null) {
        return Outcome.failed(mismatch);
      }
      LayerProgram program = new LayerProgram(layer, recorded);
      List<Tensor> arguments = new ArrayList<>();
      for (Literal literal : program.arguments(inputs)) {
        arguments.add(Tensor.of(literal));
      }
      List<Tensor> results = Transforms.jit(program::trace).apply(arguments);
      String difference = program.compare(results);
      return difference == null ? Outcome.PASSED : Outcome.failed(difference);
    }
  }

  /** A layer of strings or of integers on the host. */
  private static Outcome onHost(HostLayer layer, JsonNode recorded) {
    List<Object> all = new ArrayList<>();
    for (JsonNode input : recorded.get("inputs")) {
      all.add(Recorded.isArray(input) ? Tensor.of(Recorded.literal(input)) : strings(input));
    }
    if (recorded.has("adapt")) {
      String learned = adapt(layer, all.get(recorded.get("adapt").get("$in").asInt()), recorded);
      if (learned != null) {
        return Outcome.failed(learned);
      }
    }
    List<Object> arguments = new ArrayList<>();
    recorded
        .get("call")
        .get("args")
        .findValues("$in")
        .forEach(i -> arguments.add(all.get(i.asInt())));
    Object got = layer.transform(arguments);
    JsonNode want = recorded.get("outputs").get(0);
    String difference;
    if (got instanceof Tensor tensor) {
      difference =
          Agreement.difference(
              "output", tensor.toLiteral(), Recorded.literal(want), Agreement.OUTPUT);
    } else {
      difference = got.equals(strings(want)) ? null : "output: got " + got + ", expected " + want;
    }
    return difference == null ? Outcome.PASSED : Outcome.failed(difference);
  }

  /** Learns a vocabulary, which must be the recorded one. */
  private static @Nullable String adapt(HostLayer layer, Object data, JsonNode recorded) {
    List<String> got;
    if (layer instanceof StringLookup lookup) {
      got = lookup.adapt((Strings) data).getVocabulary();
    } else if (layer instanceof IntegerLookup lookup) {
      got = lookup.adapt((Tensor) data).getVocabulary();
    } else {
      got = ((TextVectorization) layer).adapt((Strings) data).getVocabulary();
    }
    List<String> want = new ArrayList<>();
    recorded.get("vocabulary").forEach(token -> want.add(token.asText()));
    return got.equals(want) ? null : "vocabulary: got " + got + ", expected " + want;
  }

  private static Strings strings(JsonNode recorded) {
    List<String> values = new ArrayList<>();
    recorded.get("data").forEach(value -> values.add(value.asText()));
    List<Integer> dims = new ArrayList<>();
    recorded.get("shape").forEach(size -> dims.add(size.asInt()));
    return new Strings(values, dims);
  }

  private static List<Shape> shapes(JsonNode recorded, List<Literal> inputs) {
    List<Tensor> specs = new ArrayList<>();
    for (Literal input : inputs) {
      specs.add(Tensor.spec(input.type(), null));
    }
    List<Tensor> arguments =
        LayerCall.tensors(CallTree.list(recorded.get("call").get("args"), specs));
    return arguments.stream().map(Tensor::shape).toList();
  }

  /** The layer's weights must be the recorded ones in number, order and shape. */
  private static @Nullable String checkWeights(Layer<?> layer, JsonNode recorded) {
    List<Variable> weights = layer.weights();
    List<String> got = new ArrayList<>();
    List<String> want = new ArrayList<>();
    for (Variable weight : weights) {
      got.add(weight.name() + weight.shape() + (weight.isTrainable() ? "" : " fixed"));
    }
    for (JsonNode weight : recorded) {
      String path = weight.get("path").asText();
      Shape shape = Recorded.literal(weight).type().shape();
      want.add(
          path.substring(path.lastIndexOf('/') + 1)
              + shape
              + (weight.get("trainable").asBoolean() ? "" : " fixed"));
    }
    return got.equals(want) ? null : "weights: got " + got + ", expected " + want;
  }
}
