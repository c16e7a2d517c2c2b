package org.cornu.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Layers against recorded values of Keras: all of {@code ../shared/goldens} where that is present,
 * else a selection that comes with the tests.
 */
final class LayerGoldenTest {
  private static final Path ALL =
      Path.of(System.getProperty("cornu.goldens.file", "../../shared/goldens/objects/layers.json"));

  @Test
  void agreesWithKeras() throws IOException {
    List<String> wrong = new ArrayList<>();
    Map<String, int[]> counts = new TreeMap<>();
    LayerRunner runner = new LayerRunner();
    for (JsonNode recorded : cases()) {
      String only = System.getProperty("cornu.goldens.only");
      String name = recorded.get("name").asText();
      if (only != null && !name.matches(only)) {
        continue;
      }
      Outcome outcome;
      try {
        outcome = runner.run(recorded);
      } catch (RuntimeException | StackOverflowError e) {
        outcome = Outcome.failed(e.toString());
        if (only != null) {
          e.printStackTrace();
        }
      }
      int[] count =
          counts.computeIfAbsent(
              recorded.get("object").get("class_name").asText(), c -> new int[3]);
      count[outcome.status().ordinal()]++;
      if (outcome.status() == Outcome.Status.FAILED) {
        wrong.add(name + ": " + outcome.detail());
      }
    }
    int[] sum = new int[3];
    counts.forEach(
        (name, count) -> {
          for (int i = 0; i < 3; i++) {
            sum[i] += count[i];
          }
        });
    System.out.printf("layers: %d passed, %d failed, %d unsupported%n", sum[0], sum[1], sum[2]);
    counts.forEach(
        (name, count) -> {
          if (count[2] > 0) {
            System.out.println("  unsupported: " + name);
          }
        });
    assertThat(wrong).isEmpty();
    assertThat(sum[0]).isPositive();
  }

  private static JsonNode cases() throws IOException {
    JsonMapper mapper = JsonMapper.builder().build();
    if (Files.exists(ALL)) {
      return mapper.readTree(ALL.toFile()).get("cases");
    }
    try (InputStream in = LayerGoldenTest.class.getResourceAsStream("layers.json")) {
      return mapper.readTree(in).get("cases");
    }
  }
}
