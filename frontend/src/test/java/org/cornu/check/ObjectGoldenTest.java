package org.cornu.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses, metrics, optimizers and the small objects against recorded values of Keras. */
final class ObjectGoldenTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "activations",
        "constraints",
        "initializers",
        "losses",
        "metrics",
        "optimizers",
        "regularizers",
        "schedules"
      })
  void agreesWithKeras(String family) throws IOException, URISyntaxException {
    List<String> wrong = new ArrayList<>();
    Check check =
        new Check(
            (name, outcome) -> {
              if (outcome.status() != Outcome.Status.PASSED) {
                wrong.add(name + ": " + outcome.detail());
              }
            });
    URL file = ObjectGoldenTest.class.getResource("objects/" + family + ".json");
    URI place = Objects.requireNonNull(file).toURI();
    check.run(Path.of(place));
    assertThat(wrong).as(check.summary()).isEmpty();
  }
}
