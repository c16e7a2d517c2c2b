package org.cornu.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.cornu.config.Configured;
import org.cornu.config.Family;
import org.cornu.config.Registry;
import org.cornu.constraints.Constraint;
import org.cornu.initializers.Initializer;
import org.cornu.layers.Layer;
import org.cornu.losses.Loss;
import org.cornu.metrics.Metric;
import org.cornu.optimizers.Optimizer;
import org.cornu.optimizers.schedules.LearningRateSchedule;
import org.cornu.regularizers.Regularizer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Keras serialized, read and written again, is the same tree. */
final class ConfigGoldenTest {
  private static final List<Family<?>> FAMILIES =
      List.of(
          Layer.FAMILY,
          Loss.FAMILY,
          Metric.FAMILY,
          Optimizer.FAMILY,
          LearningRateSchedule.FAMILY,
          Initializer.FAMILY,
          Regularizer.FAMILY,
          Constraint.FAMILY);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "objects/constraints",
        "objects/initializers",
        "objects/losses",
        "objects/metrics",
        "objects/optimizers",
        "objects/regularizers",
        "objects/schedules",
        "layers"
      })
  void writesWhatKerasWrote(String family) throws IOException {
    List<String> wrong = new ArrayList<>();
    int compared = 0;
    for (JsonNode recorded : cases(family)) {
      JsonNode want = recorded.get("object");
      if (want == null || !known(want.get("class_name").asText())) {
        continue;
      }
      ((ObjectNode) want).remove("build_config"); // read unbuilt: no weights are made
      Object made = Registry.global().deserialize(RecordedObject.tree(want));
      JsonNode got =
          JSON.valueToTree(
              Registry.global().serialize((Configured<?>) Objects.requireNonNull(made)));
      compared++;
      compare(recorded.get("name").asText(), want, got, wrong);
    }
    assertThat(wrong).as(String.join("\n", wrong)).isEmpty();
    assertThat(compared).isPositive();
  }

  /** Whether there is such a class; the parity test knows which there must be. */
  private static boolean known(String className) {
    return FAMILIES.stream()
        .flatMap(family -> Registry.global().specs(family).stream())
        .anyMatch(spec -> spec.className().equals(className));
  }

  private static JsonNode cases(String family) throws IOException {
    Path all = Path.of("../../shared/goldens/objects/layers.json");
    if (family.equals("layers") && Files.exists(all)) {
      return JSON.readTree(all.toFile()).get("cases");
    }
    try (InputStream in = ConfigGoldenTest.class.getResourceAsStream(family + ".json")) {
      return JSON.readTree(Objects.requireNonNull(in)).get("cases");
    }
  }

  static void compare(String at, JsonNode want, JsonNode got, List<String> wrong) {
    if (want.isNumber() && got.isNumber()) {
      if (want.doubleValue() != got.doubleValue()) {
        wrong.add(at + ": " + got + ", not " + want);
      }
    } else if (want.isObject() && got.isObject()) {
      Set<String> keys = new TreeSet<>();
      Iterator<String> names = want.fieldNames();
      names.forEachRemaining(keys::add);
      ((ObjectNode) got).fieldNames().forEachRemaining(keys::add);
      for (String key : keys) {
        if (!want.has(key)) {
          wrong.add(at + "." + key + ": " + got.get(key) + " is not in Keras' tree");
        } else if (!got.has(key)) {
          wrong.add(at + "." + key + ": missing, " + want.get(key) + " in Keras' tree");
        } else {
          compare(at + "." + key, want.get(key), got.get(key), wrong);
        }
      }
    } else if (want.isArray() && got.isArray() && want.size() == got.size()) {
      for (int i = 0; i < want.size(); i++) {
        compare(at + "[" + i + "]", want.get(i), got.get(i), wrong);
      }
    } else if (!want.equals(got)) {
      wrong.add(at + ": " + got + ", not " + want);
    }
  }
}
