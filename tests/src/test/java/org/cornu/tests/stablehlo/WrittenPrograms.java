package org.cornu.tests.stablehlo;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.cornu.stablehlo.ir.Module;

/** Programs of many kinds to write: random ones, and those that lie with the tests. */
public final class WrittenPrograms {
  private static final int STEPS = 8;

  private WrittenPrograms() {}

  /** So many random programs, always the same. */
  public static List<Module> random(int count) {
    Random random = new Random(1);
    List<Module> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Long> genes = random.longs(1 + random.nextInt(STEPS)).boxed().toList();
      out.add(Module.of(RandomPrograms.build(genes).func()));
    }
    return out;
  }

  /** The recorded programs of the tests, and those above the project where there are any. */
  public static List<Path> files() throws IOException, URISyntaxException {
    Path imports =
        Path.of(
            Objects.requireNonNull(
                    WrittenPrograms.class.getResource("/org/cornu/tests/imports/rnn.mlir"))
                .toURI());
    List<Path> out = new ArrayList<>(under(Objects.requireNonNull(imports.getParent())));
    Path root = Path.of("").toAbsolutePath();
    while (root != null && !Files.isDirectory(root.resolve("shared/programs"))) {
      root = root.getParent();
    }
    if (root != null) {
      out.addAll(under(root.resolve("shared/programs")));
    }
    return out;
  }

  private static List<Path> under(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".mlir")).sorted().toList();
    }
  }
}
