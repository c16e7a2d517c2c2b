package org.cornu.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cornu.config.Registry;
import org.cornu.layers.Call;
import org.cornu.models.Model;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models and trainings of Keras through {@link Check}. */
final class SavedModelsTest {
  @TempDir @Nullable Path folder;

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(Objects.requireNonNull(Check.class.getResource(name)).toURI());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/org/cornu/saving/models/compiled_adam/io.json",
        "/org/cornu/saving/models/nested_models/io.json",
        "mlp_sgd_momentum.json"
      })
  void agreesWithKeras(String name) throws Exception {
    List<String> wrong = new ArrayList<>();
    Check check =
        new Check(
            (one, outcome) -> {
              if (outcome.status() != Outcome.Status.PASSED) {
                wrong.add(one + ": " + outcome.detail());
              }
            });
    check.run(resource(name));
    assertThat(wrong).isEmpty();
    assertThat(check.summary()).doesNotStartWith("0 passed");
  }

  /** {@code clips[:, 0]} and {@code a + b} stand in this graph. */
  @Test
  void graphsThatCallFunctionsAreWrittenAndReadBack() throws Exception {
    Path original = resource("/org/cornu/saving/models/nested_models/model.keras");
    Model model = Model.load(original);
    Path copy = Objects.requireNonNull(folder).resolve("copy.keras");
    model.save(copy);
    Model again = Model.load(copy);
    Tensor x = Tensor.of(new float[2 * 2 * 4 * 3]).add(0.5).reshape(2, 2, 4, 3);
    List<Tensor> expected = model.applyAll(List.of(x), Call.DEFAULT);
    List<Tensor> got = again.applyAll(List.of(x), Call.DEFAULT);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(got.get(i).toFloatArray()).isEqualTo(expected.get(i).toFloatArray());
    }
    assertThat(again.getConfig().toString()).contains("keras.src.ops.numpy, class_name=GetItem");
  }

  @Test
  void unknownFunctionsAreNamed() {
    Map<String, Object> call =
        Map.of(
            "module",
            "keras.src.ops.numpy",
            "class_name",
            "NoSuchThing",
            "config",
            Map.of("name", "no_such_thing"),
            "inbound_nodes",
            List.of());
    Map<String, Object> model =
        Map.of(
            "module",
            "keras.src.models.functional",
            "class_name",
            "Functional",
            "config",
            Map.of(
                "layers",
                List.of(call),
                "input_layers",
                List.of("a", 0, 0),
                "output_layers",
                List.of("a", 0, 0)));
    assertThatThrownBy(() -> Registry.global().deserialize(model))
        .hasMessageContaining("keras.ops.no_such_thing");
  }
}
