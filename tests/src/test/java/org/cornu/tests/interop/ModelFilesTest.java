package org.cornu.tests.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.cornu.check.Agreement;
import org.cornu.check.Recorded;
import org.cornu.config.Registry;
import org.cornu.config.Spec;
import org.cornu.layers.Call;
import org.cornu.layers.Input;
import org.cornu.layers.Layer;
import org.cornu.models.Model;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.tracer.Scope;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A model of every layer class goes through a {@code .keras} file in both directions: one that
 * Keras wrote predicts here what it predicted there, and so does one written here that Keras opens.
 *
 * <p>System properties as of the other comparisons with Keras; {@code cornu.interop.files} models
 * per class (2).
 */
class ModelFilesTest {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, @Nullable Object>> TREE = new TypeReference<>() {};
  private static final double TOLERANCE = 1e-5;

  /** Cells, which take lists of states, and what Keras itself makes no model of. */
  private static final Set<String> NO_MODEL =
      Set.of("Equalization", "GRUCell", "LSTMCell", "SimpleRNNCell", "StackedRNNCells");

  @TempDir private Path folder = Path.of("");

  private final List<String> failures = new ArrayList<>();

  @Test
  void filesGoBothWays() throws Exception {
    assumeTrue(KerasProcess.isWanted(), "skipped: run with -Pinterop to check against Keras");
    String kept = System.getProperty("cornu.interop.folder");
    Path place = kept == null ? folder : Files.createDirectories(Path.of(kept).toAbsolutePath());
    Path cases = place.resolve("model-cases.json");
    JSON.writeValue(cases.toFile(), Map.of("cases", drawn()));
    KerasProcess.write("record.py", place);
    Path theirs = place.resolve("theirs.json");
    KerasProcess.run("models.py", place, "make", cases, theirs);
    Map<String, JsonNode> wanted = new LinkedHashMap<>();
    for (JsonNode one : JSON.readTree(theirs.toFile()).get("cases")) {
      String name = one.get("name").asText();
      if (one.has("error")) {
        failures.add(name + ": Keras makes no model: " + one.get("error").asText());
      } else if (reads(name, one, place)) {
        wanted.put(name, one);
      }
    }
    Path again = place.resolve("again-cases.json");
    JSON.writeValue(again.toFile(), Map.of("cases", wanted.values()));
    Path ours = place.resolve("ours.json");
    KerasProcess.run("models.py", place, "open", again, ours);
    for (JsonNode one : JSON.readTree(ours.toFile()).get("cases")) {
      String name = one.get("name").asText();
      if (one.has("error")) {
        failures.add(name + ": Keras does not open it: " + one.get("error").asText());
      } else {
        compare(
            name + " opened by Keras",
            Recorded.literals(one.get("outputs")),
            Objects.requireNonNull(wanted.get(name)));
      }
    }
    Files.writeString(place.resolve("model-report.txt"), String.join("\n", failures));
    assertThat(failures).as("of " + wanted.size() + " models").isEmpty();
  }

  private static List<Object> drawn() {
    int count = Integer.getInteger("cornu.interop.files", 2);
    String only = System.getProperty("cornu.interop.only", ".*");
    List<Object> out = new ArrayList<>();
    for (Spec spec : Registry.global().specs(Layer.FAMILY)) {
      var plan = LayerPlans.all().get(spec.className());
      if (plan == null || !spec.className().matches(only) || NO_MODEL.contains(spec.className())) {
        continue;
      }
      for (int i = 0; i < count; i++) {
        DrawnCase drawn = new DrawnCase(spec, "layer", i);
        plan.accept(drawn);
        out.add(drawn.tree());
      }
    }
    return out;
  }

  /** Reads Keras' file, and writes one for a model with the same weights that was made here. */
  private boolean reads(String name, JsonNode recorded, Path place) {
    try (Scope scope = Scope.open()) {
      List<Tensor> inputs = new ArrayList<>();
      List<Tensor> symbols = new ArrayList<>();
      for (JsonNode argument : recorded.get("call").get("args").findValues("$in")) {
        Literal literal = Recorded.literal(recorded.get("inputs").get(argument.asInt()));
        inputs.add(Tensor.of(literal));
        int[] dims = new int[literal.type().rank() - 1];
        for (int d = 0; d < dims.length; d++) {
          dims[d] = (int) literal.type().shape().dim(d + 1);
        }
        symbols.add(Input.of(literal.type().dtype(), dims));
      }
      Model read = Model.load(place.resolve(name + ".theirs.keras"));
      int before = failures.size();
      compare(name + " of Keras", predictions(read, inputs), recorded);
      Layer<?> layer =
          (Layer<?>)
              Objects.requireNonNull(
                  Registry.global().deserialize(JSON.convertValue(recorded.get("object"), TREE)));
      Model made = new Model(symbols, layer.applyAll(symbols, Call.DEFAULT));
      made.setWeights(read.getWeights());
      compare(name + " made here", predictions(made, inputs), recorded);
      made.save(place.resolve(name + ".ours.keras"));
      return failures.size() == before;
    } catch (RuntimeException e) {
      failures.add(name + ": " + e);
      return false;
    }
  }

  private static List<Literal> predictions(Model model, List<Tensor> inputs) {
    return model.applyAll(inputs, Call.training(false)).stream().map(Tensor::toLiteral).toList();
  }

  private void compare(String what, List<Literal> got, JsonNode recorded) {
    List<Literal> want = Recorded.literals(recorded.get("outputs"));
    if (got.size() != want.size()) {
      failures.add(what + ": " + got.size() + " outputs, expected " + want.size());
      return;
    }
    for (int i = 0; i < got.size(); i++) {
      String difference =
          Agreement.difference(what + ": output " + i, got.get(i), want.get(i), TOLERANCE);
      if (difference != null) {
        failures.add(difference);
      }
    }
  }
}
