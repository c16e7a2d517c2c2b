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
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.cornu.tracer.OpException;
import org.cornu.tracer.graph.MissingRuleException;
import org.junit.jupiter.api.Test;

/**
 * The laws of derivatives and of {@code vmap} for every recorded function, and the page that says
 * what they found. {@code -Dcornu.docs.write=true} writes the page.
 */
class OpLawsTest {
  private static final Path PAGE = Path.of("../docs/ops.md");

  /** Functions whose result has a shape that rests on values: outside of programs only. */
  private static final Set<String> SHAPED_BY_VALUES =
      Set.of("bincount", "bincount_weights", "nonzero", "unique", "unique_all", "where_cond_only");

  /** Searches on the host. */
  private static final Set<String> ON_THE_HOST = Set.of("ctc_decode_beam");

  /** Derivatives that differ from differences, or are missing, and why. */
  private static final Map<String, String> NOT_DIFFERENTIATED =
      Map.of(
          "nextafter", "moves in steps of the type, and counts as constant",
          "stop_gradient", "passes no derivative, by its meaning",
          "segment_prod", "a scatter that multiplies has none, as in JAX",
          "while_loop", "forward mode only: the number of steps is not known");

  @Test
  void derivativesAndVmapHoldAndThePageIsCurrent() throws IOException {
    OpCatalog catalog = OpCatalog.load();
    Map<String, OpsPage.Row> rows = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    Set<String> untraced = new TreeSet<>();
    for (JsonNode recorded : cases()) {
      String name = recorded.get("name").asText();
      OpCatalog.Entry entry = Objects.requireNonNull(catalog.find(recorded.get("op").asText()));
      OpsPage.Row row = rows.computeIfAbsent(entry.path(), p -> new OpsPage.Row(entry));
      row.recordedTypes(recorded.get("inputs"));
      OpLaws laws;
      try {
        laws = new OpLaws(entry, recorded);
      } catch (OpException e) {
        untraced.add(name);
        row.untraced();
        continue;
      }
      row.ops(laws.ops());
      row.types(laws.types());
      hold(name + ", vmap", laws::vectorized, problems);
      if (!laws.isDifferentiable()) {
        continue;
      }
      boolean excepted = NOT_DIFFERENTIATED.containsKey(name);
      List<String> found = excepted ? new ArrayList<>() : problems;
      boolean once = hold(name + ", order 1", laws::differentiated, found);
      boolean twice = hold(name + ", order 2", laws::differentiatedTwice, found);
      assertThat(once && excepted).as("%s holds now: take it off the list", name).isFalse();
      row.orders(once ? twice ? 2 : 1 : 0, NOT_DIFFERENTIATED.get(name));
    }
    assertThat(problems).isEmpty();
    Set<String> expected = new TreeSet<>(SHAPED_BY_VALUES);
    expected.addAll(ON_THE_HOST);
    assertThat(expected).containsAll(untraced);
    assertThat(untraced).contains("nonzero", "unique", "bincount");
    String page = OpsPage.render(rows.values());
    if (Boolean.getBoolean("cornu.docs.write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE))
        .as("docs/ops.md; -Dcornu.docs.write=true writes it anew")
        .isEqualTo(page);
  }

  private static boolean hold(String name, Supplier<String> law, List<String> problems) {
    String problem;
    try {
      problem = law.get();
    } catch (MissingRuleException e) {
      problem = e.getMessage();
    }
    if (problem != null) {
      problems.add(name + ": " + problem);
    }
    return problem == null;
  }

  static JsonNode cases() throws IOException {
    try (InputStream in = OpLawsTest.class.getResourceAsStream("ops.json")) {
      return JsonMapper.builder().build().readTree(in).get("cases");
    }
  }
}
