package org.cornu.pjrt.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DocumentationTest {
  @Test
  void thePageShowsTheExampleAsItIsCompiledHere() throws IOException {
    Path page = Path.of("../docs/pjrt.md");
    assumeTrue(Files.exists(page), "the documentation is not beside the module");
    String source =
        Files.readString(Path.of("src/test/java/org/cornu/pjrt/example/AddTwoVectors.java"));
    String body = source.substring(source.indexOf("import java.util.Arrays"));
    assertThat(Files.readString(page)).contains(body);
  }

  @Test
  void theExampleRuns() {
    AddTwoVectors.main(new String[0]);
  }
}
