package org.cornu.stablehlo.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.cornu.stablehlo.ir.Module;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Reads whole collections of programs where these are at hand. */
class ProgramsTest {
  private static int readAll(Path root) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(root)) {
      files = walk.filter(path -> path.toString().endsWith(".mlir")).sorted().toList();
    }
    int modules = 0;
    for (Path file : files) {
      for (Module module : Parser.parseSplit(Files.readAllBytes(file), file.toString())) {
        ParserTest.roundTrip(module);
        modules++;
      }
    }
    return modules;
  }

  @Test
  void sharedPrograms() throws IOException {
    Path programs = Path.of("..", "..", "shared", "programs");
    Assumptions.assumeTrue(
        Files.isDirectory(programs), "no ../shared/programs beside the repository");
    assertThat(readAll(programs)).isGreaterThanOrEqualTo(36);
  }

  @Test
  void officialSuites() throws IOException {
    String directory = System.getProperty("stablehlo.dir");
    Assumptions.assumeTrue(
        directory != null, "give a checkout of openxla/stablehlo by -Dstablehlo.dir=...");
    Path checkout = Path.of(directory == null ? "" : directory, "stablehlo");
    assertThat(readAll(checkout.resolve("tests").resolve("interpret"))).isGreaterThanOrEqualTo(522);
    assertThat(readAll(checkout.resolve("testdata"))).isGreaterThanOrEqualTo(2325);
  }
}
