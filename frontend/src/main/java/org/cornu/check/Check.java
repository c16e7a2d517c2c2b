package org.cornu.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Runs the cases of files and counts what became of them. */
public final class Check {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private final Map<String, CaseRunner> runners = new HashMap<>();
  private final BiConsumer<String, Outcome> report;
  private int passed;
  private int failed;
  private int unsupported;

  /**
   * A check that reports each case.
   *
   * @param report called with the name of a case ({@code ops/abs}) and what became of it
   */
  public Check(BiConsumer<String, Outcome> report) {
    this.report = report;
    OpRunner ops = new OpRunner(OpCatalog.load());
    runners.put(ops.kind(), ops);
    ServiceLoader.load(CaseRunner.class, Check.class.getClassLoader())
        .forEach(runner -> runners.put(runner.kind(), runner));
  }

  /** Runs a file, or all {@code .json} files below a folder. */
  public void run(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      file(path);
      return;
    }
    List<Path> files = new ArrayList<>();
    try (Stream<Path> below = Files.walk(path)) {
      below.filter(p -> p.toString().endsWith(".json")).sorted().forEach(files::add);
    }
    for (Path file : files) {
      file(file);
    }
  }

  private void file(Path file) throws IOException {
    JsonNode root = JSON.readTree(file.toFile());
    String family = root.path("family").asText(file.getFileName().toString().replace(".json", ""));
    if (root.has("jax_random")) {
      new PrngCheck((name, outcome) -> record(family + "/" + name, outcome)).run(root);
      return;
    }
    if (TrajectoryCheck.is(root)) {
      record(
          "trajectories/" + root.path("name").asText(family),
          guarded(() -> TrajectoryCheck.run(root)));
      return;
    }
    if (SavedModelCheck.is(root)) {
      Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
      for (String name : SavedModelCheck.files(root)) {
        record(
            root.path("name").asText(family) + "/" + name,
            guarded(() -> SavedModelCheck.run(folder, name, root)));
      }
      return;
    }
    JsonNode cases = root.get("cases");
    if (cases == null || !cases.isArray()) {
      record(file.getFileName().toString(), Outcome.unsupported("no list of cases"));
      return;
    }
    for (JsonNode recorded : cases) {
      record(family + "/" + recorded.path("name").asText(), one(recorded));
    }
  }

  private Outcome one(JsonNode recorded) {
    String kind = recorded.path("kind").asText();
    CaseRunner runner = runners.get(kind);
    if (runner == null) {
      return Outcome.unsupported("no runner for cases of kind '" + kind + "'");
    }
    return guarded(() -> runner.run(recorded));
  }

  /** What became of a case; whatever it throws is a failure of it. */
  private static Outcome guarded(Supplier<Outcome> runs) {
    try {
      return runs.get();
    } catch (RuntimeException | StackOverflowError e) {
      return Outcome.failed(String.valueOf(e.getMessage() == null ? e : e.getMessage()));
    }
  }

  private void record(String name, Outcome outcome) {
    switch (outcome.status()) {
      case PASSED -> passed++;
      case FAILED -> failed++;
      case UNSUPPORTED -> unsupported++;
    }
    report.accept(name, outcome);
  }

  /** {@code N passed, N failed, N unsupported}. */
  public String summary() {
    return passed + " passed, " + failed + " failed, " + unsupported + " unsupported";
  }

  /** True when every case passed. */
  public boolean allPassed() {
    return failed == 0 && unsupported == 0;
  }
}
