package org.cornu.tests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.cornu.check.Check;
import org.cornu.check.Outcome;
import org.cornu.config.Family;
import org.cornu.config.Registry;
import org.cornu.config.Spec;
import org.jspecify.annotations.Nullable;

/**
 * Compares classes of one kind with Keras on random uses of each: draws cases by plans, lets one
 * process of Keras compute them all, and runs them here.
 *
 * <p>System properties: {@code cornu.interop.count} cases per class (20), {@code
 * cornu.interop.seed} which ones (0), {@code cornu.interop.only} a regular expression for class
 * names, {@code cornu.interop.folder} where to keep the recorded cases, which {@code cornu check}
 * runs again, and a report.
 */
final class Agreement {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  /** What became of the cases: how many of each class agreed, what Keras refused, failures. */
  record Report(Map<String, Integer> agreed, Map<String, String> refused, List<String> failures) {
    String text() {
      StringBuilder out = new StringBuilder();
      agreed.forEach((name, count) -> out.append(name).append(' ').append(count).append('\n'));
      refused.forEach(
          (name, why) ->
              out.append("refused: ").append(name).append(": ").append(why).append('\n'));
      failures.forEach(failure -> out.append("differs: ").append(failure).append('\n'));
      return out.toString();
    }

    /** Fails unless all cases agree and each class has some that Keras accepts. */
    void requireAgreement() {
      assertThat(failures).as("cases that differ from Keras").isEmpty();
      List<String> empty = new ArrayList<>();
      agreed.forEach(
          (name, count) -> {
            if (count == 0) {
              empty.add(name + ": " + refused.get(name + "_0"));
            }
          });
      assertThat(empty).as("classes of which Keras refuses every case").isEmpty();
    }
  }

  private Agreement() {}

  /**
   * Runs all plans.
   *
   * @param kind of the cases, which both sides know: {@code layer}, {@code optimizer}
   * @param plans how a case of each class is drawn, by class name
   * @param folder for the files between the processes
   */
  static Report run(
      String kind, Family<?> family, Map<String, Consumer<DrawnCase>> plans, Path folder)
      throws Exception {
    return run(kind, specs(family), plans, folder);
  }

  /** Runs all plans of functions, by their paths. */
  static Report runFunctions(Map<String, Consumer<DrawnCase>> plans, Path folder) throws Exception {
    Map<String, Consumer<DrawnCase>> byName = new LinkedHashMap<>();
    List<Spec> specs = new ArrayList<>();
    plans.forEach(
        (path, plan) -> {
          int dot = path.lastIndexOf('.');
          specs.add(Spec.of(path.substring(0, dot), path.substring(dot + 1)));
          byName.put(path.substring(dot + 1), plan);
        });
    return run("op", specs, byName, folder);
  }

  private static Report run(
      String kind, List<Spec> specs, Map<String, Consumer<DrawnCase>> plans, Path folder)
      throws Exception {
    int count = Integer.getInteger("cornu.interop.count", 20);
    String only = System.getProperty("cornu.interop.only", ".*");
    List<@Nullable Object> cases = new ArrayList<>();
    Map<String, Integer> agreed = new LinkedHashMap<>();
    for (Spec spec : specs) {
      Consumer<DrawnCase> plan = plans.get(spec.className());
      if (plan == null || !spec.className().matches(only)) {
        continue;
      }
      agreed.put(spec.className(), 0);
      for (int i = 0; i < count; i++) {
        DrawnCase drawn = new DrawnCase(spec, kind, i);
        plan.accept(drawn);
        cases.add(drawn.tree());
      }
    }
    String kept = System.getProperty("cornu.interop.folder");
    Path place = kept == null ? folder : Files.createDirectories(Path.of(kept).toAbsolutePath());
    Path in = place.resolve(kind + "-cases.json");
    Path out = place.resolve(kind + "-recorded.json");
    JSON.writeValue(in.toFile(), Map.of("cases", cases));
    if (kind.equals("lookup")) {
      KerasProcess.runWithTensorFlow("record.py", place, in, out);
    } else {
      KerasProcess.run("record.py", place, in, out);
    }
    Report report = check(out, agreed);
    Files.writeString(place.resolve(kind + "-report.txt"), report.text());
    return report;
  }

  /** The classes of a family that have no plan, and the plans that have no class. */
  static List<String> unplanned(Family<?> family, Map<String, ?> plans, Collection<String> except) {
    List<String> out = new ArrayList<>();
    for (Spec spec : specs(family)) {
      if (!plans.containsKey(spec.className()) && !except.contains(spec.className())) {
        out.add(spec.className());
      }
    }
    return out;
  }

  private static List<Spec> specs(Family<?> family) {
    return Registry.global().specs(family).stream()
        .filter(spec -> spec.module() != null)
        .distinct()
        .toList();
  }

  private static Report check(Path recorded, Map<String, Integer> agreed) throws Exception {
    Map<String, String> refused = new LinkedHashMap<>();
    ObjectNode root = (ObjectNode) JSON.readTree(recorded.toFile());
    ArrayNode kept = JSON.createArrayNode();
    for (JsonNode one : root.get("cases")) {
      if (one.has("error")) {
        refused.put(one.get("name").asText(), one.get("error").asText());
        if (one.has("refusals")) {
          kept.add(one);
        }
      } else {
        kept.add(one);
        if (one.has("grad_error")) {
          refused.put(one.get("name").asText() + " gradient", one.get("grad_error").asText());
        }
      }
    }
    Path file = recorded.resolveSibling("drawn.json");
    Files.writeString(file, JSON.writeValueAsString(Map.of("family", "drawn", "cases", kept)));
    List<String> failures = new ArrayList<>();
    Check check =
        new Check(
            (name, outcome) -> {
              String plain = name.substring(name.indexOf('/') + 1);
              if (outcome.status() == Outcome.Status.PASSED) {
                agreed.merge(className(plain), 1, Integer::sum);
              } else {
                failures.add(plain + ": " + outcome.detail() + "\n  " + configOf(kept, plain));
              }
            });
    check.run(file);
    System.out.println("agreed with Keras: " + agreed + ", refused by Keras: " + refused);
    return new Report(agreed, refused, failures);
  }

  private static String configOf(ArrayNode cases, String name) {
    for (JsonNode one : cases) {
      if (one.get("name").asText().equals(name)) {
        return one.has("object")
            ? one.get("object").get("config") + " " + one.path("call")
            : one.path("args") + " " + one.path("kwargs");
      }
    }
    return "";
  }

  private static String className(String caseName) {
    return caseName.substring(0, caseName.lastIndexOf('_'));
  }
}
